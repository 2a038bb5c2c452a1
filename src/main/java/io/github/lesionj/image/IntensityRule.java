package io.github.lesionj.image;

/**
 * How grey values become numbers for the network; applied after resizing, before {@code mean} and {@code std}.
 *
 * <p>"The image" of percentiles and z-score is what is seen after resizing, without padding: all channels together for the
 * channel rules GREY and RGB, each channel by itself for EXACT.
 *
 * @param kind  which rule
 * @param low   TYPE: unused; PERCENTILE: lower percentile in 0..100; WINDOW: the value that becomes 0
 * @param high  PERCENTILE: upper percentile in 0..100; WINDOW: the value that becomes 1
 * @param mean  subtracted afterwards, one per channel of the network, or one for all; empty = 0
 * @param std   divided by afterwards, likewise; empty = 1
 */
public record IntensityRule(Kind kind, double low, double high, double[] mean, double[] std) {

    /** The ways to bring grey values to a common range. */
    public enum Kind {
        /** By the pixel type: 8 bit / 255, 16 bit / 65535; a float, signed or calibrated image is taken as it is and must lie within 0..1. */
        TYPE,
        /** Linear between two percentiles of the image, clipped to 0..1, 0 where they are equal; percentiles interpolate linearly. */
        PERCENTILE,
        /** (value - mean) / standard deviation of the image (population form), 0 where the image is constant. */
        ZSCORE,
        /** Linear between two fixed values, clipped to 0..1; for calibrated data such as HU. */
        WINDOW,
        /** Values as they are. */
        NONE
    }

    public static IntensityRule byType() {
        return new IntensityRule(Kind.TYPE, 0, 0, new double[0], new double[0]);
    }
}
