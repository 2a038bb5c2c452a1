package io.github.lesionj.core;

/** The softmax of an item's scores, in double precision, and without overflow whatever their size. */
public final class Softmax {

    private Softmax() {
    }

    /** Probabilities of the classes, which sum to one. */
    public static double[] of(double[] scores) {
        double logSum = logSum(scores);
        double[] probabilities = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = Math.exp(scores[i] - logSum);
        }
        return probabilities;
    }

    /** log(sum(exp(score))). */
    public static double logSum(double[] scores) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (double score : scores) {
            sum += Math.exp(score - largest);
        }
        return largest + Math.log(sum);
    }
}
