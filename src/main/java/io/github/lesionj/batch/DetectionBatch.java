package io.github.lesionj.batch;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UnwritableException;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.RegionSource;
import io.github.lesionj.results.DetectionFiles;
import io.github.lesionj.results.DetectionRun;
import io.github.lesionj.results.Detections;
import io.github.lesionj.results.Failure;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.Ledger;
import io.github.lesionj.results.Thumbnail;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Searches many images: readers decode and prepare ahead, one thread predicts, writers draw and save. An image of many tiles is read
 * while it is searched.
 *
 * <p>A bad item is listed and the batch goes on. What an earlier run of the same identity finished is taken over.
 *
 * @param <P> an image, as far as the detector has read it
 */
final class DetectionBatch<P> {

    private final Detector<P> detector;
    private final DetectionRun run;
    private final WriterPool writers;
    private final DetectionDisplay display;
    private final Progress progress;
    private final ReadAhead<Ready<P>> ahead;
    private final List<Ready<P>> waiting = new ArrayList<>();
    private boolean files = true;
    private long done;

    /**
     * A batch.
     *
     * @param detector stays the caller's
     * @param run      open, stays the caller's
     * @param writers  stay the caller's
     * @param channel  from 1, or 0 where none was chosen
     */
    DetectionBatch(Detector<P> detector, DetectionRun run, WriterPool writers, int channel, DetectionDisplay display, Progress progress) {
        this.detector = detector;
        this.run = run;
        this.writers = writers;
        this.display = display;
        this.progress = progress;
        this.ahead = new ReadAhead<>(run.ledger(), new Reading(), new ReadAhead.Demand(detector.channels(), channel, detector.batch()), progress);
    }

    /**
     * What of an image is written down with its boxes.
     *
     * @param width      px
     * @param height     px
     * @param um         width and height of a pixel in micrometres, or NaN
     * @param hyperstack whether it is a plane of one
     * @param notes      what was done to its pixels
     */
    private record Facts(int width, int height, double[] um, boolean hyperstack, List<String> notes) {
    }

    /**
     * An item on its way: prepared, or taken over from an earlier run, or failed.
     *
     * @param regions    still to be read; null where nothing is
     * @param background of its picture; null where it is made later, or never
     */
    private record Ready<P>(ItemKey key, OpenInput input, P prepared, Facts facts, RegionSource regions, Thumbnail background, Failure failure) {

        static <P> Ready<P> reused(ItemKey key) {
            return new Ready<>(key, null, null, null, null, null, null);
        }

        static <P> Ready<P> failed(ItemKey key, String stage, Throwable reason) {
            return new Ready<>(key, null, null, null, null, null, new Failure(key.path(), stage, ImageBatch.sentence(reason)));
        }
    }

    /** Leaves out the pictures and ROIs of the items. */
    DetectionBatch<P> withoutFiles() {
        files = false;
        return this;
    }

    /** Searches every item of every input. */
    void detect(List<BatchInput> inputs) {
        ahead.each(inputs, this::take, this::detectWaiting);
    }

    private final class Reading implements ReadAhead.Reader<Ready<P>> {

        @Override
        public Ready<P> failed(ItemKey item, String stage, Throwable reason) {
            return Ready.failed(item, stage, reason);
        }

        @Override
        public Ready<P> read(OpenInput input, BatchItem item) {
            if (run.earlier(item.key()).isPresent()) {
                input.skip();
                return Ready.reused(item.key());
            }
            Ready<P> ready;
            try (Ledger.Stage ignored = run.ledger().stage("read")) {
                ready = input.use(source -> prepared(input, source, item));
                run.ledger().countRead();
            } catch (RuntimeException | OutOfMemoryError e) {
                ready = failed(item.key(), "read", e);
            }
            if (ready.regions() == null) {
                input.skip();
            }
            return ready;
        }

        private Ready<P> prepared(OpenInput input, ImageSource source, BatchItem item) {
            RegionSource regions = source.regions(item.position());
            P image = detector.prepare(regions, input.input().area());
            boolean read = detector.isRead(image);
            return new Ready<>(item.key(), input, image, facts(source, regions), read ? null : regions, read ? background(regions) : null, null);
        }

