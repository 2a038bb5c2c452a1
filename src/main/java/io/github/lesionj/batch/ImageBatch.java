package io.github.lesionj.batch;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UnwritableException;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.pipeline.ImageClassifier;
import io.github.lesionj.results.Classification;
import io.github.lesionj.results.Failure;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.Ledger;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.results.Thumbnail;
import java.util.ArrayList;
import java.util.List;

/**
 * Classifies many images: readers decode and prepare ahead, one thread predicts, writers draw and save.
 *
 * <p>A bad item is listed and the batch goes on. What an earlier run of the same identity finished is taken over.
 */
public final class ImageBatch {

    private final ImageClassifier classifier;
    private final ResultRun run;
    private final ItemWriter writer;
    private final Progress progress;
    private final int batch;
    private final ItemListener listener;
    private final ReadAhead<Ready> ahead;
    private final List<Ready> waiting = new ArrayList<>();
    private long done;

    /**
     * A batch.
     *
     * @param classifier loaded, stays the caller's
     * @param run        open, stays the caller's
     * @param writer     draws and saves what was found for an item
     * @param batch      images per step of the network
     * @param channel    from 1, or 0 where none was chosen
     */
    public ImageBatch(ImageClassifier classifier, ResultRun run, ItemWriter writer, int batch, int channel, Progress progress) {
        this(classifier, run, writer, batch, channel, ItemListener.NONE, progress);
    }

    /** As above, with one who hears of every item. */
    ImageBatch(ImageClassifier classifier, ResultRun run, ItemWriter writer, int batch, int channel, ItemListener listener,
            Progress progress) {
        this.classifier = classifier;
        this.run = run;
        this.writer = writer;
        this.batch = batch;
        this.listener = listener;
        this.progress = progress;
        this.ahead = new ReadAhead<>(run.ledger(), new Reading(), new ReadAhead.Demand(classifier.channels(), channel, batch), progress);
    }

    /** An item on its way to the network: prepared, or taken over from an earlier run, or failed. */
    private record Ready(ItemKey key, BatchInput input, Position position, ImageClassifier.Prepared prepared,
            Thumbnail background, Failure failure) {

        static Ready reused(ItemKey key) {
            return new Ready(key, null, null, null, null, null);
        }

        static Ready failed(ItemKey key, String stage, Throwable reason) {
            return new Ready(key, null, null, null, null, new Failure(key.path(), stage, sentence(reason)));
        }
    }

    /** Classifies every item of every input. */
    public void classify(List<BatchInput> inputs) {
        ahead.each(inputs, this::take, this::predictWaiting);
    }

    private final class Reading implements ReadAhead.Reader<Ready> {

        @Override
        public void opened(BatchInput input, List<BatchItem> items) {
            listener.opened(input, items);
        }

        @Override
        public Ready failed(ItemKey item, String stage, Throwable reason) {
            return Ready.failed(item, stage, reason);
        }

        @Override
        public Ready read(OpenInput opened, BatchItem item) {
            ItemKey key = item.key();
            if (!writer.showsAll() && run.earlier(key).isPresent()) {
                opened.skip();
                return Ready.reused(key);
            }
            SourceImage image;
            try (Ledger.Stage ignored = run.ledger().stage("read")) {
                image = opened.read(item);
                run.ledger().countRead();
            } catch (RuntimeException | OutOfMemoryError e) {
                return Ready.failed(key, "read", e);
            }
            try (Ledger.Stage ignored = run.ledger().stage("prepare")) {
                BatchInput input = opened.input();
                note(item.object() == null ? key : input.key(), image);
                return new Ready(key, input, item.position(), classifier.prepare(image, input.left(), input.top()),
                    writer.background(image), null);
            } catch (RuntimeException | OutOfMemoryError e) {
                return Ready.failed(key, "prepare", e);
            }
        }
    }

    private void note(ItemKey key, SourceImage image) {
        image.remarks().forEach(remark -> run.ledger().remark(key.path(), remark));
        run.ledger().pixelSize(key.path(), image.umPerPx()[0], image.umPerPx()[1],
            Double.isNaN(image.umPerPx()[0]) ? "not known" : "file");
    }

    private void take(Ready ready) {
        if (ready.failure() != null) {
            fail(ready.key(), ready.failure());
            reportDone(1, ready.key());
        } else if (ready.prepared() == null) {
            run.reuse(ready.key());
            listener.ended(ready.key(), run.earlier(ready.key()).orElseThrow());
            reportDone(1, ready.key());
        } else {
            waiting.add(ready);
            if (waiting.size() == batch) {
                predictWaiting();
            }
        }
    }

    private void predictWaiting() {
        if (waiting.isEmpty()) {
            return;
        }
        List<Ready> items = List.copyOf(waiting);
        waiting.clear();
        predict(items);
        reportDone(items.size(), items.get(items.size() - 1).key());
    }

    /** One step of the network; where it fails as a whole each item is tried by itself, so that one names itself. */
    private void predict(List<Ready> items) {
        List<ImageClassifier.Result> results;
        try (Ledger.Stage ignored = run.ledger().stage("predict")) {
            results = classifier.classify(items.stream().map(Ready::prepared).toList());
        } catch (CancelledException e) {
            throw e;
        } catch (LesionJException e) {
            if (items.size() == 1) {
                fail(items.get(0).key(), Ready.failed(items.get(0).key(), "predict", e).failure());
            } else {
                items.forEach(item -> predict(List.of(item)));
            }
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            write(items.get(i), results.get(i));
        }
    }

    private void write(Ready item, ImageClassifier.Result result) {
        Classification row;
        try {
            row = classifier.labelRule().classify(item.key(), result.probabilities(), item.input().truth());
            listener.predicted(item.key(), result);
            writer.write(row, item.position(), item.background(), result.explanation());
        } catch (CancelledException | UnwritableException e) {
            throw e;
        } catch (LesionJException e) {
            fail(item.key(), Ready.failed(item.key(), "predict", e).failure());
            return;
        }
        listener.ended(item.key(), row);
    }

    private void fail(ItemKey item, Failure failure) {
        run.fail(failure);
        listener.ended(item, null);
    }

    private void reportDone(int items, ItemKey last) {
        done += items;
        progress.report(done, ahead.known(), "Classifying " + last.image());
    }

    static String sentence(Throwable reason) {
        if (reason instanceof LesionJException) {
            return reason.getMessage();
        }
        if (reason instanceof OutOfMemoryError) {
            return "The image does not fit into Java's memory; give ImageJ more (Edit > Options > Memory & Threads).";
        }
        return "It ended by an unexpected error (" + reason.toString().replace('\n', ' ') + "); please report this as a defect of LesionJ.";
    }
}
