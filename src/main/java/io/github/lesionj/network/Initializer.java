package io.github.lesionj.network;

import java.util.Arrays;
import java.util.Random;

/** First values of a variable; made in Java, so that a seed gives the same network with every native library. */
@FunctionalInterface
public interface Initializer {

    /**
     * Makes the values.
     *
     * @param shape  of the variable
     * @param random seeded for this variable alone
     */
    float[] values(int[] shape, Random random);

    /** Every value the same. */
    static Initializer constant(float value) {
        return (shape, random) -> {
            float[] values = new float[product(shape)];
            Arrays.fill(values, value);
            return values;
        };
    }

    /** Normal distribution around 0. */
    static Initializer normal(double standardDeviation) {
        return (shape, random) -> {
            float[] values = new float[product(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * standardDeviation);
            }
            return values;
        };
    }

    /**
     * He et al. 2015 (arXiv:1502.01852), fan-out: normal, variance 2 / (kernel positions * output channels).
     * The last axis of the shape is the output channel, the one before it the input channel.
     */
    static Initializer heNormalFanOut() {
        return (shape, random) -> {
            int fanOut = product(shape) / shape[shape.length - 2];
            return normal(Math.sqrt(2.0 / fanOut)).values(shape, random);
        };
    }

    /** Uniform in +-1 / sqrt(inputs), PyTorch's start of a dense layer. */
    static Initializer uniformFanIn(int inputs) {
        double bound = 1 / Math.sqrt(inputs);
        return (shape, random) -> {
            float[] values = new float[product(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
            return values;
        };
    }

    private static int product(int[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }
}
