package io.github.lesionj.runtime;

/**
 * How long is trained, and how fast at which time.
 *
 * @param epochs       passes over the training data
 * @param learningRate peak
 * @param warmup       length of the linear warm-up: below 1 a share of all steps, else epochs
 * @param schedule     after the warm-up
 * @param patience     epochs without a better validation after which training ends, 0 = never
 */
public record ScheduleSettings(int epochs, double learningRate, double warmup, Shape schedule, int patience) {

    /** Share of all steps that warm up where nothing else is asked for. */
    public static final double WARMUP = 0.05;

    /** Course of the learning rate after the warm-up. */
    public enum Shape {
        /** Half a cosine down to zero (Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts). */
        COSINE,
        /** The peak until the end. */
        CONSTANT
    }

    /** Warm-up, then a cosine to the last epoch. */
    public static ScheduleSettings cosine(int epochs, double learningRate) {
        return new ScheduleSettings(epochs, learningRate, WARMUP, Shape.COSINE, 0);
    }
}
