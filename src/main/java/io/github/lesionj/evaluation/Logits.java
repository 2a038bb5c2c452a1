package io.github.lesionj.evaluation;

import io.github.lesionj.core.Floats;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Softmax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores before the activation with what is true: decisions of which each is one of several. With several labels at once every
 * class of every item is a decision between no (0) and its score.
 *
 * @param scores [decision][choice]
 * @param truth  index of the right choice
 */
public record Logits(double[][] scores, int[] truth) {

    /** Temperatures beyond are no calibration. */
    private static final double LEAST = 1e-2;
    private static final double MOST = 1e2;
    private static final int STEPS = 100;

    /**
     * Of the scores that a network gives.
     *
     * @param scores  [item][class]; or [item][1] for two classes of which it is the second's
     * @param targets [item][class], 1 where true
     */
    public static Logits of(LabelKind kind, float[][] scores, float[][] targets) {
        List<double[]> decisions = new ArrayList<>();
        List<Integer> truth = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            if (kind == LabelKind.MULTI_LABEL) {
                for (int c = 0; c < targets[i].length; c++) {
                    decisions.add(new double[] {0, scores[i][c]});
                    truth.add(targets[i][c] > 0.5f ? 1 : 0);
                }
            } else {
                decisions.add(scores[i].length == 1 ? new double[] {0, scores[i][0]} : Floats.widened(scores[i]));
                truth.add(DecisionRule.largest(targets[i]));
            }
        }
        return new Logits(decisions.toArray(double[][]::new), truth.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Mean negative log-likelihood of the right choices when scores are divided by a temperature; NaN without decisions. */
    public double negativeLogLikelihood(double temperature) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            sum += logSum(scores[i], 1 / temperature) - scores[i][truth[i]] / temperature;
        }
        return sum / scores.length;
    }

    /**
     * The temperature of least negative log-likelihood (Guo et al. 2017, arXiv:1706.04599). In 1/T that is convex, so its
     * slope has one zero, which is halved in on.
     *
     * @return NaN where there is none between 0.01 and 100: all are right by far, the scores say nothing, or there are none
     */
    public double temperature() {
        double low = 1 / MOST;
        double high = 1 / LEAST;
        if (!(slope(low) < 0 && slope(high) > 0)) {
            return Double.NaN;
        }
        for (int step = 0; step < STEPS && high - low > 1e-14 * high; step++) {
            double middle = Math.sqrt(low * high);
            if (slope(middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 1 / Math.sqrt(low * high);
    }

    /** Of the likelihood by the inverse temperature: mean of the expected score less the right one's. */
    private double slope(double inverse) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double logSum = logSum(scores[i], inverse);
            double expected = 0;
            for (double score : scores[i]) {
                expected += score * Math.exp(score * inverse - logSum);
            }
            sum += expected - scores[i][truth[i]];
        }
        return sum / scores.length;
    }

    private static double logSum(double[] scores, double inverse) {
        return Softmax.logSum(Arrays.stream(scores).map(score -> score * inverse).toArray());
    }
}
