package io.github.lesionj.training;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.network.Safetensors;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The best weights so far, in memory and as {@code checkpoint/weights.safetensors}. */
final class BestWeights {

    private final Path file;
    private Validation validation;
    private Map<String, FloatTensor> weights;
    private int epoch;

    BestWeights(Path output) {
        file = output.resolve("checkpoint").resolve("weights.safetensors");
    }

    /**
     * Keeps an epoch's weights when it is the best so far.
     *
     * @return whether it is
     */
    boolean offer(int candidateEpoch, Validation candidate, TrainingGraph graph) {
        if (!Double.isFinite(candidate.loss()) || weights != null && !candidate.betterThan(validation)) {
            return false;
        }
        weights = graph.weights();
        validation = candidate;
        epoch = candidateEpoch;
        Safetensors.write(file, weights, Map.of("epoch", Integer.toString(epoch),
            "validation_loss", text(candidate.loss()), "validation_auc", text(candidate.auc())));
        return true;
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    boolean exist() {
        return weights != null;
    }

    Map<String, FloatTensor> weights() {
        return weights;
    }

    /** From 1. */
    int epoch() {
        return epoch;
    }
}
