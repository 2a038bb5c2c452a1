package io.github.lesionj.evaluation;

import io.github.lesionj.core.LabelKind;
import java.util.stream.IntStream;

/**
 * From probabilities to labels; the one place that decides them.
 *
 * @param kind      what the labels of an item may be
 * @param positive  index of the positive class, or -1; needed for a threshold on binary labels
 * @param threshold binary: on the positive class's probability; multi-label: on every class's; NaN = argmax, and 0.5 for
 *                  multi-label. A probability equal to it (as float32) is above it.
 */
public record DecisionRule(LabelKind kind, int positive, double threshold) {

    /** Without a threshold of its own. */
    public static DecisionRule plain(LabelKind kind) {
        return new DecisionRule(kind, -1, Double.NaN);
    }

    /** Indices of the classes said to be true, ascending; exactly one unless multi-label. Of equal scores the first wins. */
    public int[] labels(float[] probabilities) {
        if (kind == LabelKind.MULTI_LABEL) {
            float limit = Double.isNaN(threshold) ? 0.5f : (float) threshold;
            return IntStream.range(0, probabilities.length).filter(c -> probabilities[c] >= limit).toArray();
        }
        boolean byThreshold = kind == LabelKind.BINARY && positive >= 0 && probabilities.length == 2 && !Double.isNaN(threshold);
        if (byThreshold) {
            return new int[] {probabilities[positive] >= (float) threshold ? positive : 1 - positive};
        }
        return new int[] {largest(probabilities)};
    }

    /**
     * How sure the model is of what is decided: the probability that it gives to the label; multi-label, to the presence or
     * absence of the class that it is least sure of. Without a threshold of exclusive classes it is the largest probability.
     *
     * @return 0..1, as float32; NaN where a probability of several labels is NaN
     */
    public float confidence(float[] probabilities) {
        int[] labels = labels(probabilities);
        if (kind != LabelKind.MULTI_LABEL) {
            return probabilities[labels[0]];
        }
        float least = 1;
        for (int c = 0, next = 0; c < probabilities.length; c++) {
            boolean present = next < labels.length && labels[next] == c;
            next += present ? 1 : 0;
            least = Math.min(least, present ? probabilities[c] : 1 - probabilities[c]);
        }
        return least;
    }

    static int largest(float[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }
}
