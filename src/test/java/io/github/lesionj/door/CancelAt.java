package io.github.lesionj.door;

import io.github.lesionj.core.Progress;

/** Cancels a job when it says what it does now. */
public final class CancelAt implements Progress {

    private final String phase;
    private volatile boolean cancelled;

    /**
     * Waits for a phase.
     *
     * @param phase how its text begins
     */
    public CancelAt(String phase) {
        this.phase = phase;
    }

    @Override
    public void report(long done, long total, String what) {
        cancelled |= what.startsWith(phase);
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }
}
