package io.github.lesionj.evaluation.detection;

import io.github.lesionj.evaluation.Curves;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Free-response ROC: sensitivity (y) over false alarms an image (x), by falling threshold (Bunch et al. 1978, 10.1117/12.955926). Boxes of
 * equal score come and go together.
 *
 * @param points one for each threshold, from (0, 0); empty where no object must be found or there is no image
 */
public record Froc(List<Curves.Point> points) {

    /** False alarms an image at which the sensitivity is given, as in the LUNA16 challenge (Setio et al. 2017, 10.1016/j.media.2017.06.015). */
    public static final List<Double> LEVELS = List.of(0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0);

    public static Froc of(ClassMatching matching) {
        List<Curves.Point> points = new ArrayList<>();
        if (matching.wanted() > 0 && matching.images() > 0) {
            points.add(new Curves.Point(0, 0));
            int hits = 0;
            for (int i = 0; i < matching.hits().length; i++) {
                hits += matching.hits()[i] ? 1 : 0;
                boolean last = i + 1 == matching.hits().length || matching.scores()[i + 1] < matching.scores()[i];
                if (last) {
                    points.add(new Curves.Point((double) (i + 1 - hits) / matching.images(), (double) hits / matching.wanted()));
                }
            }
        }
        return new Froc(List.copyOf(points));
    }

    /** The highest sensitivity of a threshold with at most so many false alarms an image; NaN where there is no curve. */
    public double sensitivity(double falseAlarms) {
        return points.stream().filter(point -> point.x() <= falseAlarms).mapToDouble(Curves.Point::y).max().orElse(Double.NaN);
    }

    /** Mean of the sensitivities at {@link #LEVELS}. */
    public double score() {
        return LEVELS.stream().mapToDouble(this::sensitivity).average().orElseThrow();
    }

    /** Sensitivity by false alarms an image. */
    public Map<Double, Double> sensitivities() {
        Map<Double, Double> found = new LinkedHashMap<>();
        LEVELS.forEach(level -> found.put(level, sensitivity(level)));
        return found;
    }
}
