package io.github.lesionj.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Class activation maps (Zhou et al. 2016, arXiv:1512.04150) of networks that end in pooling and one dense layer. */
final class ClassActivation {

    private ClassActivation() {
    }

    /**
     * The dense layer's kernel applied at each position, without bias.
     *
     * @param map  [batch, height, width, channel], what is pooled
     * @param head name of the dense layer
     * @return [batch, height, width, class]
     */
    static Operand<TFloat32> of(Layers layers, Operand<TFloat32> map, String head, int classes) {
        int channels = layers.channels(map);
        Operand<TFloat32> kernel = layers.tf().reshape(layers.denseKernel(head, channels, classes),
            layers.tf().constant(new int[] {1, 1, channels, classes}));
        return layers.convolve(map, kernel, 1, 1);
    }
}
