package io.github.lesionj.training;

import io.github.lesionj.network.ResourceVariables;
import io.github.lesionj.network.VariableSpec;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Stochastic gradient descent with momentum, as {@code torch.optim.SGD} has it without dampening and Nesterov's variant.
 *
 * <p>For a weight w, its gradient g and the learning rate r: g = g + decay w for kernels; b = momentum b + g; w = w - r b. The
 * decay is coupled: it is a part of the gradient, after clipping, and the momentum carries it on.
 */
final class Sgd extends Optimizer {

    private final double momentum;
    private final double decay;

    Sgd(Ops tf, double momentum, double decay) {
        super(tf, "sgd/");
        this.momentum = momentum;
        this.decay = decay;
    }

    @Override
    List<Op> update(ResourceVariables.Entry variable, Operand<TFloat32> gradient, List<Operand<TFloat32>> rates) {
        Operand<TFloat32> decayed = decay > 0 && variable.spec().role() == VariableSpec.Role.KERNEL
            ? tf().math.add(gradient, tf().math.mul(variable.value(), tf().constant((float) decay))) : gradient;
        return List.of(momentum == 0 ? tf().train.resourceApplyGradientDescent(variable.handle(), rates.get(0), decayed)
            : tf().train.resourceApplyMomentum(variable.handle(), slot(variable, "/momentum"), rates.get(0), decayed,
                tf().constant((float) momentum)));
    }
}
