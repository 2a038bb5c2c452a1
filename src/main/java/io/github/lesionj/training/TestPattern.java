package io.github.lesionj.training;

import io.github.lesionj.core.FloatTensor;

/**
 * The image by which a model package proves itself: waves between 0 and 1, different along both axes and in each channel.
 * It is drawn and not taken from the data, because a package travels and patients' images must not travel with it.
 */
final class TestPattern {

    private TestPattern() {
    }

    /** A batch of one, [1, height, width, channels]. */
    static FloatTensor image(int height, int width, int channels) {
        float[] values = new float[height * width * channels];
        for (int i = 0; i < values.length; i++) {
            int c = i % channels;
            double x = (double) (i / channels % width) / width;
            double y = (double) (i / channels / width) / height;
            values[i] = (float) (0.5 + 0.3 * Math.sin(7 * x + c) * Math.cos(5 * y) + 0.2 * Math.sin(23 * x * y + 2 * c));
        }
        return new FloatTensor(values, 1, height, width, channels);
    }
}
