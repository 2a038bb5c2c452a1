package io.github.lesionj.door;

import io.github.lesionj.core.Progress;
import java.util.concurrent.atomic.AtomicInteger;

/** Cancels a job when it says what it does now, or a little later. */
public final class CancelAt implements Progress {

    private final String phase;
    private final AtomicInteger looks;
    private volatile boolean begun;

    /**
     * Waits for a phase.
     *
     * @param phase how its text begins
     */
    public CancelAt(String phase) {
        this(phase, 0);
    }

    /**
     * Waits for a phase, and then lets the job look some times whether it is cancelled.
     *
     * @param looks how often it is told that it is not
     */
    public CancelAt(String phase, int looks) {
        this.phase = phase;
        this.looks = new AtomicInteger(looks);
    }

    @Override
    public void report(long done, long total, String what) {
        begun |= what.startsWith(phase);
    }

    @Override
    public boolean cancelled() {
        return begun && looks.getAndDecrement() <= 0;
    }
}
