package io.github.lesionj.results;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a reader must know of an overlay.
 *
 * @param title    label and probability
 * @param truth    the true label in brackets, or empty where not known
 * @param color    of the class's outline
 * @param maximum  value of the strongest colour; 0 where the map points at nothing. The weakest stands for 0
 * @param level    of the outline, or NaN without one
 * @param caption  what the map is and what the line and the hatching mean
 */
record Legend(String title, String truth, Color color, double maximum, double level, String caption) {

    static Legend of(Classification row, HeatMap map, List<Region> regions, Color color) {
        double maximum = map.strongest();
        double level = regions.isEmpty() ? Double.NaN : regions.get(0).level();
        return new Legend(title(row), truth(row), color, maximum, level, caption(map, maximum, level));
    }

    private static String title(Classification row) {
        String label = row.labels().isEmpty() ? "no label" : String.join(", ", row.labels());
        String number = Double.isNaN(row.probability()) ? "" : String.format(Locale.ROOT, " %.2f", row.probability());
        String doubt = Boolean.FALSE.equals(row.confident()) ? ", not confident" : "";
        return label + number + doubt;
    }

    private static String truth(Classification row) {
        return row.truth() == null ? "" : "(truth: " + (row.truth().isEmpty() ? "no label" : String.join(", ", row.truth())) + ")";
    }

    private static String caption(HeatMap map, double maximum, double level) {
        Explanation explanation = map.explanation();
        List<String> sentences = new ArrayList<>();
        String name = switch (explanation.kind()) {
            case ATTENTION -> "Attention of the network";
            case CAM -> "Class activation map of " + explanation.className();
            case GRAD_CAM -> "Grad-CAM of " + explanation.className();
        };
        sentences.add(maximum > 0 ? name + "." : name + ": nowhere above 0.");
        if (!Double.isNaN(level)) {
            sentences.add(String.format(Locale.ROOT, "Line: %s, %.0f %% of the maximum.", Numbers.brief(level), 100 * level / maximum));
        }
        if (!map.allSeen()) {
            sentences.add("Hatched: not seen by the network.");
        }
        return String.join(" ", sentences);
    }
}
