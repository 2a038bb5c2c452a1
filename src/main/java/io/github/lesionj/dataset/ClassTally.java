package io.github.lesionj.dataset;

import java.util.List;

/**
 * Items per class, summed up group by group, and how far that is from a target. The last entry counts items of no class.
 */
final class ClassTally {

    private final double[] targets;
    private final double[] totals;
    private final double[] counts;

    /**
     * Begins with nothing.
     *
     * @param targets items of each class that are aimed at
     * @param totals  items of each class in the whole set; deviations are relative to them, so that rare classes count
     */
    ClassTally(double[] targets, double[] totals) {
        this.targets = targets;
        this.totals = totals;
        this.counts = new double[targets.length];
    }

    /** Items per class; the last entry counts those of none. */
    static double[] counts(List<LabelledItem> items, int classes) {
        double[] counts = new double[classes + 1];
        for (LabelledItem item : items) {
            for (int label : item.labels()) {
                counts[label]++;
            }
            counts[classes] += item.labels().isEmpty() ? 1 : 0;
        }
        return counts;
    }

    /** What adding a group would change of the {@link #deviation}; below 0 it comes nearer to the targets. */
    double change(double[] group) {
        double change = 0;
        for (int c = 0; c < counts.length; c++) {
            double before = counts[c] - targets[c];
            double after = before + group[c];
            change += group[c] == 0 ? 0 : (after * after - before * before) / totals[c];
        }
        return change;
    }

    void add(double[] group) {
        for (int c = 0; c < counts.length; c++) {
            counts[c] += group[c];
        }
    }

    /** Sum of squared deviations from the targets, each relative to the class's items in the whole set. */
    double deviation() {
        double sum = 0;
        for (int c = 0; c < counts.length; c++) {
            sum += totals[c] == 0 ? 0 : (counts[c] - targets[c]) * (counts[c] - targets[c]) / totals[c];
        }
        return sum;
    }

    /** Number of items of a class so far. */
    double count(int c) {
        return counts[c];
    }
}
