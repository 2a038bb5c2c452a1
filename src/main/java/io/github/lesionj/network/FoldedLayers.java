package io.github.lesionj.network;

import io.github.lesionj.core.FloatTensor;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
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
        // by the norm's name: a convolution that several norms follow, as in a head that levels share, becomes as many
        Operand<TFloat32> folded = constants.get(normName + ".kernel", norm.scaled(constants.weight(kernel)));
        Operand<TFloat32> bias = constants.get(normName + ".offset", norm.shiftTensor());
        return tf().nn.biasAdd(convolve(x, folded, size, stride), bias);
    }

    /** No gradient is asked for here, so the padding needs no copy of the image. */
    @Override
    Operand<TFloat32> strided(Operand<TFloat32> x, Operand<TFloat32> kernel, int padding, int stride) {
        long by = padding;
        return by == 0 ? super.strided(x, kernel, padding, stride) : tf().nn.conv2d(x, kernel, strides(stride), "EXPLICIT",
            Conv2d.explicitPaddings(0L, 0L, by, by, by, by, 0L, 0L));
    }

    @Override
    public Operand<TFloat32> maxPool(Operand<TFloat32> x) {
        return maximum(x, "EXPLICIT", 0, 0, 1, 1, 1, 1, 0, 0);
    }

    @Override
    public Operand<TFloat32> batchNorm(String name, Operand<TFloat32> x) {
        Affine norm = affine(name, channels(x));
        return tf().nn.biasAdd(tf().math.mul(x, constants.get(name + ".scale", norm.scaleTensor())),
            constants.get(name + ".shift", norm.shiftTensor()));
    }

    /** One comparison is left of the first normalisation and its ReLU, nothing of the second one: see {@link Threshold}. */
    @Override
    Operand<TFloat32> bottleneck(String norm, String name, String nextNorm, Operand<TFloat32> x, int filters) {
        return thresholded(norm, name, x, filters, affine(nextNorm, filters), false);
    }

    @Override
    Operand<TFloat32> transition(String norm, String name, Operand<TFloat32> x, int filters) {
        return thresholded(norm, name, x, filters, Affine.identity(filters), true);
    }

    private Operand<TFloat32> thresholded(String norm, String name, Operand<TFloat32> x, int filters, Affine next, boolean pooled) {
        Threshold threshold = Threshold.of(affine(norm, channels(x)));
        VariableSpec kernel = kernel(name, x, 1, filters);
        FloatTensor weights = constants.weight(kernel);
        Operand<TFloat32> y = compared(norm, x, threshold);
        Operand<TFloat32> folded = constants.get(kernel.name(), next.scaled(threshold.scaled(weights)));
        Operand<TFloat32> bias = constants.get(name + ".bias", next.applied(threshold.constant(weights)));
        return tf().nn.biasAdd(convolve(pooled ? averagePool(y) : y, folded, 1, 1), bias);
    }

    private Operand<TFloat32> compared(String norm, Operand<TFloat32> x, Threshold threshold) {
        Operand<TFloat32> y = x;
        if (threshold.hasLeast()) {
            y = tf().math.maximum(y, constants.get(norm + ".least", threshold.leastTensor()));
        }
        return threshold.hasMost() ? tf().math.minimum(y, constants.get(norm + ".most", threshold.mostTensor())) : y;
    }

    private Affine affine(String name, int channels) {
        BatchNormSpecs specs = BatchNormSpecs.of(name, channels);
        return Affine.of(constants.weight(specs.scale()).values(), constants.weight(specs.shift()).values(),
            constants.weight(specs.mean()).values(), constants.weight(specs.variance()).values(), EPSILON);
    }
}
