package io.github.lesionj.evaluation;

import io.github.lesionj.core.LabelKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All single figures of {@code metrics.json}, for any weights of the items: once each for the figures themselves, as often as
 * drawn for a resample. Sorted and compared once.
 */
final class Figures implements Resampled {

    private static final Set<String> KEYS = Set.of("accuracy", "balanced_accuracy", "auc", "sensitivity", "specificity",
        "average_precision", "brier", "ece", "precision_weighted", "recall_weighted", "f1_weighted", "precision_macro",
        "recall_macro", "f1_macro");
    /** The figures of one class that a resample has too, by their keys. */
    private static final List<String> OF_CLASS = List.of("precision", "recall", "specificity", "f1", "average_precision");

    private final Predictions predictions;
    private final DecisionRule rule;
    private final Decisions decisions;
    private final Calibration calibration;
    private final Ranking[] rankings;

    Figures(Predictions predictions, DecisionRule rule) {
        this.predictions = predictions;
        this.rule = rule;
        this.decisions = Decisions.of(predictions, rule);
        this.calibration = Calibration.of(predictions);
        this.rankings = new Ranking[predictions.classes()];
        for (int c = 0; c < rankings.length; c++) {
            rankings[c] = Ranking.of(predictions.scores(c), predictions.truth(c));
        }
    }

    Decisions decisions() {
        return decisions;
    }

    int items() {
        return predictions.items();
    }

    /** Key of a class's figure. */
    static String key(String className, String figure) {
        return "per_class/" + className + "/" + figure;
    }

    /** Whether a key of {@code metrics.json} is a figure that a resample has too. */
    static boolean isKey(String key) {
        return KEYS.contains(key);
    }

    static List<String> ofClass() {
        return OF_CLASS;
    }

    /** Every key in order, those of the classes last. */
    @Override
    public List<String> keys() {
        return List.copyOf(of(Ranking.once(predictions.items())).keySet());
    }

    @Override
    public double[] values(int[] weights) {
        return of(weights).values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Key to value; NaN where it does not exist. */
    Map<String, Double> of(int[] weights) {
        Counts[] counts = decisions.counts(weights);
        double[] aucs = new double[counts.length];
        double[] precisions = new double[counts.length];
        for (int c = 0; c < counts.length; c++) {
            aucs[c] = rankings[c].auc(weights);
            precisions[c] = rankings[c].averagePrecision(weights);
        }
        Counts positive = rule.positive() < 0 ? null : counts[rule.positive()];
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("accuracy", decisions.accuracy(weights));
        values.put("balanced_accuracy", balancedAccuracy(counts));
        values.put("auc", ofPositive(aucs));
        values.put("sensitivity", positive == null ? Double.NaN : positive.recall());
        values.put("specificity", positive == null ? Double.NaN : positive.specificity());
        values.put("average_precision", ofPositive(precisions));
        values.put("brier", calibration.brier(weights));
        values.put("ece", calibration.expectedError(weights));
        put(values, Averages.weighted(counts), "_weighted");
        put(values, Averages.macro(counts), "_macro");
        for (int c = 0; c < counts.length; c++) {
            putClass(values, predictions.classNames().get(c), counts[c], precisions[c]);
        }
        return values;
    }

    private double balancedAccuracy(Counts[] counts) {
        return Averages.mean(counts, predictions.kind() == LabelKind.MULTI_LABEL ? c -> (c.recall() + c.specificity()) / 2
            : Counts::recall);
    }

    /** Of the positive class where labels are binary and it is known; else the mean over the classes. */
    private double ofPositive(double[] byClass) {
        if (predictions.kind() == LabelKind.BINARY && rule.positive() >= 0) {
            return byClass[rule.positive()];
        }
        double sum = 0;
        for (double value : byClass) {
            sum += value;
        }
        return sum / byClass.length;
    }

    private static void put(Map<String, Double> values, Averages averages, String suffix) {
        values.put("precision" + suffix, averages.precision());
        values.put("recall" + suffix, averages.recall());
        values.put("f1" + suffix, averages.f1());
    }

    private static void putClass(Map<String, Double> values, String name, Counts counts, double averagePrecision) {
        double[] figures = {counts.precision(), counts.recall(), counts.specificity(), counts.f1(), averagePrecision};
        for (int f = 0; f < figures.length; f++) {
            values.put(key(name, OF_CLASS.get(f)), figures[f]);
        }
    }

    /** The same of every class with DeLong's interval of its AUC, as they are for items that count once. */
    List<ClassMetrics> perClass() {
        int[] once = Ranking.once(predictions.items());
        Counts[] counts = decisions.counts(once);
        List<ClassMetrics> classes = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            classes.add(ClassMetrics.of(predictions.classNames().get(c), counts[c],
                DeLong.interval(predictions.scores(c), predictions.truth(c)), rankings[c].averagePrecision(once)));
        }
        return List.copyOf(classes);
    }
}
