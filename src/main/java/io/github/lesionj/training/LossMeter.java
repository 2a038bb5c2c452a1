package io.github.lesionj.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** Sums the losses of an epoch's steps, whole and part by part. */
final class LossMeter {

    private static final String WHOLE = "";

    private final Map<String, Double> sums = new LinkedHashMap<>();

    void add(TrainingGraph.Step step) {
        sums.merge(WHOLE, (double) step.loss(), Double::sum);
        step.parts().forEach((name, value) -> sums.merge(name, (double) value, Double::sum));
    }

    /** For a checkpoint within an epoch. */
    Map<String, Double> sums() {
        return new LinkedHashMap<>(sums);
    }

    /** Goes on with the sums of a checkpoint. */
    void resume(Map<String, Double> earlier) {
        sums.clear();
        sums.putAll(earlier);
    }

    void clear() {
        sums.clear();
    }

    double mean(int steps) {
        return sums.getOrDefault(WHOLE, 0.0) / steps;
    }

    /** By name. */
    Map<String, Double> means(int steps) {
        Map<String, Double> means = new LinkedHashMap<>(sums);
        means.remove(WHOLE);
        means.replaceAll((name, sum) -> sum / steps);
        return means;
    }
}
