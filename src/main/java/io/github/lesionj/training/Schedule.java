package io.github.lesionj.training;

/**
 * Learning rate of each step: a linear warm-up over the first twentieth of all steps, then half a cosine down to zero
 * (Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts).
 *
 * @param peak  largest learning rate, reached at the end of the warm-up
 * @param steps of the whole training
 */
record Schedule(double peak, long steps) {

    private static final int WARM_UP_SHARE = 20;

    /**
     * The rate of a step.
     *
     * @param step from 0
     */
    double rate(long step) {
        long warmUp = Math.max(1, steps / WARM_UP_SHARE);
        if (step < warmUp) {
            return peak * (step + 1) / warmUp;
        }
        double progress = (step + 1 - warmUp) / (double) (steps + 1 - warmUp);
        return peak * 0.5 * (1 + Math.cos(Math.PI * progress));
    }
}
