package io.github.lesionj.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Loss of items that belong to one class: sum over classes c of alpha_c t_c (1 - p_c)^gamma (- log p_c), where p is the
 * softmax of the logits, t = (1 - smoothing) w_c target_c + smoothing / classes w, and w = sum over classes of w_c target_c.
 *
 * <p>An item's weight is that w, which is its own class's weight: without smoothing the mean is what PyTorch's
 * {@code CrossEntropyLoss(weight)} gives. With smoothing PyTorch weighs what is spread by the class that receives it; here it
 * keeps the item's weight, as Keras's {@code class_weight} has it. Alpha does not enter the weights: it scales the focal loss,
 * as in its paper, and a single one scales all classes.
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
        Operand<TFloat32> mass = LossPlan.times(tf, targets, plan.weights());
        Operand<TFloat32> weight = plan.weights().length == 0 ? Terms.equal(tf, targets) : tf.reduceSum(mass, tf.constant(1));
        Operand<TFloat32> smooth = plan.smooth(tf, mass, tf.expandDims(weight, tf.constant(1)), logits.shape().get(-1));
        Operand<TFloat32> each = tf.math.mul(smooth, tf.math.neg(logP));
        if (plan.gamma() > 0) {
            each = tf.math.mul(each, modulation(tf, logP));
        }
        return new Terms(tf.reduceSum(LossPlan.times(tf, each, plan.alpha()), tf.constant(1)), weight);
    }

    /** (1 - p)^gamma, by the logarithm: the gradient of a power is infinite at 0. */
    private Operand<TFloat32> modulation(Ops tf, Operand<TFloat32> logP) {
        Operand<TFloat32> rest = tf.math.maximum(tf.math.neg(tf.math.expm1(logP)), tf.constant(TINY));
        return tf.math.exp(tf.math.mul(tf.constant((float) plan.gamma()), tf.math.log(rest)));
    }
}
