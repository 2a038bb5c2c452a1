package io.github.lesionj.evaluation;

import io.github.lesionj.core.LabelKind;
import java.util.ArrayList;
import java.util.List;

/** How well probabilities agree with what happens. Prepared once, so that a resample only weighs the items. */
public final class Calibration {

    /** As in Guo et al. 2017, arXiv:1706.04599. */
    private static final int BINS = 15;

    /**
     * One bin of the reliability diagram.
     *
     * @param low        its lower end, not in it but for 0
     * @param high       its upper end
     * @param count      decisions in it
     * @param confidence their mean probability, or NaN where there are none
     * @param accuracy   the share of them that is right, likewise
     */
    public record Bin(double low, double high, long count, double confidence, double accuracy) {
    }

    private final Predictions predictions;
    private final double[] squares;
    private final byte[] bins;
    private final float[] confidences;
    private final boolean[] right;
    /** One for each item, or for multi-label one for each class of each item. */
    private final int decisionsPerItem;

    private Calibration(Predictions predictions) {
        this.predictions = predictions;
        boolean multiLabel = predictions.kind() == LabelKind.MULTI_LABEL;
        this.decisionsPerItem = multiLabel ? predictions.classes() : 1;
        int decisions = predictions.items() * decisionsPerItem;
        this.squares = new double[predictions.items()];
        this.bins = new byte[decisions];
        this.confidences = new float[decisions];
        this.right = new boolean[decisions];
        for (int i = 0; i < predictions.items(); i++) {
            squares[i] = square(i);
            int largest = DecisionRule.largest(predictions.probabilities()[i]);
            for (int k = 0; k < decisionsPerItem; k++) {
                int c = multiLabel ? k : largest;
                float confidence = predictions.probabilities()[i][c];
                int decision = i * decisionsPerItem + k;
                confidences[decision] = confidence;
                right[decision] = predictions.isTrue(i, c);
                bins[decision] = (byte) Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * (double) BINS) - 1));
            }
        }
    }

    /** Prepares the figures of predictions. */
    public static Calibration of(Predictions predictions) {
        return new Calibration(predictions);
    }

    private double square(int item) {
        double sum = 0;
        for (int c = 0; c < predictions.classes(); c++) {
            double difference = predictions.probabilities()[item][c] - (predictions.isTrue(item, c) ? 1 : 0);
            sum += difference * difference;
        }
        // In the binary case both classes have the same difference.
        return sum / (predictions.kind() == LabelKind.MULTI_CLASS ? 1 : predictions.classes());
    }

    /**
     * Mean squared difference of probability and truth (Brier 1950). Binary: of one class's probability, 0..1; multi-class:
     * summed over classes, 0..2; multi-label: mean over items and classes, 0..1. NaN without items.
     */
    public double brier() {
        return brier(Ranking.once(squares.length));
    }

    double brier(int[] weights) {
        double sum = 0;
        long total = 0;
        for (int i = 0; i < squares.length; i++) {
            sum += weights[i] * squares[i];
            total += weights[i];
        }
        return sum / total;
    }

    /**
     * Expected calibration error: mean difference of confidence and accuracy over 15 equal bins of confidence (a, b], weighted
     * by the items in them. Confidence is the largest probability and accuracy that of the argmax; for multi-label it is the
     * probability of every class of every item, and the share of true ones. NaN without items.
     */
    public double expectedError() {
        return expectedError(Ranking.once(squares.length));
    }

    double expectedError(int[] weights) {
        double[] excess = new double[BINS];
        long total = 0;
        for (int i = 0; i < squares.length; i++) {
            int weight = weights[i];
            for (int decision = i * decisionsPerItem; decision < (i + 1) * decisionsPerItem; decision++) {
                excess[bins[decision]] += weight * (confidences[decision] - (right[decision] ? 1 : 0));
            }
            total += (long) weight * decisionsPerItem;
        }
        double error = 0;
        for (double each : excess) {
            error += Math.abs(each);
        }
        return error / total;
    }

    /** The bins of {@link #expectedError}, lowest first. */
    public List<Bin> bins() {
        long[] counts = new long[BINS];
        double[] confidence = new double[BINS];
        long[] hits = new long[BINS];
        for (int decision = 0; decision < bins.length; decision++) {
            counts[bins[decision]]++;
            confidence[bins[decision]] += confidences[decision];
            hits[bins[decision]] += right[decision] ? 1 : 0;
        }
        List<Bin> all = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            all.add(new Bin((double) b / BINS, (b + 1.0) / BINS, counts[b], confidence[b] / counts[b], (double) hits[b] / counts[b]));
        }
        return all;
    }
}
