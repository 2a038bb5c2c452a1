package io.github.lesionj.training;

import io.github.lesionj.runtime.ScheduleSettings;

/**
 * Learning rate of each step: a linear warm-up, then half a cosine down to zero (Loshchilov and Hutter 2017, arXiv:1608.03983,
 * without restarts) or the peak until the end.
 *
 * @param settings      peak, warm-up and shape
 * @param stepsPerEpoch of the optimiser
 */
record Schedule(ScheduleSettings settings, int stepsPerEpoch) {

    /** Of the whole training. */
    long steps() {
        return (long) settings.epochs() * stepsPerEpoch;
    }

    /** A share such as 0.29 of 100 steps must not lose one to rounding. */
    private long warmUp() {
        double asked = settings.warmup() < 1 ? settings.warmup() * steps() : settings.warmup() * stepsPerEpoch;
        return settings.warmup() == 0 ? 0 : Math.max(1, (long) (asked + 1e-9));
    }

    /**
     * The rate of a step.
     *
     * @param step from 0
     */
    double rate(long step) {
        long warmUp = warmUp();
        double peak = settings.learningRate();
        if (step < warmUp) {
            return peak * (step + 1) / warmUp;
        }
        if (settings.schedule() == ScheduleSettings.Shape.CONSTANT) {
            return peak;
        }
        double progress = (step + 1 - warmUp) / (double) (steps() + 1 - warmUp);
        return peak * 0.5 * (1 + Math.cos(Math.PI * progress));
    }
}
