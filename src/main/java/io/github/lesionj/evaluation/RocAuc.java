package io.github.lesionj.evaluation;

import java.util.Arrays;
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
        return Ranking.of(scores, positive).auc(Ranking.once(scores.length));
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
