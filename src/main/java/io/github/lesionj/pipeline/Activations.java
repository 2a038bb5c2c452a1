package io.github.lesionj.pipeline;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.modelpackage.Activation;

/** Turns class scores into probabilities, as the card says. */
final class Activations {

    private Activations() {
    }

    /**
     * Probabilities of one item.
     *
     * @param scores      of the network, one per class; or one alone where two classes share a sigmoid
     * @param activation  of the card
     * @param temperature scores are divided by it first (Guo et al. 2017); not used where the scores are probabilities
     * @param classes     number of classes
     */
    static double[] probabilities(float[] scores, Activation activation, double temperature, int classes) {
        double[] values = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            if (!Float.isFinite(scores[i])) {
                throw new LesionJException("The network gave a score that is not a number; the model does not fit this image.");
            }
            values[i] = activation == Activation.NONE ? scores[i] : scores[i] / temperature;
        }
        double[] probabilities = switch (activation) {
            case NONE -> values;
            case SOFTMAX -> softmax(values);
            case SIGMOID -> sigmoid(values);
        };
        if (probabilities.length == 1 && classes == 2) {
            return new double[] {1 - probabilities[0], probabilities[0]};
        }
        if (probabilities.length != classes) {
            throw new LesionJException("The network gives " + probabilities.length + " scores, but its card names " + classes
                + " classes; correct class_names in rdf.yaml.");
        }
        return probabilities;
    }

    private static double[] softmax(double[] scores) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        double[] probabilities = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = Math.exp(scores[i] - largest);
            sum += probabilities[i];
        }
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    private static double[] sigmoid(double[] scores) {
        double[] probabilities = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = 1 / (1 + Math.exp(-scores[i]));
        }
        return probabilities;
    }
}
