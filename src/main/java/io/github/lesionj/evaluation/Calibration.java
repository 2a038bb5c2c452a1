package io.github.lesionj.evaluation;

import io.github.lesionj.core.LabelKind;

/** How well probabilities agree with what happens. */
public final class Calibration {

    /** As in Guo et al. 2017, arXiv:1706.04599. */
    private static final int BINS = 15;

    private Calibration() {
    }

    /**
     * Mean squared difference of probability and truth (Brier 1950). Binary: of one class's probability, 0..1; multi-class:
     * summed over classes, 0..2; multi-label: mean over items and classes, 0..1.
     */
    public static double brier(Predictions predictions) {
        double sum = 0;
        for (int i = 0; i < predictions.items(); i++) {
            for (int c = 0; c < predictions.classes(); c++) {
                double difference = predictions.probabilities()[i][c] - (predictions.isTrue(i, c) ? 1 : 0);
                sum += difference * difference;
            }
        }
        // In the binary case both classes have the same difference.
        double classes = predictions.kind() == LabelKind.MULTI_CLASS ? 1 : predictions.classes();
        return predictions.items() == 0 ? Double.NaN : sum / predictions.items() / classes;
    }

    /**
     * Expected calibration error: mean difference of confidence and accuracy over 15 equal bins of confidence (a, b], weighted
     * by the items in them. Confidence is the largest probability and accuracy that of the argmax; for multi-label it is the
     * probability of every class of every item, and the share of true ones.
     */
    public static double expectedError(Predictions predictions) {
        double[] confidence = new double[BINS];
        double[] right = new double[BINS];
        int decisions = 0;
        boolean multiLabel = predictions.kind() == LabelKind.MULTI_LABEL;
        for (int i = 0; i < predictions.items(); i++) {
            float[] probabilities = predictions.probabilities()[i];
            int largest = DecisionRule.largest(probabilities);
            for (int c = multiLabel ? 0 : largest; c < (multiLabel ? predictions.classes() : largest + 1); c++) {
                int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(probabilities[c] * (double) BINS) - 1));
                confidence[bin] += probabilities[c];
                right[bin] += predictions.isTrue(i, c) ? 1 : 0;
                decisions++;
            }
        }
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += Math.abs(confidence[bin] - right[bin]);
        }
        return decisions == 0 ? Double.NaN : error / decisions;
    }
}
