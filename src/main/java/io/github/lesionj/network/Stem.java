package io.github.lesionj.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * How the networks of the literature begin, {@code large}, and what small images need instead, for whom that would leave too
 * few positions.
 */
enum Stem {

    /** 7x7, stride 2, then maximum pooling: a fourth of the edge is left. */
    LARGE,
    /** 3x3, stride 1, no pooling. */
    SMALL;

    /** Name of the option: auto (small for inputs under 64 px), small, large. */
    static final String OPTION = "stem";

    private static final int SMALL_IMAGE = 64;

    static Stem of(NetworkPlan plan) {
        String asked = plan.choice(OPTION, "auto", "small", "large");
        boolean large = asked.equals("large") || asked.equals("auto") && Math.min(plan.height(), plan.width()) >= SMALL_IMAGE;
        return large ? LARGE : SMALL;
    }

    /**
     * Convolution, normalisation, ReLU, and pooling where it is large.
     *
     * @param image [batch, height, width, channel]
     */
    Operand<TFloat32> on(Layers layers, Operand<TFloat32> image, String name, String normName, int filters) {
        boolean large = this == LARGE;
        Operand<TFloat32> x = layers.relu(layers.convolutionBatchNorm(name, normName, image, large ? 7 : 3, filters, large ? 2 : 1));
        return large ? layers.maxPool(x) : x;
    }
}
