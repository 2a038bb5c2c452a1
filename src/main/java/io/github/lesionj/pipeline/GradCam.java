package io.github.lesionj.pipeline;

import io.github.lesionj.core.FloatTensor;

/** Gradient-weighted class activation maps (Selvaraju et al. 2017, arXiv:1610.02391, equations 1 and 2). */
final class GradCam {

    private GradCam() {
    }

    /**
     * The map of one item: {@code max(0, sum over c of w_c f_c)} at each position, {@code w_c} the mean over positions of the
     * gradient of the class score with respect to {@code f_c}.
     *
     * @param features last feature map f, [h, w, channel]
     * @param gradient of the class score, [h, w, channel]
     * @return [h, w, 1], unscaled, at least 0
     */
    static FloatTensor map(FloatTensor features, FloatTensor gradient) {
        int channels = features.shape()[2];
        double[] weights = means(gradient, channels);
        float[] map = new float[features.values().length / channels];
        for (int position = 0; position < map.length; position++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += weights[c] * features.values()[position * channels + c];
            }
            // a value that is not a number stays one, and is told
            map[position] = sum < 0 ? 0 : (float) sum;
        }
        return new FloatTensor(map, features.shape()[0], features.shape()[1], 1);
    }

    private static double[] means(FloatTensor gradient, int channels) {
        double[] means = new double[channels];
        float[] values = gradient.values();
        for (int i = 0; i < values.length; i++) {
            means[i % channels] += values[i];
        }
        for (int c = 0; c < channels; c++) {
            means[c] /= values.length / channels;
        }
        return means;
    }

    /**
     * Which score speaks for a class: one at its place; where two classes share one score, plus or minus that.
     *
     * @param scores number of scores of an item
     */
    static float[] seed(int scores, int explainedClass) {
        float[] seed = new float[scores];
        if (scores == 1) {
            seed[0] = explainedClass == 0 ? -1 : 1;
        } else {
            seed[explainedClass] = 1;
        }
        return seed;
    }
}
