package io.github.lesionj.evaluation;

import io.github.lesionj.core.UsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How an operating threshold is chosen from a ROC curve; the key {@code operating_point}.
 *
 * @param kind  youden, sensitivity or cost
 * @param value the sensitivity to reach, or how much worse a missed positive is than a false alarm; NaN for youden
 */
public record OperatingRule(Kind kind, double value) {

    /** What is sought. */
    public enum Kind {
        /** The largest sum of sensitivity and specificity (Youden 1950). */
        YOUDEN,
        /** The largest specificity at which a sensitivity is reached. */
        SENSITIVITY,
        /** The least cost, where a false alarm costs 1. */
        COST
    }

    /**
     * A threshold on the probability of the positive class, and what it does on the set that it was chosen on.
     *
     * @param threshold   a probability that reaches it is positive; 0..1
     * @param sensitivity 0..1
     * @param specificity 0..1
     */
    public record Choice(double threshold, double sensitivity, double specificity) {
    }

    /** Reads the key: {@code none}, {@code youden}, {@code sensitivity:0.95}, {@code cost:5}. */
    public static Optional<OperatingRule> parse(String key) {
        String[] parts = key.strip().toLowerCase(Locale.ROOT).split(":", 2);
        double value = parts.length == 2 ? number(parts[1]) : Double.NaN;
        if (parts[0].equals("none") || parts[0].isEmpty()) {
            return parts.length == 1 ? Optional.empty() : refuse(key);
        }
        if (parts[0].equals("youden") && parts.length == 1) {
            return Optional.of(new OperatingRule(Kind.YOUDEN, Double.NaN));
        }
        if (parts[0].equals("sensitivity") && value > 0 && value <= 1) {
            return Optional.of(new OperatingRule(Kind.SENSITIVITY, value));
        }
        if (parts[0].equals("cost") && value > 0 && !Double.isInfinite(value)) {
            return Optional.of(new OperatingRule(Kind.COST, value));
        }
        return refuse(key);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static Optional<OperatingRule> refuse(String key) {
        throw new UsageException("operating_point=" + key + " is not understood; use none, youden, sensitivity:0.95 (above 0, at most 1), "
            + "or cost:5 (above 0: how much worse a missed finding is than a false alarm).");
    }

    /**
     * Chooses. Thresholds lie half-way between two neighbouring scores, so that the last digit of a score decides nothing; of
     * equally good ones the highest is taken.
     *
     * @param scores   of the positive class, 0..1
     * @param positive truth of each
     * @return empty where all are positive, none is, or a score is NaN
     */
    public Optional<Choice> choose(double[] scores, boolean[] positive) {
        Ranking ranking = Ranking.of(scores, positive);
        if (Double.isNaN(ranking.auc(Ranking.once(scores.length)))) {
            return Optional.empty();
        }
        long[][] steps = ranking.steps();
        double[] distinct = Arrays.stream(scores).distinct().map(score -> -score).sorted().map(score -> -score).toArray();
        long positives = steps[steps.length - 1][0];
        long negatives = scores.length - positives;
        Choice best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (int step = 0; step < steps.length; step++) {
            double threshold = threshold(distinct, step);
            double sensitivity = (double) steps[step][0] / positives;
            double specificity = 1 - (double) (steps[step][1] - steps[step][0]) / negatives;
            double loss = loss(sensitivity, specificity, positives, negatives);
            if (loss < lowest && !Double.isNaN(threshold)) {
                lowest = loss;
                best = new Choice(threshold, sensitivity, specificity);
            }
        }
        return Optional.of(best);
    }

    /** Says so many of the highest distinct scores positive; NaN where no threshold up to 1 does. */
    private static double threshold(double[] distinct, int step) {
        if (step == distinct.length) {
            return 0;
        }
        double above = step == 0 ? 1 : distinct[step - 1];
        double middle = (above + distinct[step]) / 2;
        // Decisions compare as float32: where the two are neighbours there is nothing between them.
        if ((float) middle > (float) distinct[step]) {
            return middle;
        }
        return above > distinct[step] ? above : Double.NaN;
    }

    private double loss(double sensitivity, double specificity, long positives, long negatives) {
        return switch (kind) {
            case YOUDEN -> -(sensitivity + specificity);
            case SENSITIVITY -> sensitivity >= value ? -specificity : Double.POSITIVE_INFINITY;
            case COST -> value * (1 - sensitivity) * positives + (1 - specificity) * negatives;
        };
    }
}
