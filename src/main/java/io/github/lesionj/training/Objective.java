package io.github.lesionj.training;

import io.github.lesionj.network.Loss;
import io.github.lesionj.network.NetworkGraph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What training makes small, as a quotient, so that several batches add up to the one that they would be together: sums of
 * {@code sum} by sums of {@code weight}.
 *
 * @param sum    scalar: values of all items, with the second opinion's, and the regulariser as often as items weigh
 * @param weight scalar: how much the items weigh, a function of their targets alone
 */
record Objective(Operand<TFloat32> sum, Operand<TFloat32> weight) {

    /** Weight of a second opinion in the loss. */
    private static final float AUXILIARY = 0.5f;

    static Objective of(Ops tf, Loss criterion, NetworkGraph network, Operand<TFloat32> targets) {
        Loss.Terms terms = criterion.of(tf, network.logits(), targets);
        Operand<TFloat32> weight = terms.weight(tf);
        Operand<TFloat32> sum = terms.sum(tf);
        if (network.auxiliaryLogits().isPresent()) {
            Operand<TFloat32> second = criterion.of(tf, network.auxiliaryLogits().get(), targets).sum(tf);
            sum = tf.math.add(sum, tf.math.mul(second, tf.constant(AUXILIARY)));
        }
        if (network.regularizer().isPresent()) {
            sum = tf.math.add(sum, tf.math.mul(network.regularizer().get(), weight));
        }
        return new Objective(sum, weight);
    }

    /** Mean over the items. */
    Operand<TFloat32> mean(Ops tf) {
        return tf.math.div(sum, weight);
    }
}
