package io.github.lesionj.evaluation;

import io.github.lesionj.core.Progress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Intervals by drawing the items again (Efron 1979, 10.1214/aos/1176344552): the 2.5 and 97.5 percentiles of a figure over
 * resamples, each as many units as there are, with replacement. A unit is a group (such as a patient) where items belong to
 * groups, else an item. Not stratified: the share of the classes varies as it would in another sample. A resample in which a
 * figure does not exist is left out for that figure.
 *
 * @param resamples how many; 0 = no intervals
 * @param seed      the same seed gives the same intervals, on any number of cores
 */
public record Bootstrap(int resamples, long seed) {

    private static final int AT_ONCE = 64;
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;

    /**
     * Draws.
     *
     * @param unit of each item, from 0 without gaps
     * @return by the keys of the figures; empty without resamples or items
     */
    Map<String, Interval> intervals(Resampled figures, int[] unit, Progress progress) {
        Map<String, Interval> intervals = new LinkedHashMap<>();
        if (resamples == 0 || unit.length == 0) {
            return intervals;
        }
        double[][] values = draw(figures, unit, progress);
        List<String> keys = figures.keys();
        for (int k = 0; k < keys.size(); k++) {
            int key = k;
            double[] sorted = Arrays.stream(values).mapToDouble(row -> row[key]).filter(value -> !Double.isNaN(value)).sorted().toArray();
            intervals.put(keys.get(k), new Interval(percentile(sorted, LOW), percentile(sorted, HIGH), resamples - sorted.length));
        }
        return intervals;
    }

    /**
     * Draws, and gives each figure with its interval.
     *
     * @param groups the group of each item, such as its patient; an empty one stands for itself. Empty list = no groups
     * @param items  how many
     * @return by the keys of the figures; ends are NaN where there is no interval
     */
    public Map<String, Estimate> estimates(Resampled figures, List<String> groups, int items, Progress progress) {
        double[] values = figures.values(Ranking.once(items));
        Map<String, Interval> intervals = intervals(figures, Units.of(groups, items).of(), progress);
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        for (int k = 0; k < values.length; k++) {
            Interval interval = intervals.get(figures.keys().get(k));
            estimates.put(figures.keys().get(k), interval == null || Double.isNaN(values[k]) ? Estimate.withoutInterval(values[k])
                : new Estimate(values[k], interval.low(), interval.high()));
        }
        return estimates;
    }

    /**
     * An interval of one figure.
     *
     * @param low     its lower end, NaN where the figure exists in no resample
     * @param high    its upper end
     * @param without resamples in which the figure does not exist
     */
    record Interval(double low, double high, int without) {
    }

    private double[][] draw(Resampled figures, int[] unit, Progress progress) {
        int units = Arrays.stream(unit).max().orElse(0) + 1;
        double[][] values = new double[resamples][];
        for (int from = 0; from < resamples; from += AT_ONCE) {
            progress.checkCancelled();
            progress.report(from, resamples, "Drawing resamples");
            IntStream.range(from, Math.min(resamples, from + AT_ONCE)).parallel()
                .forEach(resample -> values[resample] = figures.values(weights(unit, units, resample)));
        }
        return values;
    }

    private int[] weights(int[] unit, int units, int resample) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + resample);
        int[] drawn = new int[units];
        for (int i = 0; i < units; i++) {
            drawn[random.nextInt(units)]++;
        }
        int[] weights = new int[unit.length];
        for (int i = 0; i < unit.length; i++) {
            weights[i] = drawn[unit[i]];
        }
        return weights;
    }

    /** Linear between the two nearest, as NumPy's default. */
    static double percentile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
