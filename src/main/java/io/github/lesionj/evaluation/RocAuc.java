package io.github.lesionj.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Area under the receiver operating characteristic, exact, as the probability that a true item outranks a false one. */
public final class RocAuc {

    private RocAuc() {
    }

    /**
     * The area for one class by the ranks of Mann and Whitney; items of equal score count one half.
     *
     * @param scores   one per item, larger means more likely true; any finite scale
     * @param positive whether each item is true
     * @return 0..1, or NaN where all items are true, all are false, or a score is NaN
     */
    public static double binary(double[] scores, boolean[] positive) {
        int n = scores.length;
        if (n != positive.length) {
            throw new IllegalArgumentException(n + " scores for " + positive.length + " labels");
        }
        if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> scores[i] + 0.0));
        double rankSum = 0;
        long positives = 0;
        for (int start = 0, end; start < n; start = end) {
            end = start;
            while (end < n && scores[order[end]] == scores[order[start]]) {
                end++;
            }
            double meanRank = (start + 1 + end) / 2.0;
            for (int i = start; i < end; i++) {
                if (positive[order[i]]) {
                    rankSum += meanRank;
                    positives++;
                }
            }
        }
        long negatives = n - positives;
        if (positives == 0 || negatives == 0) {
            return Double.NaN;
        }
        return (rankSum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
    }

    /**
     * Mean of the areas of each class against all others.
     *
     * @param scores  [item][class]
     * @param targets [item][class], true where above 0.5; several may be true
     * @return 0..1, or NaN where any class has only true or only false items
     */
    public static double macro(float[][] scores, float[][] targets) {
        int classes = scores.length == 0 ? 0 : scores[0].length;
        return IntStream.range(0, classes).mapToDouble(k -> ofClass(scores, targets, k)).average().orElse(Double.NaN);
    }

    /** The area of one class against all others; arguments as in {@link #macro}. */
    public static double ofClass(float[][] scores, float[][] targets, int k) {
        double[] column = Arrays.stream(scores).mapToDouble(row -> row[k]).toArray();
        boolean[] positive = new boolean[targets.length];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = targets[i][k] > 0.5f;
        }
        return binary(column, positive);
    }
}
