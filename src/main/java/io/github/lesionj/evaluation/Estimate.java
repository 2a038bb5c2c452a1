package io.github.lesionj.evaluation;

/**
 * A measured value with its 95 % interval; NaN where it does not exist.
 *
 * @param value measured
 * @param low   lower end
 * @param high  upper end
 */
public record Estimate(double value, double low, double high) {

    static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN);

    static Estimate withoutInterval(double value) {
        return new Estimate(value, Double.NaN, Double.NaN);
    }
}
