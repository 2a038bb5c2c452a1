package io.github.lesionj.image;

import java.util.Arrays;

/**
 * Weights that resample one axis bilinearly with antialiasing: a triangle whose half width is one source pixel, or the
 * reduction factor where the axis becomes shorter.
 *
 * <p>The same definition as {@code Image.resize(..., Image.Resampling.BILINEAR)} of Pillow, with its weights in double
 * precision: output pixel i is centred at (i + 0.5) * source / target, the taps are clipped at the edges and sum to 1.
 */
final class TriangleFilter {

    final int source;
    final int target;
    private final int[] first;
    private final double[][] weights;

    TriangleFilter(int source, int target) {
        this.source = source;
        this.target = target;
        this.first = new int[target];
        this.weights = new double[target][];
        double scale = (double) source / target;
        double width = Math.max(1, scale);
        for (int i = 0; i < target; i++) {
            centre(i, (i + 0.5) * scale, width);
        }
    }

    private void centre(int i, double centre, double width) {
        int from = Math.max(0, (int) (centre - width + 0.5));
        int to = Math.min(source, (int) (centre + width + 0.5));
        double[] taps = new double[to - from];
        double sum = 0;
        for (int k = 0; k < taps.length; k++) {
            taps[k] = Math.max(0, 1 - Math.abs(from + k + 0.5 - centre) / width);
            sum += taps[k];
        }
        for (int k = 0; k < taps.length; k++) {
            taps[k] /= sum;
        }
        store(i, from, taps);
    }

    // A tap of weight 0 at either end adds nothing; without them an axis that keeps its size costs one multiplication.
    private void store(int i, int from, double[] taps) {
        int start = 0;
        int end = taps.length;
        while (start < end - 1 && taps[start] == 0) {
            start++;
        }
        while (end > start + 1 && taps[end - 1] == 0) {
            end--;
        }
        first[i] = from + start;
        weights[i] = Arrays.copyOfRange(taps, start, end);
    }

    /** First source pixel that output pixel {@code i} is made of. */
    int first(int i) {
        return first[i];
    }

    /** One past the last source pixel that output pixel {@code i} is made of; never falls as {@code i} grows. */
    int end(int i) {
        return first[i] + weights[i].length;
    }

    /** Weight of source pixel {@code pixel}, within {@code first(i)} to {@code end(i)}, in output pixel {@code i}. */
    double weight(int i, int pixel) {
        return weights[i][pixel - first[i]];
    }

    /** Resamples one row of {@code source} values to {@code target} values, written from {@code offset} on. */
    void apply(float[] row, float[] into, int offset) {
        for (int i = 0; i < target; i++) {
            double[] taps = weights[i];
            int start = first[i];
            double sum = 0;
            for (int k = 0; k < taps.length; k++) {
                sum += row[start + k] * taps[k];
            }
            into[offset + i] = (float) sum;
        }
    }
}
