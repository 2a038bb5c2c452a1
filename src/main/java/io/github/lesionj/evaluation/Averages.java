package io.github.lesionj.evaluation;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Precision, recall and F1 as means over classes.
 *
 * @param precision 0..1 or NaN
 * @param recall    0..1 or NaN
 * @param f1        0..1 or NaN
 */
public record Averages(double precision, double recall, double f1) {

    /** Every class counts the same; NaN where a class's value does not exist. */
    static Averages macro(List<ClassMetrics> classes) {
        return new Averages(mean(classes, ClassMetrics::precision), mean(classes, ClassMetrics::recall),
            mean(classes, ClassMetrics::f1));
    }

    /** Every class counts as often as it is true; absent classes do not count. */
    static Averages weighted(List<ClassMetrics> classes) {
        return new Averages(weighted(classes, ClassMetrics::precision), weighted(classes, ClassMetrics::recall),
            weighted(classes, ClassMetrics::f1));
    }

    static double mean(List<ClassMetrics> classes, ToDoubleFunction<ClassMetrics> value) {
        return classes.stream().mapToDouble(value).sum() / classes.size();
    }

    private static double weighted(List<ClassMetrics> classes, ToDoubleFunction<ClassMetrics> value) {
        double sum = 0;
        long support = 0;
        for (ClassMetrics metrics : classes) {
            sum += metrics.support() == 0 ? 0 : metrics.support() * value.applyAsDouble(metrics);
            support += metrics.support();
        }
        return sum / support;
    }
}
