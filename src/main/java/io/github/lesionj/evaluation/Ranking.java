package io.github.lesionj.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Items of one class in the order of their scores, highest first. Sorted once, so that a resample only weighs them. Items of
 * equal score stand at one threshold together.
 */
final class Ranking {

    private final int[] order;
    private final boolean[] positive;
    /** Whether the item at a rank is the last of its score. */
    private final boolean[] last;
    private final boolean comparable;

    private Ranking(int[] order, boolean[] positive, boolean[] last, boolean comparable) {
        this.order = order;
        this.positive = positive;
        this.last = last;
        this.comparable = comparable;
    }

    /**
     * Sorts.
     *
     * @param scores   larger means more likely positive; where one is NaN no figure of the ranking exists
     * @param positive truth of each
     */
    static Ranking of(double[] scores, boolean[] positive) {
        int n = scores.length;
        if (n != positive.length) {
            throw new IllegalArgumentException(n + " scores for " + positive.length + " labels");
        }
        // Adding 0 makes the two zeros equal.
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble((Integer i) -> -(scores[i] + 0.0)))
            .mapToInt(Integer::intValue).toArray();
        boolean[] sorted = new boolean[n];
        boolean[] last = new boolean[n];
        for (int rank = 0; rank < n; rank++) {
            sorted[rank] = positive[order[rank]];
            last[rank] = rank + 1 == n || scores[order[rank]] != scores[order[rank + 1]];
        }
        return new Ranking(order, sorted, last, Arrays.stream(scores).noneMatch(Double::isNaN));
    }

    /** What an unweighted figure weighs every item with. */
    static int[] once(int items) {
        int[] weights = new int[items];
        Arrays.fill(weights, 1);
        return weights;
    }

    /**
     * Area under the ROC curve by the pairs of Mann and Whitney; pairs of equal score count one half.
     *
     * @param weights how often each item counts
     * @return 0..1, or NaN where all are positive, none is, or a score is NaN
     */
    double auc(int[] weights) {
        long positives = 0;
        long negatives = 0;
        long tiedPositives = 0;
        long tiedNegatives = 0;
        long halfPairs = 0;
        for (int rank = 0; rank < order.length; rank++) {
            int weight = weights[order[rank]];
            if (positive[rank]) {
                tiedPositives += weight;
            } else {
                tiedNegatives += weight;
            }
            if (last[rank]) {
                halfPairs += tiedNegatives * (2 * positives + tiedPositives);
                positives += tiedPositives;
                negatives += tiedNegatives;
                tiedPositives = 0;
                tiedNegatives = 0;
            }
        }
        return !comparable || positives == 0 || negatives == 0 ? Double.NaN : halfPairs / 2.0 / ((double) positives * negatives);
    }

    /**
     * Average precision: the sum over thresholds of precision times gain in recall, without interpolation.
     *
     * @param weights how often each item counts
     * @return 0..1, or NaN where none is positive or a score is NaN
     */
    double averagePrecision(int[] weights) {
        long found = 0;
        long seen = 0;
        long gained = 0;
        double sum = 0;
        for (int rank = 0; rank < order.length; rank++) {
            int weight = weights[order[rank]];
            seen += weight;
            gained += positive[rank] ? weight : 0;
            if (last[rank] && gained > 0) {
                found += gained;
                sum += gained * ((double) found / seen);
                gained = 0;
            }
        }
        return !comparable || found == 0 ? Double.NaN : sum / found;
    }

    /** Counts of the positive and of all items down to each threshold: {positives, items}, starting with none. */
    long[][] steps() {
        int steps = 1;
        for (boolean end : last) {
            steps += end ? 1 : 0;
        }
        long[][] counts = new long[steps][2];
        int step = 1;
        long found = 0;
        for (int rank = 0; rank < order.length; rank++) {
            found += positive[rank] ? 1 : 0;
            if (last[rank]) {
                counts[step][0] = found;
                counts[step][1] = rank + 1;
                step++;
            }
        }
        return counts;
    }
}
