package io.github.lesionj.training;

import io.github.lesionj.core.Sha256;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tensorflow.TensorFlow;

/**
 * Everything that decides which weights a training ends at: two trainings of the same identity give the same bits on one
 * machine. Threads within an operation and oneDNN belong to it, for they change the order in which sums are taken.
 */
final class TrainingIdentity {

    private static final String DATA = "data";

    private TrainingIdentity() {
    }

    /** By name. */
    static Map<String, String> of(TrainingPlan plan, TrainingData data, SessionSettings settings, String oneDnn) {
        Map<String, String> identity = new TreeMap<>();
        identity.put("architecture", plan.architecture());
        identity.put("options", new TreeMap<>(plan.options()).toString());
        identity.put("input", plan.height() + " x " + plan.width() + " x " + plan.channels());
        identity.put("classes", plan.classes() + " " + plan.labelKind());
        identity.put("epochs", Integer.toString(plan.epochs()));
        identity.put("batch", Integer.toString(plan.batch()));
        identity.put("learning_rate", Double.toString(plan.learningRate()));
        identity.put("weight_decay", Double.toString(plan.weightDecay()));
        identity.put("dropout", Double.toString(plan.dropout()));
        identity.put("label_smoothing", Double.toString(plan.labelSmoothing()));
        identity.put("seed", Long.toString(plan.seed()));
        identity.put("initial_weights", plan.initialWeights() == null ? "none" : checksum(plan.initialWeights()));
        identity.put(DATA, checksum(plan, data));
        identity.put("device", settings.device());
        identity.put("threads", Integer.toString(settings.intraThreads() > 0 ? settings.intraThreads()
            : Runtime.getRuntime().availableProcessors()));
        identity.put("oneDNN", oneDnn);
        identity.put("TensorFlow", TensorFlow.version());
        return identity;
    }

    private static String checksum(Path weights) {
        try {
            return Sha256.of(weights);
        } catch (IOException e) {
            throw new UsageException("Cannot read the weights " + weights + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    /** Names, labels and contents of all items, and the pixels of a few as augmentation makes them. */
    private static String checksum(TrainingPlan plan, TrainingData data) {
        Sha256 sha = new Sha256();
        add(sha, data.contents());
        for (int i = 0; i < data.trainingSize(); i++) {
            add(sha, data.trainingName(i));
            add(sha, data.trainingTarget(i));
        }
        float[] pixels = new float[plan.height() * plan.width() * plan.channels()];
        for (int i : probes(data.trainingSize())) {
            data.readTraining(i, plan.seed(), pixels, 0);
            add(sha, pixels);
        }
        for (int i = 0; i < data.validationSize(); i++) {
            add(sha, data.validationTarget(i));
        }
        for (int i : probes(data.validationSize())) {
            data.readValidation(i, pixels, 0);
            add(sha, pixels);
        }
        return sha.hex();
    }

    private static int[] probes(int size) {
        return new int[] {0, size / 2, size - 1};
    }

    private static void add(Sha256 sha, String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        sha.add(bytes, 0, bytes.length);
    }

    private static void add(Sha256 sha, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        sha.add(bytes.array(), 0, bytes.capacity());
    }

    /** What differs from an earlier training, in short phrases; empty when nothing does. */
    static List<String> differences(Map<String, String> earlier, Map<String, String> present) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(earlier.keySet());
        names.addAll(present.keySet());
        for (String name : names) {
            if (!String.valueOf(earlier.get(name)).equals(present.get(name))) {
                differences.add(name.equals(DATA) ? "the images or their labels have changed"
                    : name + " was " + earlier.get(name) + " and is " + present.get(name));
            }
        }
        return differences;
    }
}
