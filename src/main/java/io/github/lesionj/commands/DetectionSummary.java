package io.github.lesionj.commands;

import ij.measure.ResultsTable;
import io.github.lesionj.evaluation.Estimate;
import io.github.lesionj.evaluation.detection.DetectedClass;
import io.github.lesionj.evaluation.detection.DetectionEvaluation;
import io.github.lesionj.evaluation.detection.DetectionMetrics;
import io.github.lesionj.results.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of a detector that are looked at first; {@code metrics.json} holds the others. */
final class DetectionSummary {

    private static final List<String> MAIN = List.of("map50", "map50_95", "precision", "recall", "f1", "sensitivity_at_1_false_alarm", "froc_mean");

    private DetectionSummary() {
    }

    /** Those of all classes, and the average precision of each as {@code ap50 NAME}. */
    private static Map<String, Estimate> figures(DetectionEvaluation evaluation) {
        Map<String, Object> values = evaluation.toMap();
        Map<String, Estimate> figures = new LinkedHashMap<>();
        for (String key : MAIN) {
            figures.put(key, new Estimate(number(values.get(key)), number(values.get(key + "_low")), number(values.get(key + "_high"))));
        }
        for (DetectedClass found : evaluation.metrics().perClass()) {
            figures.put("ap50 " + found.name(), new Estimate(found.ap50(), Double.NaN, Double.NaN));
        }
        return figures;
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** For the log: figure, value, interval. */
    static String text(DetectionEvaluation evaluation) {
        DetectionMetrics metrics = evaluation.metrics();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(metrics.images() + " images, " + metrics.all().objects() + " objects, threshold "
            + String.format(Locale.ROOT, "%.3f", metrics.threshold()), "value", "95 % interval"));
        figures(evaluation).forEach((name, estimate) -> rows.add(List.of(name, figure(estimate.value()),
            Double.isNaN(estimate.low()) ? "-" : figure(estimate.low()) + " to " + figure(estimate.high()))));
        return TextTable.of(rows);
    }

    private static String figure(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    /** For macros: columns figure, value, low, high. */
    static ResultsTable table(DetectionEvaluation evaluation) {
        ResultsTable table = new ResultsTable();
        table.showRowNumbers(false);
        figures(evaluation).forEach((name, estimate) -> {
            table.incrementCounter();
            table.addValue("figure", name);
            table.addValue("value", estimate.value());
            table.addValue("low", estimate.low());
            table.addValue("high", estimate.high());
        });
        return table;
    }
}
