package io.github.lesionj.commands;

import ij.measure.ResultsTable;
import io.github.lesionj.evaluation.Estimate;
import io.github.lesionj.evaluation.Evaluation;
import io.github.lesionj.results.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of an evaluation that are looked at first; {@code metrics.json} holds the others. */
record EvaluationSummary(Evaluation evaluation) {

    private static final List<String> MAIN = List.of("auc", "accuracy", "balanced_accuracy", "sensitivity", "specificity",
        "average_precision", "precision_macro", "recall_macro", "f1_macro", "precision_weighted", "recall_weighted", "f1_weighted",
        "brier", "ece");

    /** For the log: figure, value, interval. */
    String text() {
        List<List<String>> rows = new ArrayList<>();
        String finding = evaluation.metrics().positive() == null ? "" : ", positive is " + evaluation.metrics().positive();
        rows.add(List.of(evaluation.metrics().items() + " items" + finding, "value", "95 % interval"));
        for (String key : MAIN) {
            Estimate estimate = evaluation.of(key);
            rows.add(List.of(key, figure(estimate.value()), Double.isNaN(estimate.low()) ? "-"
                : figure(estimate.low()) + " to " + figure(estimate.high())));
        }
        return TextTable.of(rows);
    }

    private static String figure(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    /** For macros: columns figure, value, low, high. */
    ResultsTable table() {
        ResultsTable table = new ResultsTable();
        table.showRowNumbers(false);
        for (String key : MAIN) {
            Estimate estimate = evaluation.of(key);
            table.incrementCounter();
            table.addValue("figure", key);
            table.addValue("value", estimate.value());
            table.addValue("low", estimate.low());
            table.addValue("high", estimate.high());
        }
        return table;
    }
}
