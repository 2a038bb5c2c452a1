package io.github.lesionj.network.detection;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Cross entropy of probabilities, given as logits, with targets in 0..1, plain or focal.
 *
 * <p>Focal: alpha |q - p|^gamma of it where the target q is above 0, and (1 - alpha) p^gamma where it is 0; with targets of 0 and 1
 * this is the focal loss (Lin et al. 2017, arXiv:1708.02002, equation 5), with others its extension to qualities (Li et al. 2020,
 * arXiv:2006.04388, equation 2).
 */
final class ObjectnessLoss {

    private final Ops tf;
    private final YoloLossPlan plan;

    ObjectnessLoss(Ops tf, YoloLossPlan plan) {
        this.tf = tf;
        this.plan = plan;
    }

    /**
     * Adds the loss to a graph.
     *
     * @param logits  any shape
     * @param targets the same shape, in 0..1; no gradient flows through them
     * @return the same shape, not negative
     */
    Operand<TFloat32> of(Operand<TFloat32> logits, Operand<TFloat32> targets) {
        Operand<TFloat32> entropy = tf.math.sub(tf.math.softplus(logits), tf.math.mul(targets, logits));
        return plan.focal() ? tf.math.mul(entropy, weights(tf.math.sigmoid(logits), targets)) : entropy;
    }

    private Operand<TFloat32> weights(Operand<TFloat32> probabilities, Operand<TFloat32> targets) {
        Operand<TFloat32> positive = tf.dtypes.cast(tf.math.greater(targets, tf.constant(0f)), TFloat32.class);
        Operand<TFloat32> side = tf.math.add(tf.math.mul(positive, tf.constant(2 * plan.alpha() - 1)), tf.constant(1 - plan.alpha()));
        return tf.math.mul(side, power(tf.math.abs(tf.math.sub(targets, probabilities))));
    }

    /** The gradient of a power at 0 is not finite: so a little above it. */
    private Operand<TFloat32> power(Operand<TFloat32> distance) {
        if (plan.gamma() == 0) {
            return tf.onesLike(distance);
        }
        return plan.gamma() == 2 ? tf.math.mul(distance, distance)
            : tf.math.pow(tf.math.maximum(distance, tf.constant(1e-6f)), tf.constant(plan.gamma()));
    }
}
