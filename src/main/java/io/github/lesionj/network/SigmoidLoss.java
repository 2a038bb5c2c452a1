package io.github.lesionj.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Loss of items that may belong to several classes: mean over classes c of
 * alpha_c t_c (1 - p_c)^gamma (- log p_c) + (1 - alpha_c) a_c p_c^gamma (- log(1 - p_c)), where p is the sigmoid of the logits,
 * t = (1 - smoothing) w_c target + smoothing / 2 v and a = (1 - smoothing) (1 - target) + smoothing / 2 v with
 * v = w_c target + 1 - target, and the alphas are left out where none is given.
 *
 * <p>w_c is what PyTorch's {@code BCEWithLogitsLoss} calls {@code pos_weight}: how much a present finding counts beside an
 * absent one; what smoothing spreads keeps its weight. Every item counts once in the mean.
 */
final class SigmoidLoss implements Loss {

    private final LossPlan plan;

    SigmoidLoss(LossPlan plan) {
        this.plan = plan;
    }

    @Override
    public Terms of(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> targets) {
        Operand<TFloat32> mass = LossPlan.times(tf, targets, plan.weights());
        Operand<TFloat32> rest = tf.math.sub(tf.constant(1f), targets);
        Operand<TFloat32> whole = tf.math.add(mass, rest);
        Operand<TFloat32> minusLogP = tf.math.softplus(tf.math.neg(logits));
        Operand<TFloat32> minusLogRest = tf.math.softplus(logits);
        Operand<TFloat32> present = tf.math.mul(plan.smooth(tf, mass, whole, 2), modulated(tf, minusLogP, minusLogRest));
        Operand<TFloat32> absent = tf.math.mul(plan.smooth(tf, rest, whole, 2), modulated(tf, minusLogRest, minusLogP));
        present = LossPlan.times(tf, present, plan.alpha());
        absent = LossPlan.times(tf, absent, rest(plan.alpha()));
        return new Terms(tf.math.mean(tf.math.add(present, absent), tf.constant(1)), Terms.equal(tf, targets));
    }

    /** - log p times (1 - p)^gamma. */
    private Operand<TFloat32> modulated(Ops tf, Operand<TFloat32> minusLog, Operand<TFloat32> minusLogOther) {
        return plan.gamma() == 0 ? minusLog
            : tf.math.mul(minusLog, tf.math.exp(tf.math.mul(tf.constant((float) -plan.gamma()), minusLogOther)));
    }

    private static float[] rest(float[] alpha) {
        float[] rest = new float[alpha.length];
        for (int c = 0; c < alpha.length; c++) {
            rest[c] = 1 - alpha[c];
        }
        return rest;
    }
}
