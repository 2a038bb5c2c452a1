package io.github.lesionj.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Layers that use what training has found: moving averages, no dropout. */
public class InferenceLayers extends Layers {

    public InferenceLayers(Ops tf, Variables variables) {
        super(tf, variables);
    }

    @Override
    public Operand<TFloat32> batchNorm(String name, Operand<TFloat32> x) {
        return normalized(this, BatchNormSpecs.of(name, channels(x)), x);
    }

    /** By the moving averages. */
    static Operand<TFloat32> normalized(Layers layers, BatchNormSpecs specs, Operand<TFloat32> x) {
        return layers.tf().nn.fusedBatchNorm(x, layers.variable(specs.scale()), layers.variable(specs.shift()),
            layers.variable(specs.mean()), layers.variable(specs.variance()), FusedBatchNorm.isTraining(false),
            FusedBatchNorm.epsilon(EPSILON)).y();
    }

    @Override
    public Operand<TFloat32> dropout(String name, Operand<TFloat32> x, double rate) {
        return x;
    }

    @Override
    public Operand<TFloat32> uniform(String name, Operand<TInt32> shape) {
        return tf().random.statelessRandomUniform(shape, tf().constant(new long[] {name.hashCode(), 0}));
    }
}
