package io.github.lesionj.cli;

import io.github.lesionj.core.Progress;
import java.util.ArrayList;
import java.util.List;

/** Hears when each step of a training begins: before each the trainer asks whether it was cancelled. */
final class StepClock implements Progress {

    private final List<Long> starts = new ArrayList<>();

    @Override
    public void checkCancelled() {
        starts.add(System.nanoTime());
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void report(long done, long total, String what) {
        // only the beginnings count
    }

    /**
     * Seconds of each step.
     *
     * @param warmUp steps that are left out
     * @param steps  that follow
     */
    double[] seconds(int warmUp, int steps) {
        double[] seconds = new double[steps];
        for (int i = 0; i < steps; i++) {
            seconds[i] = 1e-9 * (starts.get(warmUp + i + 1) - starts.get(warmUp + i));
        }
        return seconds;
    }
}
