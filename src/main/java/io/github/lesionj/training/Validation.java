package io.github.lesionj.training;

import io.github.lesionj.runtime.TrainingListener.Figure;
import java.util.List;

/**
 * How good a network is on the validation items.
 *
 * @param items   how many things were judged
 * @param loss    mean over the items, weighted as in training
 * @param figures of the task; networks are compared by the first
 */
record Validation(int items, double loss, List<Figure> figures) {

    Validation {
        figures = List.copyOf(figures);
    }

    /**
     * Judges all validation items.
     *
     * @param judge       new; hears of every batch
     * @param beforeBatch reports progress, and throws when the user cancelled
     */
    static Validation of(TrainingGraph graph, BatchSource source, Judge judge, Runnable beforeBatch) {
        double loss = 0;
        double weight = 0;
        try (BatchReader batches = source.validation()) {
            while (batches.hasNext()) {
                beforeBatch.run();
                Batch batch = batches.next();
                TrainingGraph.Judgement judged = graph.judge(batch);
                judge.add(batch, judged.outputs());
                for (int i = 0; i < batch.items().length; i++) {
                    loss += judged.losses().values()[i];
                    weight += judged.weights().values()[i];
                }
            }
        }
        return new Validation(judge.size(), loss / weight, judge.figures());
    }

    /**
     * Whether this is better: by the first figure; by loss where that does not exist or differs by less than one part in the number of
     * items. So small a difference is chance, and without the loss an early epoch with a lucky order of items but
     * probabilities far off would be kept.
     */
    boolean betterThan(Validation other) {
        double gain = figures.get(0).value() - other.figures.get(0).value();
        boolean tied = Double.isNaN(gain) || Math.abs(gain) < 1.0 / items;
        return tied ? loss < other.loss : gain > 0;
    }
}
