package io.github.lesionj.training;

import io.github.lesionj.core.Progress;
import java.util.Locale;

/** Tells how far a training is and how long it will take, several times a second at most. */
final class StepProgress {

    private static final long INTERVAL = 200_000_000L;

    private final Progress progress;
    private final long total;
    private final long first;
    private final double earlierSeconds;
    private final long begin = System.nanoTime();
    private long last = begin - INTERVAL;

    /**
     * Begins to count.
     *
     * @param total          steps
     * @param first          step, from 0
     * @param earlierSeconds that the steps before it took
     */
    StepProgress(Progress progress, long total, long first, double earlierSeconds) {
        this.progress = progress;
        this.total = total;
        this.first = first;
        this.earlierSeconds = earlierSeconds;
    }

    void report(long done, String what) {
        long now = System.nanoTime();
        if (now - last >= INTERVAL) {
            last = now;
            progress.report(done, total, what + remaining(done, now - begin));
        }
    }

    private String remaining(long done, long nanos) {
        return done <= first ? "" : ", " + inWords(Math.round(nanos * 1e-9 * (total - done) / (done - first))) + " left";
    }

    static String inWords(long seconds) {
        if (seconds < 90) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 90 ? minutes + " min" : String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
    }

    /** Since the training began, without the time in which it was interrupted. */
    double seconds() {
        return earlierSeconds + (System.nanoTime() - begin) * 1e-9;
    }
}
