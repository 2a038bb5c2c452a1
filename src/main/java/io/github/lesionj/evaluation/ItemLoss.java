package io.github.lesionj.evaluation;

import io.github.lesionj.core.LabelKind;

/** How wrong the prediction of one item is. */
public final class ItemLoss {

    /** Smaller probabilities are counted as this one, so that a loss stays a number. */
    private static final double LEAST = 1e-15;

    private ItemLoss() {
    }

    /** Probability of what is true; with several labels the smallest over the classes, of its being as it is. */
    public static double probabilityOfTruth(Predictions predictions, int item) {
        double least = 1;
        for (int c = 0; c < predictions.classes(); c++) {
            if (predictions.kind() == LabelKind.MULTI_LABEL || predictions.isTrue(item, c)) {
                least = Math.min(least, agreed(predictions, item, c));
            }
        }
        return least;
    }

    /** Negative log-likelihood of what is true; with several labels the mean over the classes. */
    public static double of(Predictions predictions, int item) {
        if (predictions.kind() != LabelKind.MULTI_LABEL) {
            return -Math.log(Math.max(LEAST, probabilityOfTruth(predictions, item)));
        }
        double sum = 0;
        for (int c = 0; c < predictions.classes(); c++) {
            sum -= Math.log(Math.max(LEAST, agreed(predictions, item, c)));
        }
        return sum / predictions.classes();
    }

    private static double agreed(Predictions predictions, int item, int c) {
        double probability = predictions.probabilities()[item][c];
        return predictions.isTrue(item, c) ? probability : 1 - probability;
    }
}
