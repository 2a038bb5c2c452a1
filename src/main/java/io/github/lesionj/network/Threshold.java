package io.github.lesionj.network;

import io.github.lesionj.core.FloatTensor;
import java.util.Arrays;

/**
 * Normalisation and ReLU in front of a 1x1 convolution, as one comparison.
 *
 * <p>With s, t the scale and shift of a channel and c = -t / s, relu(s x + t) is s max(x, c) + t where s is positive and
 * s min(x, c) + t where it is negative. The convolution takes s into its kernel and t into its bias, so that of three passes
 * over the feature map one remains. A mean over positions may lie between.
 *
 * @param least  [channels], below which x is raised to it; -infinity where nothing is
 * @param most   [channels], above which x is lowered to it; infinity where nothing is
 * @param scale  s; 0 for a channel that is constant
 * @param offset t; of a constant channel that constant
 */
record Threshold(float[] least, float[] most, double[] scale, double[] offset) {

    static Threshold of(Affine norm) {
        int channels = norm.scale().length;
        float[] least = new float[channels];
        float[] most = new float[channels];
        Arrays.fill(least, Float.NEGATIVE_INFINITY);
        Arrays.fill(most, Float.POSITIVE_INFINITY);
        double[] scale = norm.scale().clone();
        double[] offset = norm.shift().clone();
        for (int c = 0; c < channels; c++) {
            float bend = (float) (-offset[c] / scale[c]);
            if (!Float.isFinite(bend)) {
                scale[c] = 0;
                offset[c] = Math.max(0, offset[c]);
            } else if (scale[c] > 0) {
                least[c] = bend;
            } else {
                most[c] = bend;
            }
        }
        return new Threshold(least, most, scale, offset);
    }

    /** Whether any channel has a least value. */
    boolean hasLeast() {
        return has(least);
    }

    /** Whether any channel has a largest value. */
    boolean hasMost() {
        return has(most);
    }

    private static boolean has(float[] bends) {
        for (float bend : bends) {
            if (Float.isFinite(bend)) {
                return true;
            }
        }
        return false;
    }

    FloatTensor leastTensor() {
        return new FloatTensor(least, least.length);
    }

    FloatTensor mostTensor() {
        return new FloatTensor(most, most.length);
    }

    /** A kernel [1, 1, channels, outputs] times the scale of each input channel. */
    FloatTensor scaled(FloatTensor kernel) {
        int outputs = kernel.values().length / scale.length;
        float[] values = kernel.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale[i / outputs];
        }
        return new FloatTensor(values, kernel.shape());
    }

    /** What the kernel makes of the offsets, [outputs]. */
    double[] constant(FloatTensor kernel) {
        int outputs = kernel.values().length / offset.length;
        double[] sums = new double[outputs];
        for (int i = 0; i < kernel.values().length; i++) {
            sums[i % outputs] += kernel.values()[i] * offset[i / outputs];
        }
        return sums;
    }
}
