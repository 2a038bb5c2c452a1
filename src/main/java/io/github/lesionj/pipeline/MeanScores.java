package io.github.lesionj.pipeline;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.Floats;
import io.github.lesionj.core.Softmax;
import io.github.lesionj.modelpackage.Activation;
import java.util.Arrays;
import java.util.List;

/**
 * What an ensemble's outputs must be, worked out from its members' in double precision: the package proves itself with it.
 */
final class MeanScores {

    private MeanScores() {
    }

    /** Values one by one. */
    static FloatTensor mean(List<FloatTensor> members) {
        float[] values = new float[members.get(0).values().length];
        for (int i = 0; i < values.length; i++) {
            double sum = 0;
            for (FloatTensor member : members) {
                sum += member.values()[i];
            }
            values[i] = (float) (sum / members.size());
        }
        return new FloatTensor(values, members.get(0).shape());
    }

    /**
     * Scores whose activation is the mean of the members' probabilities: the log of it for softmax, its logit for the sigmoid.
     *
     * @param members scores, [item, class] each
     */
    static FloatTensor of(List<FloatTensor> members, Activation activation) {
        int classes = members.get(0).shape()[1];
        float[] values = new float[members.get(0).values().length];
        double[] logs = new double[members.size()];
        double[] rest = new double[members.size()];
        for (int i = 0; i < values.length; i++) {
            for (int m = 0; m < logs.length; m++) {
                float[] scores = members.get(m).values();
                logs[m] = activation == Activation.SIGMOID ? -softplus(-scores[i])
                    : scores[i] - logSum(scores, i - i % classes, classes);
                rest[m] = -softplus(scores[i]);
            }
            values[i] = (float) (logMean(logs) - (activation == Activation.SIGMOID ? logMean(rest) : 0));
        }
        return new FloatTensor(values, members.get(0).shape());
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double logSum(float[] scores, int from, int count) {
        return Softmax.logSum(Floats.widened(Arrays.copyOfRange(scores, from, from + count)));
    }

    private static double logMean(double[] logs) {
        return Softmax.logSum(logs) - Math.log(logs.length);
    }
}
