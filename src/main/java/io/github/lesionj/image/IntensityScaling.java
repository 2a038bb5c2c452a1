package io.github.lesionj.image;

import io.github.lesionj.core.UsageException;
import java.util.Arrays;

/** Carries out an {@link IntensityRule} on resampled planes. */
final class IntensityScaling {

    private final IntensityRule rule;

    IntensityScaling(IntensityRule rule) {
        this.rule = rule;
    }

    /** Scales planes that belong together, in place; {@code typeMax} is 1 where values need no scaling by type. */
    void scale(float[][] planes, double typeMax) {
        switch (rule.kind()) {
            case TYPE -> linear(planes, 0, typeMax, false);
            case WINDOW -> linear(planes, rule.low(), rule.high(), true);
            case PERCENTILE -> percentile(planes);
            case ZSCORE -> standardise(planes);
            case NONE -> { }
        }
    }

    private void percentile(float[][] planes) {
        float[] sorted = joined(planes);
        Arrays.sort(sorted);
        linear(planes, percentile(sorted, rule.low()), percentile(sorted, rule.high()), true);
    }

    /** The value below which {@code percent} of the values lie, interpolated linearly between ranks (as numpy's default). */
    static double percentile(float[] sorted, double percent) {
        double rank = percent / 100 * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * ((double) sorted[above] - sorted[below]);
    }

    private static void linear(float[][] planes, double low, double high, boolean clip) {
        double span = high - low;
        for (float[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                double value = span == 0 ? 0 : (plane[i] - low) / span;
                plane[i] = (float) (clip ? Math.max(0, Math.min(1, value)) : value);
            }
        }
    }

    private static void standardise(float[][] planes) {
        double mean = mean(planes);
        double deviation = Math.sqrt(meanSquare(planes, mean));
        for (float[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = deviation == 0 ? 0 : (float) ((plane[i] - mean) / deviation);
            }
        }
    }

    static double mean(float[][] planes) {
        double sum = 0;
        for (float[] plane : planes) {
            for (float value : plane) {
                sum += value;
            }
        }
        return sum / count(planes);
    }

    static double meanSquare(float[][] planes, double mean) {
        double sum = 0;
        for (float[] plane : planes) {
            for (float value : plane) {
                sum += (value - mean) * (value - mean);
            }
        }
        return sum / count(planes);
    }

    private static long count(float[][] planes) {
        return (long) planes.length * planes[0].length;
    }

    private static float[] joined(float[][] planes) {
        float[] all = new float[Math.toIntExact(count(planes))];
        for (int p = 0; p < planes.length; p++) {
            System.arraycopy(planes[p], 0, all, p * planes[0].length, planes[0].length);
        }
        return all;
    }

    /** {@code mean} or {@code std} of the rule for one channel of the network. */
    static double perChannel(double[] values, int channel, double missing) {
        return values.length == 0 ? missing : values[values.length == 1 ? 0 : channel];
    }

    /** Refuses a rule that cannot be carried out, before any pixel is read. */
    void check(int channels) {
        boolean percentiles = rule.kind() == IntensityRule.Kind.PERCENTILE;
        if (percentiles && !(rule.low() >= 0 && rule.low() < rule.high() && rule.high() <= 100)) {
            throw unusable("percentiles " + rule.low() + " and " + rule.high(), "0 <= low < high <= 100");
        }
        if (rule.kind() == IntensityRule.Kind.WINDOW && !(rule.low() < rule.high())) {
            throw unusable("the window " + rule.low() + " to " + rule.high(), "low < high");
        }
        checkLength("mean", rule.mean(), channels);
        checkLength("std", rule.std(), channels);
        if (Arrays.stream(rule.std()).anyMatch(deviation -> !(Math.abs(deviation) > 0))) {
            throw unusable("std " + Arrays.toString(rule.std()), "numbers other than 0");
        }
    }

    private static void checkLength(String name, double[] values, int channels) {
        if (values.length > 1 && values.length != channels) {
            throw unusable(values.length + " numbers for " + name, "one, or one for each of the " + channels + " channels");
        }
    }

    private static UsageException unusable(String what, String needed) {
        return new UsageException("The model's intensity rule has " + what + ", but needs " + needed
            + ": correct it in the package's rdf.yaml.");
    }
}
