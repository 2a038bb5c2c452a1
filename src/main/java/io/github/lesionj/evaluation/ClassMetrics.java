package io.github.lesionj.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One class against all others; a value that does not exist is NaN.
 *
 * @param name             of the class
 * @param truePositives    items rightly said to be it
 * @param falsePositives   items wrongly said to be it
 * @param falseNegatives   items of it that were missed
 * @param trueNegatives    the others
 * @param precision        true positives of those said; 0 where the class is there and is never said
 * @param recall           true positives of those there, also called sensitivity
 * @param specificity      true negatives of those not there
 * @param f1               harmonic mean of precision and recall; NaN where the class is absent
 * @param auc              area under the ROC curve with DeLong's 95 % interval
 * @param averagePrecision area under the precision-recall curve
 */
public record ClassMetrics(String name, int truePositives, int falsePositives, int falseNegatives, int trueNegatives,
        double precision, double recall, double specificity, double f1, Estimate auc, double averagePrecision) {

    static ClassMetrics of(String name, Counts counts, Estimate auc, double averagePrecision) {
        return new ClassMetrics(name, (int) counts.truePositives(), (int) counts.falsePositives(), (int) counts.falseNegatives(),
            (int) counts.trueNegatives(), counts.precision(), counts.recall(), counts.specificity(), counts.f1(), auc, averagePrecision);
    }

    /** Number of items of which the class is true. */
    public int support() {
        return truePositives + falseNegatives;
    }

    /** For {@code metrics.json}; a value that does not exist is null. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("support", support());
        map.put("true_positives", truePositives);
        map.put("false_positives", falsePositives);
        map.put("false_negatives", falseNegatives);
        map.put("true_negatives", trueNegatives);
        map.put("precision", Numbers.orNull(precision));
        map.put("recall", Numbers.orNull(recall));
        map.put("specificity", Numbers.orNull(specificity));
        map.put("f1", Numbers.orNull(f1));
        map.put("auc", Numbers.orNull(auc.value()));
        map.put("auc_low", Numbers.orNull(auc.low()));
        map.put("auc_high", Numbers.orNull(auc.high()));
        map.put("average_precision", Numbers.orNull(averagePrecision));
        return map;
    }
}
