package io.github.lesionj.network;

import io.github.lesionj.core.LabelKind;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How far logits are from their targets. */
@FunctionalInterface
public interface Loss {

    /**
     * Adds the loss to a graph.
     *
     * @param logits  [batch, class]
     * @param targets [batch, class], 1 where the class is true
     * @return [batch], one value per item, not negative
     */
    Operand<TFloat32> perItem(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> targets);

    /** Cross entropy for a kind of label; {@code smoothing} in 0..1 as in Szegedy et al. 2015 (arXiv:1512.00567). */
    static Loss crossEntropy(LabelKind kind, double smoothing) {
        return kind == LabelKind.MULTI_LABEL ? sigmoidCrossEntropy(smoothing) : softmaxCrossEntropy(smoothing);
    }

    /** - sum over classes of t log softmax(x), where t = (1 - smoothing) target + smoothing / classes. */
    static Loss softmaxCrossEntropy(double smoothing) {
        return (tf, logits, targets) -> {
            float rest = (float) (smoothing / logits.shape().get(-1));
            Operand<TFloat32> smooth = smooth(tf, targets, smoothing, rest);
            return tf.math.neg(tf.reduceSum(tf.math.mul(smooth, tf.nn.logSoftmax(logits)), tf.constant(1)));
        };
    }

    /** Mean over classes of softplus(x) - t x, where t = (1 - smoothing) target + smoothing / 2. */
    static Loss sigmoidCrossEntropy(double smoothing) {
        return (tf, logits, targets) -> {
            Operand<TFloat32> smooth = smooth(tf, targets, smoothing, (float) (smoothing / 2));
            return tf.math.mean(tf.math.sub(tf.math.softplus(logits), tf.math.mul(smooth, logits)), tf.constant(1));
        };
    }

    private static Operand<TFloat32> smooth(Ops tf, Operand<TFloat32> targets, double smoothing, float rest) {
        return smoothing == 0 ? targets
            : tf.math.add(tf.math.mul(targets, tf.constant((float) (1 - smoothing))), tf.constant(rest));
    }
}
