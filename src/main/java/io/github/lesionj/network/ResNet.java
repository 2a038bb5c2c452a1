package io.github.lesionj.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Residual networks as torchvision builds them (He et al. 2015, arXiv:1512.03385; stride on the 3x3 convolution of a
 * bottleneck): same layers, same names, so that weights can be compared.
 *
 * <p>Options, all optional:
 * <ul>
 * <li>{@code stem}: large (7x7, stride 2, then maximum pooling), small (3x3, neither), auto (small for inputs under 64 px)
 * <li>{@code head}, {@code attention}, {@code focus}, {@code peak}: see {@link ClassifierHead}; the dense layer is torchvision's
 * {@code fc}
 * </ul>
 */
abstract class ResNet implements Architecture {

    private static final int WIDTH = 64;

    /** Blocks of each of the four stages. */
    abstract int[] blocks();

    /** Whether blocks are bottlenecks (1x1, 3x3, 1x1 with four times the channels) and not pairs of 3x3. */
    abstract boolean bottlenecks();

    @Override
    public NetworkGraph build(Layers layers, Operand<TFloat32> image, NetworkPlan plan) {
        plan.checkOptions(ClassifierHead.options(Stem.OPTION));
        Operand<TFloat32> stem = Stem.of(plan).on(layers, image, "conv1", "bn1", WIDTH);
        return ClassifierHead.on(layers, stages(layers, stem), plan, "fc");
    }

    private Operand<TFloat32> stages(Layers layers, Operand<TFloat32> image) {
        Operand<TFloat32> x = image;
        for (int stage = 0; stage < blocks().length; stage++) {
            for (int block = 0; block < blocks()[stage]; block++) {
                String name = "layer" + (stage + 1) + "." + block;
                int stride = stage > 0 && block == 0 ? 2 : 1;
                x = bottlenecks() ? bottleneck(layers, name, x, WIDTH << stage, stride)
                    : layers.residualBlock(name, x, WIDTH << stage, stride);
            }
        }
        return x;
    }

    private static Operand<TFloat32> bottleneck(Layers layers, String name, Operand<TFloat32> x, int width, int stride) {
        int filters = 4 * width;
        Operand<TFloat32> y = layers.relu(layers.convolutionBatchNorm(name + ".conv1", name + ".bn1", x, 1, width, 1));
        y = layers.relu(layers.convolutionBatchNorm(name + ".conv2", name + ".bn2", y, 3, width, stride));
        y = layers.convolutionBatchNorm(name + ".conv3", name + ".bn3", y, 1, filters, 1);
        boolean same = stride == 1 && layers.channels(x) == filters;
        Operand<TFloat32> shortcut = same ? x
            : layers.convolutionBatchNorm(name + ".downsample.0", name + ".downsample.1", x, 1, filters, stride);
        return layers.relu(layers.tf().math.add(y, shortcut));
    }
}
