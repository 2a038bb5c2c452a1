package io.github.lesionj.commands;

import ij.gui.Roi;
import io.github.lesionj.batch.PlaneSearch;
import io.github.lesionj.batch.PlaneSearch.Found;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.Progress;
import io.github.lesionj.pipeline.DetectionSettings;
import io.github.lesionj.results.DetectionRois;
import io.github.lesionj.results.Detections;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows on an open image what a detector finds, in the overlay only, for every change of its settings: a thread of its own searches
 * and draws, and of the requests that come meanwhile answers the last. It owns the network, which is unloaded at the end.
 *
 * <p>Thread-safe; no method waits for a search.
 */
final class DetectionPreview {

    private static final int CLASSES = 6;

    private final PlaneSearch search;
    private final PreviewedCommand.Listener listener;
    private final PreviewOverlay overlay = new PreviewOverlay();
    private Thread worker;
    private PlaneSearch.Request next;
    private PlaneSearch.Request running;
    private boolean showing;
    private boolean ended;
    private volatile DetectionSettings inEffect;

    /**
     * Shows nothing yet.
     *
     * @param search   is closed with this preview
     * @param listener hears what is done and found
     */
    DetectionPreview(PlaneSearch search, PreviewedCommand.Listener listener) {
        this.search = search;
        this.listener = listener;
    }

    /** Searches, and shows what is found. */
    synchronized void show(PlaneSearch.Request request) {
        if (ended) {
            return;
        }
        next = request;
        showing = true;
        if (worker == null) {
            worker = new Thread(this::answer, "LesionJ preview");
            worker.setContextClassLoader(DetectionPreview.class.getClassLoader());
            worker.setDaemon(true);
            worker.start();
        }
        notifyAll();
    }

    /** Brings the overlay back as it was; the network stays loaded, and what was found is known. */
    synchronized void hide() {
        next = null;
        showing = false;
        overlay.restore();
    }

    /** Shows nothing, and says why. */
    void refuse(String sentence) {
        hide();
        listener.refused(sentence);
    }

    /** Brings the overlay back as it was, for good. */
    synchronized void end() {
        ended = true;
        hide();
        notifyAll();
    }

    /** What the last answer went by; empty before the first. */
    Optional<DetectionSettings> inEffect() {
        return Optional.ofNullable(inEffect);
    }

    private void answer() {
        try (search) {
            for (PlaneSearch.Request request = take(); request != null; request = take()) {
                PlaneSearch.Request asked = request;
                Outcome outcome = Outcome.of("The preview", () -> {
                    show(asked, search.search(asked, new Waiting()));
                    return ExitStatus.DONE;
                });
                if (outcome.sentence() != null && !outcome.isCancelled()) {
                    fail(outcome.sentence());
                }
            }
        }
    }

    /** The last request that came; waits for one, null at the end. */
    private synchronized PlaneSearch.Request take() {
        running = null;
        while (next == null && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                return null;
            }
        }
        running = next;
        next = null;
        return running;
    }

    private void show(PlaneSearch.Request request, Found found) {
        List<Roi> boxes = DetectionRois.passing(found.boxes(), found.hyperstack());
        inEffect = found.settings();
        synchronized (this) {
            if (!showing) {
                return;
            }
            overlay.show(request.image(), boxes);
        }
        listener.said(line(found));
    }

    private void fail(String sentence) {
        synchronized (this) {
            if (!showing || next != null) {
                return;
            }
            overlay.restore();
        }
        listener.refused(sentence);
    }

    /** Such as {@code 12 boxes: 10 RBC, 2 WBC (threshold 0.35, NMS 0.5)}. */
    static String line(Found found) {
        Detections boxes = found.boxes();
        int[] counts = boxes.counts();
        List<String> classes = new ArrayList<>();
        for (int label = 0; label < Math.min(counts.length, CLASSES); label++) {
            classes.add(counts[label] + " " + boxes.classNames().get(label));
        }
        int count = boxes.boxes().size();
        return String.format(Locale.ROOT, "%d %s: %s%s (threshold %s, NMS %s)", count, count == 1 ? "box" : "boxes", String.join(", ", classes),
            counts.length > CLASSES ? " ..." : "", shortest(found.settings().threshold()), shortest(found.settings().nms()));
    }

    private static String shortest(double value) {
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : Double.toString(value);
    }

    /** Ends a search that nobody waits for any more; one whose threshold alone was changed goes on. */
    private final class Waiting implements Progress {

        @Override
        public void report(long done, long total, String what) {
            if (!cancelled()) {
                listener.said(what + " ...");
            }
        }

        @Override
        public boolean cancelled() {
            synchronized (DetectionPreview.this) {
                return !showing || next != null && !next.isAnsweredLike(running);
            }
        }
    }
}
