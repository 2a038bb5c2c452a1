package io.github.lesionj.training;

import io.github.lesionj.network.ResourceVariables;
import io.github.lesionj.network.VariableSpec;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101).
 *
 * <p>For a weight w, its gradient g and the learning rate r: m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
 * w = w - r m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + 1e-8) - r decay w, where t is the step from 1, b1 = 0.9,
 * b2 = 0.999, and decay is for kernels only.
 *
 * <p>The two divisors are brought into rate and epsilon, in Java and in double precision: in the graph's single precision
 * 1 - b2^t would be off by 1e-5 of itself, and the step with it.
 */
final class AdamW extends Optimizer {

    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final double EPSILON = 1e-8;

    private final double decay;
    private final Placeholder<TFloat32> corrected = scalar();
    private final Placeholder<TFloat32> epsilon = scalar();

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
    List<Operand<TFloat32>> rates() {
        return List.of(super.rates().get(0), corrected);
    }

    /** The kernel's own correction is given powers of 0, by which it changes nothing. */
    @Override
    List<Op> update(ResourceVariables.Entry variable, Operand<TFloat32> gradient, List<Operand<TFloat32>> rates) {
        Operand<TFloat32> none = tf().constant(0f);
        Op adam = tf().train.resourceApplyAdam(variable.handle(), slot(variable, "/m"), slot(variable, "/v"), none, none,
            rates.get(1), tf().constant(BETA1), tf().constant(BETA2), epsilon, gradient);
        return decay > 0 && variable.spec().role() == VariableSpec.Role.KERNEL ? List.of(adam, decay(variable, adam, rates.get(0)))
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
        // of the betas that the graph has, whose last digits are not those of 0.9 and 0.999
        double second = Math.sqrt(1 - Math.pow(BETA2, step + 1));
        feeds.scalar(corrected, learningRate * second / (1 - Math.pow(BETA1, step + 1)));
        feeds.scalar(epsilon, EPSILON * second);
    }
}
