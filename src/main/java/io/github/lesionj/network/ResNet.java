package io.github.lesionj.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Residual networks as torchvision builds them (He et al. 2015, arXiv:1512.03385; stride on the 3x3 convolution of a
 * bottleneck): same layers, same names, so that weights can be compared.
 *
 * <p>Logits are a dense layer on the global average of the last feature map; the class activation map is that layer's
 * kernel applied at each position (Zhou et al. 2016), its mean over positions the logit less its bias. Option: {@code stem}
 * large (7x7, stride 2, then maximum pooling), small (3x3, neither), auto (small for inputs under 64 px).
 */
abstract class ResNet implements Architecture {

    private static final int SMALL_IMAGE = 64;
    private static final int WIDTH = 64;
    private static final String HEAD = "fc";

    /** Blocks of each of the four stages. */
    abstract int[] blocks();

    /** Whether blocks are bottlenecks (1x1, 3x3, 1x1 with four times the channels) and not pairs of 3x3. */
    abstract boolean bottlenecks();

    @Override
    public NetworkGraph build(Layers layers, Operand<TFloat32> image, NetworkPlan plan) {
        plan.checkOptions(List.of("stem"));
        Operand<TFloat32> map = stages(layers, stem(layers, image, plan));
        Operand<TFloat32> pooled = layers.tf().math.mean(map, layers.tf().constant(new int[] {1, 2}));
        Operand<TFloat32> logits = layers.dense(HEAD, layers.dropout(HEAD, pooled, plan.dropout()), plan.classes());
        return NetworkGraph.of(logits, HEAD).withFeatures(pooled)
            .withCam(ClassActivation.of(layers, map, HEAD, plan.classes()));
    }

    private static Operand<TFloat32> stem(Layers layers, Operand<TFloat32> image, NetworkPlan plan) {
        String stem = plan.choice("stem", "auto", "small", "large");
        boolean large = stem.equals("large") || stem.equals("auto") && Math.min(plan.height(), plan.width()) >= SMALL_IMAGE;
        Operand<TFloat32> x = layers.relu(layers.convolutionBatchNorm("conv1", "bn1", image, large ? 7 : 3, WIDTH, large ? 2 : 1));
        return large ? layers.maxPool(x) : x;
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
