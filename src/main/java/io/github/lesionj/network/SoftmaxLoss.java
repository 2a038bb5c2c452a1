package io.github.lesionj.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Loss of items that belong to one class: sum over classes c of w_c alpha_c t_c (1 - p_c)^gamma (- log p_c), where p is the
 * softmax of the logits, t = (1 - smoothing) target + smoothing / classes.
 *
 * <p>An item's weight is the sum over classes of w_c target_c, which is its own class's weight: the mean is what PyTorch's
 * {@code CrossEntropyLoss(weight, label_smoothing)} gives. Alpha does not enter the weights: it scales the focal loss, as in
 * its paper, and a single one scales all classes.
 */
final class SoftmaxLoss implements Loss {

    /** Under it 1 - p is rounding; its logarithm must stay finite. */
    private static final float TINY = 1e-30f;

    private final LossPlan plan;

    SoftmaxLoss(LossPlan plan) {
        this.plan = plan;
    }

    @Override
    public Terms of(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> targets) {
        Operand<TFloat32> logP = tf.nn.logSoftmax(logits);
        Operand<TFloat32> smooth = plan.smooth(tf, targets, plan.smoothing() / logits.shape().get(-1));
        Operand<TFloat32> each = tf.math.mul(smooth, tf.math.neg(logP));
        if (plan.gamma() > 0) {
            each = tf.math.mul(each, modulation(tf, logP));
        }
        each = LossPlan.times(tf, LossPlan.times(tf, each, plan.alpha()), plan.weights());
        return new Terms(tf.reduceSum(each, tf.constant(1)), plan.weights().length == 0 ? Terms.equal(tf, targets)
            : tf.reduceSum(LossPlan.times(tf, targets, plan.weights()), tf.constant(1)));
    }

    /** (1 - p)^gamma, by the logarithm: the gradient of a power is infinite at 0. */
    private Operand<TFloat32> modulation(Ops tf, Operand<TFloat32> logP) {
        Operand<TFloat32> rest = tf.math.maximum(tf.math.neg(tf.math.expm1(logP)), tf.constant(TINY));
        return tf.math.exp(tf.math.mul(tf.constant((float) plan.gamma()), tf.math.log(rest)));
    }
}
