package io.github.lesionj.pipeline;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Softmax;
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
            case SOFTMAX -> Softmax.of(values);
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

    private static double[] sigmoid(double[] scores) {
        double[] probabilities = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = 1 / (1 + Math.exp(-scores[i]));
        }
        return probabilities;
    }
}
