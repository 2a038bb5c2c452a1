package io.github.lesionj.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Which cross entropy. {@link #PLAIN} and what its methods change of it.
 *
 * @param smoothing share of the truth that is spread over all classes, in 0..1 (Szegedy et al. 2015, arXiv:1512.00567)
 * @param weights   one per class, or empty: all 1
 * @param gamma     of the focal loss (Lin et al. 2017, arXiv:1708.02002); 0 = cross entropy, exactly
 * @param alpha     of the focal loss, one per class, or one for all, or empty
 */
public record LossPlan(double smoothing, float[] weights, double gamma, float[] alpha) {

    public static final LossPlan PLAIN = new LossPlan(0, new float[0], 0, new float[0]);

    /** With another smoothing. */
    public LossPlan smoothed(double share) {
        return new LossPlan(share, weights, gamma, alpha);
    }

    /** With weights of the classes. */
    public LossPlan weighted(float... perClass) {
        return new LossPlan(smoothing, perClass, gamma, alpha);
    }

    /** As a focal loss. */
    public LossPlan focal(double power, float... perClass) {
        return new LossPlan(smoothing, weights, power, perClass);
    }

    /**
     * (1 - smoothing) mass + smoothing / parts whole: what is spread weighs what its item weighs, not what the class weighs that
     * receives it. Else a rare class of weight w would draw every item of the others, by smoothing s, to w s / 2 against 1.
     *
     * @param mass  [batch, class], the weighted target
     * @param whole [batch, 1] or [batch, class], the sum over those that share it
     * @param parts number of those
     */
    Operand<TFloat32> smooth(Ops tf, Operand<TFloat32> mass, Operand<TFloat32> whole, double parts) {
        return smoothing == 0 ? mass : tf.math.add(tf.math.mul(mass, tf.constant((float) (1 - smoothing))),
            tf.math.mul(whole, tf.constant((float) (smoothing / parts))));
    }

    /** Times a number per class, or one for all; none changes nothing. */
    static Operand<TFloat32> times(Ops tf, Operand<TFloat32> x, float[] factors) {
        return factors.length == 0 ? x : tf.math.mul(x, factors.length == 1 ? tf.constant(factors[0]) : tf.constant(factors));
    }
}
