package io.github.lesionj.evaluation;

import java.util.Arrays;
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
    static Averages macro(Counts[] classes) {
        return new Averages(mean(classes, Counts::precision), mean(classes, Counts::recall), mean(classes, Counts::f1));
    }

    /** Every class counts as often as it is true; absent classes do not count. */
    static Averages weighted(Counts[] classes) {
        return new Averages(weighted(classes, Counts::precision), weighted(classes, Counts::recall), weighted(classes, Counts::f1));
    }

    static double mean(Counts[] classes, ToDoubleFunction<Counts> value) {
        return Arrays.stream(classes).mapToDouble(value).sum() / classes.length;
    }

    private static double weighted(Counts[] classes, ToDoubleFunction<Counts> value) {
        double sum = 0;
        long support = 0;
        for (Counts counts : classes) {
            sum += counts.support() == 0 ? 0 : counts.support() * value.applyAsDouble(counts);
            support += counts.support();
        }
        return sum / support;
    }
}
