package io.github.lesionj.image;

import java.util.Arrays;

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

    /** In words, for those who feed the network elsewhere: {@code v / 255 (16 bits: v / 65535), then (v - 0.5) / 0.25}. */
    public String formula() {
        String first = switch (kind) {
            case TYPE -> "v / 255 (16 bits: v / 65535)";
            case PERCENTILE -> "0 at the image's percentile " + low + ", 1 at " + high + ", linear, clipped";
            case ZSCORE -> "(v - mean of the image) / its standard deviation";
            case WINDOW -> "(v - " + low + ") / " + (high - low) + ", clipped to 0..1";
            case NONE -> "v as it is";
        };
        return mean.length == 0 && std.length == 0 ? first : first + ", then (v - " + numbers(mean, 0) + ") / " + numbers(std, 1);
    }

    private static String numbers(double[] values, double none) {
        return values.length == 0 ? Double.toString(none) : values.length == 1 ? Double.toString(values[0]) : Arrays.toString(values);
    }
}
