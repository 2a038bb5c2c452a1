package io.github.lesionj.evaluation;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Average precision: the sum over thresholds of precision times gain in recall, without interpolation. */
public final class AveragePrecision {

    private AveragePrecision() {
    }

    /**
     * Average precision of one class; items of equal score stand at one threshold together.
     *
     * @return 0..1, or NaN where no item is positive
     */
    public static double of(double[] scores, boolean[] positive) {
        int[] order = IntStream.range(0, scores.length).boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed()).mapToInt(Integer::intValue).toArray();
        long positives = IntStream.range(0, positive.length).filter(i -> positive[i]).count();
        double sum = 0;
        long found = 0;
        for (int start = 0, end; start < order.length; start = end) {
            long before = found;
            for (end = start; end < order.length && scores[order[end]] == scores[order[start]]; end++) {
                found += positive[order[end]] ? 1 : 0;
            }
            sum += (found - before) * ((double) found / end);
        }
        return positives == 0 ? Double.NaN : sum / positives;
    }
}
