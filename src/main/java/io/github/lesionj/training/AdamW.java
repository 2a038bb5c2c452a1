package io.github.lesionj.training;

import io.github.lesionj.network.ResourceVariables;
import io.github.lesionj.network.VariableSpec;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101).
 *
 * <p>For a weight w, its gradient g and the learning rate r: m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
 * w = w - r sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + 1e-8) - r decay w, where t is the step from 1, b1 = 0.9,
 * b2 = 0.999, and decay is for kernels only.
 */
final class AdamW extends Optimizer {

    static final double BETA1 = 0.9;
    static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-8f;

    private final double decay;
    private final Operand<TFloat32> power1 = scalar();
    private final Operand<TFloat32> power2 = scalar();

    /**
     * Adds the optimiser to a graph.
     *
     * @param decay of kernels
     */
    AdamW(Ops tf, double decay) {
        super(tf, "adam/");
        this.decay = decay;
    }

    @Override
    List<Op> update(ResourceVariables.Entry variable, Operand<TFloat32> gradient, Operand<TFloat32> rate) {
        Op adam = tf().train.resourceApplyAdam(variable.handle(), slot(variable, "/m"), slot(variable, "/v"), power1, power2,
            rate, tf().constant((float) BETA1), tf().constant((float) BETA2), tf().constant(EPSILON), gradient);
        return decay > 0 && variable.spec().role() == VariableSpec.Role.KERNEL ? List.of(adam, decay(variable, adam, rate))
            : List.of(adam);
    }

    /** The weight before the step decays, as the paper has it; the subtraction waits for Adam's own. */
    private Op decay(ResourceVariables.Entry variable, Op adam, Operand<TFloat32> rate) {
        Operand<TFloat32> share = tf().math.mul(tf().math.mul(rate, tf().constant((float) decay)), variable.value());
        return tf().withControlDependencies(adam).assignSubVariableOp(variable.handle(), share);
    }

    @Override
    void feed(Feeds feeds, double learningRate, long step) {
        super.feed(feeds, learningRate, step);
        feeds.scalar(power1, Math.pow(BETA1, step + 1));
        feeds.scalar(power2, Math.pow(BETA2, step + 1));
    }
}
