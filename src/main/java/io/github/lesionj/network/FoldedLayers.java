package io.github.lesionj.network;

import io.github.lesionj.core.FloatTensor;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Layers without batch normalisation: a convolution takes it into its kernel and a bias; where no convolution is before
 * it, one multiplication and one addition remain.
 */
final class FoldedLayers extends InferenceLayers {

    private final ConstantVariables constants;

    FoldedLayers(Ops tf, ConstantVariables constants) {
        super(tf, constants);
        this.constants = constants;
    }

    @Override
    public Operand<TFloat32> convolutionBatchNorm(String name, String normName, Operand<TFloat32> x, int size, int filters,
            int stride) {
        Affine norm = affine(normName, filters);
        VariableSpec kernel = kernel(name, x, size, filters);
        Operand<TFloat32> folded = constants.get(kernel.name(), norm.scaled(constants.weight(kernel)));
        Operand<TFloat32> bias = constants.get(name + ".bias", norm.shift());
        return tf().nn.biasAdd(convolve(x, folded, size, stride), bias);
    }

    @Override
    public Operand<TFloat32> batchNorm(String name, Operand<TFloat32> x) {
        Affine norm = affine(name, channels(x));
        return tf().nn.biasAdd(tf().math.mul(x, constants.get(name + ".scale", norm.scale())),
            constants.get(name + ".shift", norm.shift()));
    }

    private Affine affine(String name, int channels) {
        BatchNormSpecs specs = BatchNormSpecs.of(name, channels);
        return Affine.of(constants.weight(specs.scale()).values(), constants.weight(specs.shift()).values(),
            constants.weight(specs.mean()).values(), constants.weight(specs.variance()).values());
    }

    /** A batch normalisation as y = scale * x + shift, each [channels]; worked out in double precision. */
    private record Affine(FloatTensor scale, FloatTensor shift, double[] factors) {

        static Affine of(float[] weight, float[] bias, float[] mean, float[] variance) {
            int n = weight.length;
            double[] factors = new double[n];
            float[] scale = new float[n];
            float[] shift = new float[n];
            for (int c = 0; c < n; c++) {
                factors[c] = weight[c] / Math.sqrt((double) variance[c] + EPSILON);
                scale[c] = (float) factors[c];
                shift[c] = (float) (bias[c] - mean[c] * factors[c]);
            }
            return new Affine(new FloatTensor(scale, n), new FloatTensor(shift, n), factors);
        }

        /** A kernel, output channel last, times the scale of each output channel. */
        FloatTensor scaled(FloatTensor kernel) {
            float[] values = kernel.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] *= factors[i % factors.length];
            }
            return new FloatTensor(values, kernel.shape());
        }
    }
}
