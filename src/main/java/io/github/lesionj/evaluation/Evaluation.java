package io.github.lesionj.evaluation;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of a classifier with their 95 % intervals.
 *
 * @param metrics   the figures
 * @param intervals by the keys of {@code metrics.json}, those of a class as {@code per_class/NAME/KEY}; DeLong's for the AUC of
 *                  a positive class, the bootstrap's for all others; a figure without an interval is missing
 * @param notes     sentences on what does not exist, those of the metrics first
 */
public record Evaluation(ClassificationMetrics metrics, Map<String, Estimate> intervals, List<String> notes) {

    /** Below it nothing is said of resamples that lack a figure. */
    private static final double RARE = 0.01;

    /**
     * Measures.
     *
     * @param groups    the group of each item, such as its patient; an empty one stands for itself. Empty list = no groups
     * @param bootstrap how intervals are drawn
     */
    public static Evaluation of(Predictions predictions, DecisionRule rule, List<String> groups, Bootstrap bootstrap, Progress progress) {
        Figures figures = new Figures(predictions, rule);
        ClassificationMetrics metrics = ClassificationMetrics.of(predictions, rule, figures);
        Map<String, Double> values = figures.of(Ranking.once(predictions.items()));
        Map<String, Estimate> intervals = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>(metrics.notes());
        Units units = Units.of(groups, predictions.items());
        bootstrap.intervals(figures, units.of(), progress).forEach((key, interval) -> {
            double value = values.get(key);
            if (!Double.isNaN(value) && !Double.isNaN(interval.low())) {
                intervals.put(key, new Estimate(value, interval.low(), interval.high()));
                addNote(notes, key, interval, bootstrap);
            }
        });
        boolean deLong = predictions.kind() == LabelKind.BINARY && metrics.positive() != null;
        if (deLong && Double.isNaN(metrics.auc().low())) {
            intervals.remove("auc");
        } else if (deLong) {
            intervals.put("auc", metrics.auc());
            addDeLongNotes(notes, metrics, units.names().size());
        }
        return new Evaluation(metrics, intervals, List.copyOf(notes));
    }

    private static void addDeLongNotes(List<String> notes, ClassificationMetrics metrics, int units) {
        if (metrics.auc().low() == metrics.auc().high()) {
            notes.add("The scores of the two classes do not overlap: DeLong's interval of the AUC then has no width and does not say how "
                + "few items there are.");
        }
        if (units < metrics.items()) {
            notes.add("DeLong's interval of the AUC takes the items of a group as independent, so it is too narrow where they are alike; "
                + "that of the figures per group is not.");
        }
    }

    private static void addNote(List<String> notes, String key, Bootstrap.Interval interval, Bootstrap bootstrap) {
        if (interval.without() > RARE * bootstrap.resamples() && !key.contains("/")) {
            notes.add("In " + interval.without() + " of " + bootstrap.resamples() + " resamples " + key
                + " does not exist; its interval is that of the others.");
        }
    }

    /** A figure with its interval; without one its ends are NaN. */
    public Estimate of(String key) {
        Object value = metrics.toMap().get(key);
        double measured = value instanceof Number number ? number.doubleValue() : Double.NaN;
        return intervals.getOrDefault(key, Estimate.withoutInterval(measured));
    }

    /** The keys and values of {@code metrics.json}, each figure followed by KEY_low and KEY_high; null where it does not exist. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = withIntervals(metrics.toMap(), "");
        Map<String, Object> classes = new LinkedHashMap<>();
        metrics.perClass().forEach(each ->
            classes.put(each.name(), withIntervals(each.toMap(), Figures.key(each.name(), ""))));
        map.put("per_class", classes);
        map.put("notes", notes);
        return map;
    }

    private Map<String, Object> withIntervals(Map<String, Object> plain, String prefix) {
        Map<String, Object> map = new LinkedHashMap<>();
        plain.forEach((key, value) -> {
            map.put(key, value);
            boolean figure = prefix.isEmpty() ? Figures.isKey(key) : Figures.ofClass().contains(key);
            if (figure) {
                Estimate interval = intervals.get(prefix + key);
                map.put(key + "_low", interval == null ? null : Numbers.orNull(interval.low()));
                map.put(key + "_high", interval == null ? null : Numbers.orNull(interval.high()));
            }
        });
        return map;
    }
}
