package io.github.lesionj.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The curves of a classifier: one point for each threshold that tells items apart. */
public final class Curves {

    /**
     * A point of a curve.
     *
     * @param x 0..1
     * @param y 0..1
     */
    public record Point(double x, double y) {
    }

    /**
     * What remains when items below a confidence are left undecided.
     *
     * @param threshold the lowest confidence that is kept
     * @param coverage  share of the items that are decided
     * @param accuracy  of those; for multi-label, of the decisions over their classes. NaN where none is decided
     */
    public record Coverage(double threshold, double coverage, double accuracy) {
    }

    private Curves() {
    }

    /**
     * Sensitivity (y) over one minus specificity (x), from (0, 0) to (1, 1).
     *
     * @return empty where all are positive, none is, or a score is NaN
     */
    public static List<Point> roc(double[] scores, boolean[] positive) {
        Ranking ranking = Ranking.of(scores, positive);
        long[][] steps = ranking.steps();
        long positives = steps[steps.length - 1][0];
        long negatives = scores.length - positives;
        if (Double.isNaN(ranking.auc(Ranking.once(scores.length)))) {
            return List.of();
        }
        List<Point> points = new ArrayList<>();
        for (long[] step : steps) {
            points.add(new Point((double) (step[1] - step[0]) / negatives, (double) step[0] / positives));
        }
        return points;
    }

    /**
     * Precision (y) over recall (x), by falling threshold; the first point is (0, precision at the highest).
     *
     * @return empty where none is positive or a score is NaN
     */
    public static List<Point> precisionRecall(double[] scores, boolean[] positive) {
        Ranking ranking = Ranking.of(scores, positive);
        long[][] steps = ranking.steps();
        long positives = steps[steps.length - 1][0];
        if (Double.isNaN(ranking.averagePrecision(Ranking.once(scores.length)))) {
            return List.of();
        }
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, (double) steps[1][0] / steps[1][1]));
        for (int step = 1; step < steps.length; step++) {
            points.add(new Point((double) steps[step][0] / positives, (double) steps[step][0] / steps[step][1]));
        }
        return points;
    }

    /**
     * Accuracy and coverage at every confidence that an item has, the most confident first (El-Yaniv and Wiener 2010). The
     * confidence of an item is that of its {@linkplain DecisionRule#confidence decision}.
     */
    public static List<Coverage> accuracyCoverage(Predictions predictions, DecisionRule rule) {
        Decisions decisions = Decisions.of(predictions, rule);
        int n = predictions.items();
        double[] confidences = confidences(predictions, rule);
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble((Integer i) -> -confidences[i]))
            .mapToInt(Integer::intValue).toArray();
        List<Coverage> points = new ArrayList<>();
        double right = 0;
        for (int rank = 0; rank < n; rank++) {
            right += decisions.share(order[rank]);
            double confidence = confidences[order[rank]];
            if (rank + 1 == n || confidences[order[rank + 1]] != confidence) {
                points.add(new Coverage(confidence, (rank + 1.0) / n, right / (rank + 1)));
            }
        }
        return points;
    }

    /** The same at one threshold; a confidence equal to it (as float32) is kept. */
    public static Coverage at(Predictions predictions, DecisionRule rule, double threshold) {
        Decisions decisions = Decisions.of(predictions, rule);
        int kept = 0;
        double right = 0;
        for (int i = 0; i < predictions.items(); i++) {
            if (rule.confidence(predictions.probabilities()[i]) >= (float) threshold) {
                kept++;
                right += decisions.share(i);
            }
        }
        return new Coverage(threshold, (double) kept / predictions.items(), right / kept);
    }

    private static double[] confidences(Predictions predictions, DecisionRule rule) {
        return Arrays.stream(predictions.probabilities()).mapToDouble(rule::confidence).toArray();
    }
}
