package io.github.lesionj.evaluation.detection;

import io.github.lesionj.core.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a threshold of a detector's scores is chosen, over all classes together; the key {@code operating_point}.
 *
 * @param kind  what is sought
 * @param value what is to be reached or kept; NaN for the best F1
 */
public record DetectionOperatingRule(Kind kind, double value) {

    /** What is sought. */
    public enum Kind {
        /** The best F1: a balance of misses and false alarms. */
        F1,
        /** The most hits at which a precision is kept. */
        PRECISION,
        /** The fewest false alarms at which a sensitivity is reached. */
        SENSITIVITY,
        /** The most hits with at most so many false alarms an image. */
        FALSE_ALARMS
    }

    /**
     * A threshold, and what it does on the images that it was chosen on.
     *
     * @param threshold   boxes from this score on are kept: midway between the score of the last that is kept and the next one's
     * @param hits        boxes that hit
     * @param falseAlarms boxes that do not
     * @param wanted      objects that must be found
     * @param images      how many
     */
    public record Choice(double threshold, int hits, int falseAlarms, int wanted, int images) {

        /** Share of the boxes that hit. */
        public double precision() {
            return (double) hits / (hits + falseAlarms);
        }

        /** Share of the objects that are found. */
        public double sensitivity() {
            return (double) hits / wanted;
        }

        /** Harmonic mean of the two. */
        public double f1() {
            return 2.0 * hits / (hits + falseAlarms + wanted);
        }

        /** An image. */
        public double falseAlarmsPerImage() {
            return (double) falseAlarms / images;
        }
    }

    /** Reads the key: {@code none}, {@code f1}, {@code precision:0.9}, {@code sensitivity:0.9}, {@code false_alarms:1}. */
    public static Optional<DetectionOperatingRule> parse(String key) {
        String[] parts = key.strip().toLowerCase(Locale.ROOT).split(":", 2);
        double value = parts.length == 2 ? number(parts[1]) : Double.NaN;
        boolean share = value > 0 && value <= 1;
        if (parts.length == 1 && (parts[0].equals("none") || parts[0].isEmpty())) {
            return Optional.empty();
        }
        if (parts.length == 1 && parts[0].equals("f1")) {
            return Optional.of(new DetectionOperatingRule(Kind.F1, Double.NaN));
        }
        if (parts[0].equals("precision") && share) {
            return Optional.of(new DetectionOperatingRule(Kind.PRECISION, value));
        }
        if (parts[0].equals("sensitivity") && share) {
            return Optional.of(new DetectionOperatingRule(Kind.SENSITIVITY, value));
        }
        if (parts[0].equals("false_alarms") && value >= 0 && !Double.isInfinite(value)) {
            return Optional.of(new DetectionOperatingRule(Kind.FALSE_ALARMS, value));
        }
        throw new UsageException("operating_point=" + key + " is not understood for a detector; use none, f1, precision:0.9 or sensitivity:0.9"
            + " (above 0, at most 1), or false_alarms:1 (0 or more, of an image).");
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /**
     * Chooses; of equally good thresholds the highest.
     *
     * @param classes how many
     * @param iou     from which a box hits
     * @return empty where no threshold has a hit and does what is asked for
     */
    public Optional<Choice> choose(List<JudgedImage> images, int classes, double iou) {
        ClassMatching all = ClassMatching.together(IntStream.range(0, classes)
            .mapToObj(label -> ClassMatching.of(images, label, MatchRule.of(iou))).toList());
        Choice best = null;
        int hits = 0;
        for (int i = 0; i < all.hits().length; i++) {
            hits += all.hits()[i] ? 1 : 0;
            boolean last = i + 1 == all.hits().length;
            if (last || all.scores()[i + 1] < all.scores()[i]) {
                double threshold = last ? all.scores()[i] : (all.scores()[i] + all.scores()[i + 1]) / 2;
                Choice choice = new Choice(threshold, hits, i + 1 - hits, all.wanted(), images.size());
                best = hits > 0 && isAllowed(choice) && (best == null || merit(choice) > merit(best)) ? choice : best;
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean isAllowed(Choice choice) {
        return switch (kind) {
            case F1 -> true;
            case PRECISION -> choice.precision() >= value;
            case SENSITIVITY -> choice.sensitivity() >= value;
            case FALSE_ALARMS -> choice.falseAlarmsPerImage() <= value;
        };
    }

    private double merit(Choice choice) {
        return switch (kind) {
            case F1 -> choice.f1();
            case PRECISION, FALSE_ALARMS -> choice.hits();
            case SENSITIVITY -> -choice.falseAlarms();
        };
    }
}
