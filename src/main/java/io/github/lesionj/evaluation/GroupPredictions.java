package io.github.lesionj.evaluation;

import io.github.lesionj.core.LabelKind;
import java.util.ArrayList;
import java.util.List;

/**
 * One prediction for each group, such as a patient, made of those of its items.
 *
 * <p>A label is true of a group where it is true of any of its items; with two classes the positive one wins, and a group
 * whose items are of several exclusive classes without a positive one is left out.
 *
 * @param names       of the groups; an item that belongs to none is a group of its own, named by an empty text
 * @param sizes       number of items of each
 * @param predictions one for each group
 * @param leftOut     groups of several exclusive classes
 */
public record GroupPredictions(List<String> names, List<Integer> sizes, Predictions predictions, List<String> leftOut) {

    /** How probabilities of a group's items become one. */
    public enum How {
        /** Their mean, class by class. */
        MEAN,
        /**
         * The largest: of the positive class with two classes, of every class with several labels; with several exclusive
         * classes the largest of every class, divided by their sum.
         */
        MAX
    }

    /**
     * Combines.
     *
     * @param groups   the group of each item, empty = none
     * @param positive index of the positive class, or -1
     */
    public static GroupPredictions of(Predictions predictions, List<String> groups, How how, int positive) {
        Units units = Units.of(groups, predictions.items());
        List<String> names = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        List<float[]> probabilities = new ArrayList<>();
        List<float[]> targets = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        List<List<Integer>> members = units.members();
        for (int u = 0; u < members.size(); u++) {
            float[] target = target(predictions, members.get(u), positive);
            if (target == null) {
                leftOut.add(units.names().get(u));
                continue;
            }
            names.add(units.names().get(u));
            sizes.add(members.get(u).size());
            targets.add(target);
            List<float[]> all = members.get(u).stream().map(i -> predictions.probabilities()[i]).toList();
            probabilities.add(how == How.MEAN ? mean(all) : largest(all, predictions.kind(), positive));
        }
        return new GroupPredictions(names, sizes, new Predictions(predictions.classNames(), predictions.kind(),
            probabilities.toArray(float[][]::new), targets.toArray(float[][]::new)), leftOut);
    }

    private static float[] target(Predictions predictions, List<Integer> members, int positive) {
        float[] target = new float[predictions.classes()];
        for (int i : members) {
            for (int c = 0; c < target.length; c++) {
                target[c] = predictions.isTrue(i, c) ? 1 : target[c];
            }
        }
        int labels = 0;
        for (float value : target) {
            labels += value > 0 ? 1 : 0;
        }
        if (predictions.kind() == LabelKind.MULTI_LABEL || labels < 2) {
            return target;
        }
        if (predictions.kind() == LabelKind.BINARY && positive >= 0) {
            target[1 - positive] = 0;
            return target;
        }
        return null;
    }

    private static float[] mean(List<float[]> all) {
        float[] mean = new float[all.get(0).length];
        for (int c = 0; c < mean.length; c++) {
            int column = c;
            mean[c] = (float) all.stream().mapToDouble(row -> row[column]).average().orElse(Double.NaN);
        }
        return mean;
    }

    private static float[] largest(List<float[]> all, LabelKind kind, int positive) {
        if (kind == LabelKind.BINARY && positive >= 0) {
            float[] most = all.stream().max((a, b) -> Float.compare(a[positive], b[positive])).orElseThrow();
            return most.clone();
        }
        float[] largest = all.get(0).clone();
        for (float[] row : all) {
            for (int c = 0; c < largest.length; c++) {
                largest[c] = Math.max(largest[c], row[c]);
            }
        }
        return kind == LabelKind.MULTI_LABEL ? largest : shares(largest);
    }

    private static float[] shares(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        float[] shares = new float[values.length];
        for (int c = 0; c < shares.length; c++) {
            shares[c] = (float) (values[c] / sum);
        }
        return shares;
    }
}
