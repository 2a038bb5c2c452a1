package io.github.lesionj.evaluation;

import io.github.lesionj.core.LabelKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good a classifier is. A value that does not exist is NaN, and {@code notes} says why.
 *
 * @param items            number of items
 * @param kind             what the labels of an item may be
 * @param accuracy         share of right labels; for multi-label, of right decisions over items and classes
 * @param balancedAccuracy mean recall of the classes; for multi-label, mean of recall and specificity of the classes
 * @param auc              of the positive class with DeLong's interval where labels are binary; else the mean of one class
 *                         against the others, without an interval
 * @param sensitivity      recall of the positive class
 * @param specificity      of the positive class
 * @param averagePrecision of the positive class where labels are binary, else mean over the classes
 * @param brier            see {@link Calibration#brier()}
 * @param ece              see {@link Calibration#expectedError()}
 * @param weighted         means over classes by support
 * @param macro            means over classes
 * @param confusionMatrix  [truth][said]; empty for multi-label
 * @param perClass         by index
 * @param positive         name of the positive class, or null where there is none
 * @param threshold        that labels were decided with, or NaN for the argmax (0.5 for multi-label)
 * @param notes            sentences on values that do not exist
 */
public record ClassificationMetrics(int items, LabelKind kind, double accuracy, double balancedAccuracy, Estimate auc,
        double sensitivity, double specificity, double averagePrecision, double brier, double ece, Averages weighted,
        Averages macro, int[][] confusionMatrix, List<ClassMetrics> perClass, String positive, double threshold,
        List<String> notes) {

    /** Measures predictions whose labels are decided by a rule. */
    public static ClassificationMetrics of(Predictions predictions, DecisionRule rule) {
        return of(predictions, rule, new Figures(predictions, rule));
    }

    static ClassificationMetrics of(Predictions predictions, DecisionRule rule, Figures figures) {
        List<ClassMetrics> classes = figures.perClass();
        ClassMetrics positive = rule.positive() < 0 ? null : classes.get(rule.positive());
        boolean ofPositive = predictions.kind() == LabelKind.BINARY && positive != null;
        int[] once = Ranking.once(predictions.items());
        Map<String, Double> values = figures.of(once);
        Counts[] counts = figures.decisions().counts(once);
        return new ClassificationMetrics(predictions.items(), predictions.kind(), values.get("accuracy"),
            values.get("balanced_accuracy"), ofPositive ? positive.auc() : Estimate.withoutInterval(values.get("auc")),
            values.get("sensitivity"), values.get("specificity"), values.get("average_precision"), values.get("brier"),
            values.get("ece"), Averages.weighted(counts), Averages.macro(counts), figures.decisions().confusion(), classes,
            positive == null ? null : positive.name(), rule.threshold(), MetricNotes.of(predictions, classes, positive));
    }

    /** The keys and values of {@code metrics.json}, in order; a value that does not exist is null. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("items", items);
        map.put("accuracy", Numbers.orNull(accuracy));
        map.put("balanced_accuracy", Numbers.orNull(balancedAccuracy));
        map.put("auc", Numbers.orNull(auc.value()));
        map.put("auc_low", Numbers.orNull(auc.low()));
        map.put("auc_high", Numbers.orNull(auc.high()));
        map.put("sensitivity", Numbers.orNull(sensitivity));
        map.put("specificity", Numbers.orNull(specificity));
        map.put("average_precision", Numbers.orNull(averagePrecision));
        map.put("brier", Numbers.orNull(brier));
        map.put("ece", Numbers.orNull(ece));
        put(map, weighted, "_weighted");
        put(map, macro, "_macro");
        map.put("confusion_matrix", confusionMatrix.length == 0 ? null
            : Arrays.stream(confusionMatrix).map(row -> Arrays.stream(row).boxed().toList()).toList());
        Map<String, Object> classes = new LinkedHashMap<>();
        perClass.forEach(metrics -> classes.put(metrics.name(), metrics.toMap()));
        map.put("per_class", classes);
        map.put("positive", positive);
        map.put("threshold", Numbers.orNull(threshold));
        map.put("notes", notes);
        return map;
    }

    private static void put(Map<String, Object> map, Averages averages, String suffix) {
        map.put("precision" + suffix, Numbers.orNull(averages.precision()));
        map.put("recall" + suffix, Numbers.orNull(averages.recall()));
        map.put("f1" + suffix, Numbers.orNull(averages.f1()));
    }
}
