package io.github.lesionj.training;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.Floats;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Softmax;
import io.github.lesionj.evaluation.RocAuc;
import java.util.Arrays;

/**
 * How good a network is on the validation items.
 *
 * @param loss     mean over the items, weighted as in training
 * @param auc      binary: of the second class; otherwise macro, one versus rest; NaN where it does not exist
 * @param items    how many were judged
 * @param accuracy of the largest logit; for multi-label of each class at probability 0.5, mean
 */
record Validation(int items, double loss, double auc, double accuracy) {

    /**
     * Judges all validation items.
     *
     * @param beforeBatch reports progress, and throws when the user cancelled
     */
    static Validation of(TrainingGraph graph, BatchSource source, LabelKind kind, int items, Runnable beforeBatch) {
        float[][] scores = new float[items][];
        float[][] targets = new float[items][];
        double loss = 0;
        double weight = 0;
        try (BatchReader batches = source.validation()) {
            for (int item = 0; batches.hasNext();) {
                beforeBatch.run();
                Batch batch = batches.next();
                TrainingGraph.Judgement judged = graph.judge(batch);
                FloatTensor truth = new FloatTensor(batch.targets(), judged.logits().shape());
                for (int i = 0; i < batch.items().length; i++, item++) {
                    scores[item] = judged.logits().item(i).values();
                    targets[item] = truth.item(i).values();
                    loss += judged.losses().values()[i];
                    weight += judged.weights().values()[i];
                }
            }
        }
        return new Validation(items, loss / weight, auc(kind, scores, targets), accuracy(kind, scores, targets));
    }

    static double auc(LabelKind kind, float[][] logits, float[][] targets) {
        if (kind == LabelKind.BINARY) {
            // the difference of the two logits ranks items as the softmax does, without its rounding near 0 and 1
            float[][] difference = Arrays.stream(logits).map(row -> new float[] {0, row[1] - row[0]}).toArray(float[][]::new);
            return RocAuc.ofClass(difference, targets, 1);
        }
        if (kind == LabelKind.MULTI_CLASS) {
            return RocAuc.macro(Arrays.stream(logits).map(row -> Floats.of(Softmax.of(Floats.widened(row)))).toArray(float[][]::new), targets);
        }
        return RocAuc.macro(logits, targets);
    }

    static double accuracy(LabelKind kind, float[][] logits, float[][] targets) {
        long right = 0;
        long judged = 0;
        for (int i = 0; i < logits.length; i++) {
            if (kind == LabelKind.MULTI_LABEL) {
                for (int k = 0; k < logits[i].length; k++, judged++) {
                    right += logits[i][k] >= 0 == targets[i][k] > 0.5f ? 1 : 0;
                }
            } else {
                right += argmax(logits[i]) == argmax(targets[i]) ? 1 : 0;
                judged++;
            }
        }
        return (double) right / judged;
    }

    private static int argmax(float[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            if (values[k] > values[best]) {
                best = k;
            }
        }
        return best;
    }

    /**
     * Whether this is better: by AUC; by loss where AUC does not exist or differs by less than one part in the number of
     * items. So small a difference is chance, and without the loss an early epoch with a lucky order of items but
     * probabilities far off would be kept.
     */
    boolean betterThan(Validation other) {
        double gain = auc - other.auc;
        boolean tied = Double.isNaN(gain) || Math.abs(gain) < 1.0 / items;
        return tied ? loss < other.loss : gain > 0;
    }
}
