package io.github.lesionj.training;

import java.time.Duration;

/** When a checkpoint is due. */
final class SaveClock {

    /** A kill costs this much at most, also within an epoch. */
    private static final Duration INTERVAL = Duration.ofMinutes(2);
    /**
     * Time between two savings for each value of the network, in ns. A value has twelve bytes with its moments and some 300 MB
     * are written in a second, so saving takes a tenth of the time at most: on a GPU the epochs of a large network are short.
     */
    private static final long NANOS_PER_VALUE = 400;

    private final long interval;
    private long last = System.nanoTime();

    SaveClock() {
        this(INTERVAL);
    }

    SaveClock(Duration interval) {
        this.interval = interval.toNanos();
    }

    /** Within an epoch. */
    boolean isDue() {
        return isDue(interval);
    }

    /**
     * Between two epochs, where less is lost than within one.
     *
     * @param values of the network
     */
    boolean isDueAfterEpoch(long values) {
        return isDue(Math.min(interval, values * NANOS_PER_VALUE));
    }

    private boolean isDue(long nanos) {
        return System.nanoTime() - last >= nanos;
    }

    void saved() {
        last = System.nanoTime();
    }
}
