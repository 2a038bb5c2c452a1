package io.github.lesionj.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Interval of the area under the ROC curve by DeLong, DeLong, Clarke-Pearson 1988 (10.2307/2531595), with the mid-ranks of Sun
 * and Xu 2014 (10.1109/LSP.2014.2337313).
 */
public final class DeLong {

    private static final double QUANTILE = 1.959963984540054;

    private DeLong() {
    }

    /**
     * The area with its 95 % interval, cut at 0 and 1.
     *
     * @param scores   larger means more likely positive
     * @param positive truth of each
     * @return NaN where one of the two is absent; without an interval where either has one item only
     */
    public static Estimate interval(double[] scores, boolean[] positive) {
        double area = RocAuc.binary(scores, positive);
        double variance = Double.isNaN(area) ? Double.NaN : variance(scores, positive);
        if (Double.isNaN(variance)) {
            return Estimate.withoutInterval(area);
        }
        double half = QUANTILE * Math.sqrt(variance);
        return new Estimate(area, Math.max(0, area - half), Math.min(1, area + half));
    }

    static double variance(double[] scores, boolean[] positive) {
        double[] cases = pick(scores, positive, true);
        double[] controls = pick(scores, positive, false);
        if (cases.length < 2 || controls.length < 2) {
            return Double.NaN;
        }
        return spread(placements(cases, controls)) / cases.length + spread(placements(controls, cases)) / controls.length;
    }

    /** For each score the share of others below it, ties counting half. */
    private static double[] placements(double[] scores, double[] others) {
        double[] sorted = others.clone();
        Arrays.sort(sorted);
        return Arrays.stream(scores).map(score -> (below(sorted, score, false) + below(sorted, score, true)) / 2.0
            / sorted.length).toArray();
    }

    /** How many sorted values are below a score, or not above it. */
    private static int below(double[] sorted, double score, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean before = orEqual ? sorted[middle] <= score : sorted[middle] < score;
            low = before ? middle + 1 : low;
            high = before ? high : middle;
        }
        return low;
    }

    private static double spread(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum() / (values.length - 1);
    }

    private static double[] pick(double[] scores, boolean[] positive, boolean wanted) {
        return IntStream.range(0, scores.length).filter(i -> positive[i] == wanted)
            .mapToDouble(i -> scores[i]).toArray();
    }
}
