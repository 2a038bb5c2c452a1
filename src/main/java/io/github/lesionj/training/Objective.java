package io.github.lesionj.training;

import io.github.lesionj.network.NetworkGraph;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What training makes small, as a quotient, so that several batches add up to the one that they would be together: sums of
 * {@code sum} by sums of {@code weight}.
 *
 * @param sum    scalar: values of all items, and the regulariser as often as items weigh
 * @param weight scalar: how much the items weigh, a function of their targets alone
 * @param parts  scalars that {@code sum} is made of, by name, to be shown; empty where it has no parts
 */
record Objective(Operand<TFloat32> sum, Operand<TFloat32> weight, Map<String, Operand<TFloat32>> parts) {

    /** Without parts. */
    static Objective of(Operand<TFloat32> sum, Operand<TFloat32> weight) {
        return new Objective(sum, weight, Map.of());
    }

    /** With the regulariser of the network, where it has one. */
    Objective regularized(Ops tf, NetworkGraph network) {
        return network.regularizer().map(scalar -> new Objective(tf.math.add(sum, tf.math.mul(scalar, weight)), weight, parts)).orElse(this);
    }

    /** Mean over the items. */
    Operand<TFloat32> mean(Ops tf) {
        return tf.math.div(sum, weight);
    }
}
