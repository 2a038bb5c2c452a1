package io.github.lesionj.evaluation.detection;

import io.github.lesionj.core.Progress;
import io.github.lesionj.evaluation.Bootstrap;
import io.github.lesionj.evaluation.Estimate;
import io.github.lesionj.evaluation.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of a detector, some with their 95 % intervals: those of {@code map50}, {@code recall} and
 * {@code sensitivity_at_1_false_alarm} (an image) by drawing the images again.
 *
 * @param metrics   the figures
 * @param estimates by the keys of {@code metrics.json}
 * @param notes     sentences on what does not exist
 */
public record DetectionEvaluation(DetectionMetrics metrics, Map<String, Estimate> estimates, List<String> notes) {

    /**
     * Measures.
     *
     * @param classNames of the labels
     * @param images     with every box down to a low score
     * @param groups     the group of each image, such as its patient; an empty one stands for itself. Empty list = no groups
     * @param threshold  of the scores, for precision, recall and F1
     */
    public static DetectionEvaluation of(List<String> classNames, List<JudgedImage> images, List<String> groups, double threshold,
            Bootstrap bootstrap, Progress progress) {
        DetectionMetrics metrics = DetectionMetrics.of(classNames, images, threshold, DetectionMetrics.IOU);
        DetectionFigures figures = new DetectionFigures(images, classNames.size(), threshold, DetectionMetrics.IOU);
        List<String> notes = new ArrayList<>(metrics.notes());
        if (!images.isEmpty() && metrics.all().objects() > 0 && metrics.all().hits() + metrics.all().falseAlarms() == 0) {
            notes.add("No box has a score of " + threshold + " or more: the precision does not exist.");
        }
        return new DetectionEvaluation(metrics, bootstrap.estimates(figures, groups, images.size(), progress), List.copyOf(notes));
    }

    /** The keys and values of {@code metrics.json}, each figure with an interval followed by KEY_low and KEY_high; null where it does not exist. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        metrics.toMap().forEach((key, value) -> {
            map.put(key, value);
            if (estimates.containsKey(key)) {
                putInterval(map, key);
            }
            if (key.equals("froc")) {
                map.put(DetectionFigures.SENSITIVITY, Numbers.orNull(estimates.get(DetectionFigures.SENSITIVITY).value()));
                putInterval(map, DetectionFigures.SENSITIVITY);
            }
        });
        map.put("notes", notes);
        return map;
    }

    private void putInterval(Map<String, Object> map, String key) {
        map.put(key + "_low", Numbers.orNull(estimates.get(key).low()));
        map.put(key + "_high", Numbers.orNull(estimates.get(key).high()));
    }
}
