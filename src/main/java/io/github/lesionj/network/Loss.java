package io.github.lesionj.network;

import io.github.lesionj.core.LabelKind;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How far logits are from their targets. */
@FunctionalInterface
public interface Loss {

    /**
     * The loss of a batch, item by item.
     *
     * @param values  [batch], not negative, each already weighted
     * @param weights [batch], how much each item counts in the mean; a function of the targets alone
     */
    record Terms(Operand<TFloat32> values, Operand<TFloat32> weights) {

        /** Weights of 1; made of the targets, for ones made of the values would stand in the gradient's way. */
        static Operand<TFloat32> equal(Ops tf, Operand<TFloat32> targets) {
            return tf.onesLike(tf.reduceSum(targets, tf.constant(1)));
        }

        /** Sum of the values, scalar. */
        public Operand<TFloat32> sum(Ops tf) {
            return tf.reduceSum(values, tf.constant(0));
        }

        /** Sum of the weights, scalar: what the sum of the values is divided by. */
        public Operand<TFloat32> weight(Ops tf) {
            return tf.reduceSum(weights, tf.constant(0));
        }
    }

    /**
     * Adds the loss to a graph.
     *
     * @param logits  [batch, class]
     * @param targets [batch, class], 1 where the class is true; between 0 and 1 where items were mixed
     */
    Terms of(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> targets);

    /** The softmax form of a loss for one label per item, the sigmoid form for several. */
    static Loss of(LabelKind kind, LossPlan plan) {
        return kind == LabelKind.MULTI_LABEL ? new SigmoidLoss(plan) : new SoftmaxLoss(plan);
    }
}
