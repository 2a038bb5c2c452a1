package io.github.lesionj.training;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.Candidates;
import io.github.lesionj.network.DetectionLoss;
import io.github.lesionj.network.Loss;
import io.github.lesionj.network.NetworkGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The loss that a detector brings along.
 *
 * @param architecture of the network, for messages
 * @param rows         of boxes in a target
 */
record DetectionCriterion(String architecture, int rows) implements Criterion {

    @Override
    public int targetSize() {
        return rows * DetectionLoss.TRUTH_VALUES;
    }

    @Override
    public Objective objective(Ops tf, NetworkGraph network, Operand<TFloat32> targets) {
        DetectionLoss.Terms terms = terms(tf, network, targets);
        Map<String, Operand<TFloat32>> parts = new LinkedHashMap<>();
        terms.parts().forEach((name, values) -> parts.put(name, tf.reduceSum(values, tf.constant(0))));
        Operand<TFloat32> weight = tf.stopGradient(tf.reduceSum(terms.weights(), tf.constant(0)));
        return new Objective(sum(tf, parts), weight, parts).regularized(tf, network);
    }

    @Override
    public Judged judged(Ops tf, NetworkGraph network, Operand<TFloat32> targets) {
        DetectionLoss.Terms terms = terms(tf, network, targets);
        Candidates candidates = network.candidates().orElseThrow();
        return new Judged(List.of(candidates.scores(), candidates.boxes()), new Loss.Terms(sum(tf, terms.parts()), terms.weights()));
    }

    private DetectionLoss.Terms terms(Ops tf, NetworkGraph network, Operand<TFloat32> targets) {
        DetectionLoss loss = network.detectionLoss().orElseThrow(() -> new UsageException("architecture=" + architecture
            + " is no detector: choose yolo or faster-rcnn, or train it with Train Classifier..."));
        return loss.of(tf.reshape(targets, tf.constant(new int[] {-1, rows, DetectionLoss.TRUTH_VALUES})));
    }

    private static Operand<TFloat32> sum(Ops tf, Map<String, Operand<TFloat32>> parts) {
        return tf.math.addN(new ArrayList<>(parts.values()));
    }
}
