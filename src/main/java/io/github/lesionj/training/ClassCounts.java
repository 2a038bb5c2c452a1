package io.github.lesionj.training;

import io.github.lesionj.runtime.TrainingData;

/** Number of training items of which each class is true. Immutable. */
final class ClassCounts {

    private final int[] counts;
    private final int items;

    private ClassCounts(int[] counts, int items) {
        this.counts = counts;
        this.items = items;
    }

    /** Counts. */
    static ClassCounts of(TrainingData data, int classes) {
        int[] counts = new int[classes];
        for (int i = 0; i < data.trainingSize(); i++) {
            float[] target = data.trainingTarget(i);
            for (int c = 0; c < classes; c++) {
                counts[c] += target[c] > 0.5f ? 1 : 0;
            }
        }
        return new ClassCounts(counts, data.trainingSize());
    }

    static ClassCounts of(int items, int... counts) {
        return new ClassCounts(counts.clone(), items);
    }

    int of(int index) {
        return counts[index];
    }

    int classes() {
        return counts.length;
    }

    /** Number of all items. */
    int items() {
        return items;
    }
}
