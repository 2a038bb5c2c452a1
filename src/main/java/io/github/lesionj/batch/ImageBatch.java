package io.github.lesionj.batch;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Prefetch;
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
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

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
    private final int channel;
    private final ItemListener listener;
    private final int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    private final List<Ready> waiting = new ArrayList<>();
    /** Inputs that are being read. */
    private final Set<OpenInput> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;
    private long done;
    private long known;

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
        this.channel = channel;
        this.listener = listener;
        this.progress = progress;
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

    /** An input that was opened, or the reason why it could not be. */
    private record Opening(OpenInput input, Ready failed) {
    }

    /** Classifies every item of every input. */
    public void classify(List<BatchInput> inputs) {
        known = inputs.size();
        try (Prefetch<Opening> opened = new Prefetch<>(openings(inputs), threads, 2 * threads);
                Prefetch<Ready> ready = new Prefetch<>(readings(opened), threads, Math.max(batch, 2 * threads))) {
            for (Ready next = ready.result(progress::checkCancelled); next != null; next = ready.result(progress::checkCancelled)) {
                progress.checkCancelled();
                take(next);
            }
            predictWaiting();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LesionJException known ? known
                : new LesionJException("Reading the images ended by an error: " + sentence(e.getCause()), e.getCause());
        } finally {
            ended = true;
            open.forEach(OpenInput::abandon);
        }
    }

    private Iterator<Callable<Opening>> openings(List<BatchInput> inputs) {
        return inputs.stream().<Callable<Opening>>map(input -> () -> {
            try (Ledger.Stage ignored = run.ledger().stage("open")) {
                return new Opening(open(input), null);
            } catch (RuntimeException | OutOfMemoryError e) {
                return new Opening(null, Ready.failed(input.key(), "open", e));
            }
        }).iterator();
    }

    private OpenInput open(BatchInput input) {
        OpenInput opened = OpenInput.open(input, classifier.channels(), channel, open::remove);
        open.add(opened);
        listener.opened(input, opened.items());
        if (ended) {
            opened.abandon();
        }
        return opened;
    }

    /** One task per item, file after file. */
    private Iterator<Callable<Ready>> readings(Prefetch<Opening> opened) {
        return new Iterator<>() {
            private final List<Callable<Ready>> tasks = new ArrayList<>();
            private int next;

            @Override
            public boolean hasNext() {
                while (next == tasks.size()) {
                    tasks.clear();
                    next = 0;
                    Opening file = nextOpened(opened);
                    if (file == null) {
                        return false;
                    }
                    addTasks(file);
                }
                return true;
            }

            private void addTasks(Opening file) {
                OpenInput input = file.input();
                if (input == null) {
                    plan(1);
                    tasks.add(file::failed);
                } else {
                    plan(input.items().size());
                    input.items().forEach(item -> tasks.add(() -> read(input, item)));
                }
            }

            @Override
            public Callable<Ready> next() {
                return tasks.get(next++);
            }
        };
    }

    private static Opening nextOpened(Prefetch<Opening> opened) {
        try {
            return opened.result(() -> { });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException e) {
            throw new LesionJException("Opening an image ended by an error: " + sentence(e.getCause()), e.getCause());
        }
    }

    private synchronized void plan(int items) {
        run.ledger().plan(items);
        known += items - 1;
    }

    private Ready read(OpenInput opened, BatchItem item) {
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
        synchronized (this) {
            progress.report(done, known, "Classifying " + last.image());
        }
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