        private Facts facts(ImageSource source, RegionSource regions) {
            double given = detector.umPerPx();
            double[] um = Double.isNaN(given) ? regions.umPerPx() : new double[] {given, given};
            boolean hyperstack = Stream.of(source.channels(), source.slices(), source.frames()).filter(size -> size > 1).count() > 1;
            return new Facts(regions.width(), regions.height(), um, hyperstack, regions.remarks());
        }
    }

    private Thumbnail background(RegionSource regions) {
        return files && run.folder().isPresent() ? Thumbnail.of(regions) : null;
    }

    private void take(Ready<P> ready) {
        if (ready.failure() != null) {
            run.fail(ready.failure());
            reportDone(1, ready.key());
        } else if (ready.prepared() == null) {
            run.reuse(ready.key());
            display.show(run.earlier(ready.key()).orElseThrow());
            reportDone(1, ready.key());
        } else if (ready.regions() != null) {
            detectLarge(ready);
            reportDone(1, ready.key());
        } else {
            waiting.add(ready);
            if (waiting.size() == detector.batch()) {
                detectWaiting();
            }
        }
    }

    private void detectWaiting() {
        if (waiting.isEmpty()) {
            return;
        }
        List<Ready<P>> items = List.copyOf(waiting);
        waiting.clear();
        detectAll(items);
        reportDone(items.size(), items.get(items.size() - 1).key());
    }

    /** One step of the network; where it fails as a whole each item is tried by itself, so that one names itself. */
    private void detectAll(List<Ready<P>> items) {
        try {
            List<List<ScoredBox>> found = predict(items);
            for (int i = 0; i < items.size(); i++) {
                write(items.get(i), found.get(i), items.get(i).background());
            }
        } catch (CancelledException | UnwritableException e) {
            throw e;
        } catch (LesionJException e) {
            if (items.size() == 1) {
                run.fail(Ready.failed(items.get(0).key(), "predict", e).failure());
            } else {
                items.forEach(item -> detectAll(List.of(item)));
            }
        }
    }

    private List<List<ScoredBox>> predict(List<Ready<P>> items) {
        try (Ledger.Stage ignored = run.ledger().stage("predict")) {
            return detector.detect(items.stream().map(Ready::prepared).toList(), progress);
        }
    }

    /** Its source is read meanwhile, and once more for its picture. */
    private void detectLarge(Ready<P> item) {
        try {
            item.input().use(source -> {
                List<ScoredBox> found = predict(List.of(item)).get(0);
                write(item, found, background(item.regions()));
                return null;
            });
        } catch (CancelledException | UnwritableException e) {
            throw e;
        } catch (LesionJException | OutOfMemoryError e) {
            run.fail(Ready.failed(item.key(), "predict", e).failure());
        } finally {
            item.input().skip();
        }
    }

    private void write(Ready<P> item, List<ScoredBox> boxes, Thumbnail background) {
        Facts facts = item.facts();
        List<ScoredBox> onImage = onImage(boxes, facts.width(), facts.height());
        run.ledger().pixelSize(item.key().path(), facts.um()[0], facts.um()[1],
            Double.isNaN(facts.um()[0]) ? "not known" : Double.isNaN(detector.umPerPx()) ? "file" : "key um_per_px");
        writers.write(item.key(), () -> {
            Detections found = new Detections(item.key(), facts.width(), facts.height(), facts.um()[0], facts.um()[1], detector.classNames(), onImage,
                facts.notes());
            run.folder().filter(folder -> files).ifPresent(folder -> DetectionFiles.write(folder, found, background, facts.hyperstack()));
            display.show(found);
            run.add(found);
        });
    }

    /** Without those beside it: a network also answers for the padding around a small image. */
    static List<ScoredBox> onImage(List<ScoredBox> boxes, int width, int height) {
        return boxes.stream().filter(found -> !found.box().within(width, height).isEmpty()).toList();
    }

    private void reportDone(int items, ItemKey last) {
        done += items;
        progress.report(done, ahead.known(), "Searching " + last.image());
    }
}
