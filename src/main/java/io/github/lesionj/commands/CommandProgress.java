package io.github.lesionj.commands;

import ij.IJ;
import io.github.lesionj.core.Progress;
import java.util.concurrent.TimeUnit;
import org.scijava.Cancelable;
import org.scijava.app.StatusService;

/** Progress in the status bars of ImageJ and SciJava, with the remaining time; Escape and Cancel end the job. */
final class CommandProgress implements Progress {

    private static final long SHOW_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long ESTIMATE_AFTER = TimeUnit.SECONDS.toNanos(2);

    private final Cancelable command;
    private final StatusService statusService;
    private final long start = System.nanoTime();
    private volatile boolean cancelled;
    private long shown = start - SHOW_EVERY;

    /**
     * @param command       asked whether the host has cancelled it
     * @param statusService SciJava's status bar; may be null
     */
    CommandProgress(Cancelable command, StatusService statusService) {
        this.command = command;
        this.statusService = statusService;
        IJ.resetEscape();
    }

    @Override
    public synchronized void report(long done, long total, String what) {
        long now = System.nanoTime();
        if (now - shown < SHOW_EVERY && done < total) {
            return;
        }
        shown = now;
        String text = what + remaining(done, total, now - start);
        IJ.showStatus(text);
        IJ.showProgress(total > 0 ? (double) done / total : 0);
        if (statusService != null) {
            statusService.showStatus((int) Math.min(done, Integer.MAX_VALUE), (int) Math.min(total, Integer.MAX_VALUE), text);
        }
    }

    /** The remaining time in words, once enough is done to tell. */
    static String remaining(long done, long total, long elapsed) {
        if (done <= 0 || done >= total || elapsed < ESTIMATE_AFTER) {
            return "";
        }
        long seconds = Math.round((double) elapsed / done * (total - done) / TimeUnit.SECONDS.toNanos(1));
        if (seconds < 60) {
            return " (" + Math.max(1, seconds) + " s left)";
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 60 ? " (" + minutes + " min left)" : " (" + minutes / 60 + " h " + minutes % 60 + " min left)";
    }

    @Override
    public boolean cancelled() {
        if (!cancelled && (command.isCanceled() || IJ.escapePressed())) {
            cancelled = true;
        }
        return cancelled;
    }

    void finish() {
        IJ.showProgress(1);
        IJ.showStatus("");
        if (statusService != null) {
            statusService.clearStatus();
        }
    }
}
