package io.github.lesionj.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mean and spread of figures over the folds of a cross-validation. */
public final class FoldFigures {

    private FoldFigures() {
    }

    /**
     * Summarises the numbers of {@link ClassificationMetrics#toMap()}; what is no number, counts items, or is an end of an
     * interval, is left out.
     *
     * @param folds figures of each fold
     * @return {@code mean}: of the folds in which the figure exists; {@code standard_deviation}: of those, with n - 1, null
     *         where there are fewer than two; {@code folds_with_value}: figures that do not exist in every fold, with the number
     *         of those in which they do
     */
    public static Map<String, Object> of(List<Map<String, Object>> folds) {
        Map<String, Object> means = new LinkedHashMap<>();
        Map<String, Object> deviations = new LinkedHashMap<>();
        Map<String, Object> fewer = new LinkedHashMap<>();
        for (String key : keys(folds)) {
            double[] values = folds.stream().map(fold -> fold.get(key)).filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue()).toArray();
            means.put(key, Numbers.orNull(mean(values)));
            deviations.put(key, Numbers.orNull(deviation(values)));
            if (values.length < folds.size()) {
                fewer.put(key, values.length);
            }
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("mean", means);
        summary.put("standard_deviation", deviations);
        summary.put("folds_with_value", fewer);
        return summary;
    }

    private static List<String> keys(List<Map<String, Object>> folds) {
        List<String> keys = new ArrayList<>();
        for (String key : folds.get(0).keySet()) {
            boolean figure = !key.equals("items") && !key.equals("threshold") && !key.endsWith("_low") && !key.endsWith("_high");
            boolean number = folds.stream().anyMatch(fold -> fold.get(key) instanceof Number);
            if (figure && number) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return values.length < 2 ? Double.NaN : Math.sqrt(sum / (values.length - 1));
    }
}
