package io.github.lesionj.network;

import io.github.lesionj.core.FloatTensor;
import java.util.Arrays;

/**
 * What batch normalisation is once its statistics are fixed: y = scale * x + shift. In double precision, so that only the
 * last step rounds.
 *
 * @param scale [channels]
 * @param shift [channels]
 */
record Affine(double[] scale, double[] shift) {

    /** Of a batch normalisation, each [channels]. */
    static Affine of(float[] weight, float[] bias, float[] mean, float[] variance, float epsilon) {
        double[] scale = new double[weight.length];
        double[] shift = new double[weight.length];
        for (int c = 0; c < weight.length; c++) {
            scale[c] = weight[c] / Math.sqrt((double) variance[c] + epsilon);
            shift[c] = bias[c] - mean[c] * scale[c];
        }
        return new Affine(scale, shift);
    }

    /** Changes nothing. */
    static Affine identity(int channels) {
        double[] ones = new double[channels];
        Arrays.fill(ones, 1);
        return new Affine(ones, new double[channels]);
    }

    FloatTensor scaleTensor() {
        return tensor(scale);
    }

    FloatTensor shiftTensor() {
        return tensor(shift);
    }

    /** A kernel, output channel last, times the scale of each output channel. */
    FloatTensor scaled(FloatTensor kernel) {
        float[] values = kernel.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale[i % scale.length];
        }
        return new FloatTensor(values, kernel.shape());
    }

    /** scale * x + shift. */
    FloatTensor applied(double[] x) {
        double[] y = new double[x.length];
        for (int c = 0; c < y.length; c++) {
            y[c] = scale[c] * x[c] + shift[c];
        }
        return tensor(y);
    }

    static FloatTensor tensor(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return new FloatTensor(floats, floats.length);
    }
}
