package io.github.lesionj.training;

import io.github.lesionj.core.Progress;
import java.util.Locale;

/** Tells how far a training is and how long it will take, several times a second at most. */
final class StepProgress {

    private static final long INTERVAL = 200_000_000L;

    private final Progress progress;
    private final long total;
    private final long begin = System.nanoTime();
    private long last = begin - INTERVAL;

    StepProgress(Progress progress, long total) {
        this.progress = progress;
        this.total = total;
    }

    void report(long done, String what) {
        long now = System.nanoTime();
        if (now - last >= INTERVAL) {
            last = now;
            progress.report(done, total, what + remaining(done, now - begin));
        }
    }

    private String remaining(long done, long nanos) {
        return done == 0 ? "" : ", " + inWords(Math.round(nanos * 1e-9 * (total - done) / done)) + " left";
    }

    static String inWords(long seconds) {
        if (seconds < 90) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 90 ? minutes + " min" : String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
    }

    double seconds() {
        return (System.nanoTime() - begin) * 1e-9;
    }
}
