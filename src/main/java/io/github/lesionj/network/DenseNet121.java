package io.github.lesionj.network;

import java.util.List;
import org.scijava.plugin.Plugin;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * DenseNet with 121 layers as torchvision builds it (Huang et al. 2017, arXiv:1608.06993): growth 32, blocks of 6, 12, 24
 * and 16 layers, each layer a bottleneck of four times the growth that sees all earlier ones of its block, transitions that
 * halve channels and edges. Same layers, same names, so that weights can be compared.
 *
 * <p>Options, all optional:
 * <ul>
 * <li>{@code stem}: large (7x7, stride 2, then maximum pooling), small (3x3, neither), auto (small for inputs under 64 px)
 * <li>{@code head}, {@code attention}, {@code focus}, {@code peak}: see {@link ClassifierHead}; the dense layer is torchvision's
 * {@code classifier}
 * </ul>
 */
@Plugin(type = Architecture.class, name = "densenet121", description = "Densely connected network with 121 layers (7.0 million weights): few weights for its depth; slow to train, and needs much memory.")
public final class DenseNet121 implements Architecture {

    private static final int[] BLOCKS = {6, 12, 24, 16};
    private static final int GROWTH = 32;
    private static final int BOTTLENECK = 4 * GROWTH;
    private static final int STEM = 64;

    @Override
    public NetworkGraph build(Layers layers, Operand<TFloat32> image, NetworkPlan plan) {
        plan.checkOptions(ClassifierHead.options(Stem.OPTION));
        Operand<TFloat32> x = Stem.of(plan).on(layers, image, "features.conv0", "features.norm0", STEM);
        for (int block = 1; block <= BLOCKS.length; block++) {
            x = block(layers, "features.denseblock" + block + ".denselayer", x, BLOCKS[block - 1]);
            if (block < BLOCKS.length) {
                String name = "features.transition" + block;
                x = layers.transition(name + ".norm", name + ".conv", x, layers.channels(x) / 2);
            }
        }
        return ClassifierHead.on(layers, layers.relu(layers.batchNorm("features.norm5", x)), plan, "classifier");
    }

    private static Operand<TFloat32> block(Layers layers, String name, Operand<TFloat32> first, int count) {
        Operand<TFloat32> x = first;
        for (int i = 1; i <= count; i++) {
            Operand<TFloat32> y = layers.relu(layers.bottleneck(name + i + ".norm1", name + i + ".conv1", name + i + ".norm2", x, BOTTLENECK));
            x = layers.tf().concat(List.of(x, layers.convolution(name + i + ".conv2", y, 3, GROWTH, 1)), layers.tf().constant(3));
        }
        return x;
    }
}
