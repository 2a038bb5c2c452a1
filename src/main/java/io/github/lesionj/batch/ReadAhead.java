package io.github.lesionj.batch;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Prefetch;
import io.github.lesionj.core.Progress;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.Ledger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Opens inputs and reads their items ahead of the one who takes them, in their order and a bounded number ahead. However it ends,
 * nothing stays open.
 *
 * @param <T> a read item, or why there is none
 */
final class ReadAhead<T> {

    /**
     * Reads items; called from several threads.
     *
     * @param <T> a read item, or why there is none
     */
    interface Reader<T> {

        /** An input was opened; none of its items is read yet. */
        default void opened(BatchInput input, List<BatchItem> items) {
            // not everybody waits for it
        }

        /** Reads an item, or passes it over; throws nothing. The input is told when it is no longer used for it. */
        T read(OpenInput input, BatchItem item);

        /** What becomes of an input that cannot be opened. */
        T failed(ItemKey item, String stage, Throwable reason);
    }

    /**
     * What the network takes.
     *
     * @param channels of an image
     * @param channel  that was chosen, from 1, or 0 where none was
     * @param batch    items at once
     */
    record Demand(int channels, int channel, int batch) {
    }

    private final Ledger ledger;
    private final Reader<T> reader;
    private final Demand demand;
    private final Progress progress;
    private final int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    /** Inputs that are being read. */
    private final Set<OpenInput> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;
    private long known;

    ReadAhead(Ledger ledger, Reader<T> reader, Demand demand, Progress progress) {
        this.ledger = ledger;
        this.reader = reader;
        this.demand = demand;
        this.progress = progress;
    }

    /** An input that was opened, or what becomes of one that could not be. */
    private record Opening<T>(OpenInput input, T failed) {
    }

    /**
     * Hands out every item of every input.
     *
     * @param taker  called from this thread
     * @param atEnd  called after the last item, before inputs are closed that are still open
     */
    void each(List<BatchInput> inputs, Consumer<T> taker, Runnable atEnd) {
        begin(inputs.size());
        try (Prefetch<Opening<T>> opened = new Prefetch<>(openings(inputs), threads, 2 * threads);
                Prefetch<T> ready = new Prefetch<>(readings(opened), threads, Math.max(demand.batch(), 2 * threads))) {
            for (T next = ready.result(progress::checkCancelled); next != null; next = ready.result(progress::checkCancelled)) {
                progress.checkCancelled();
                taker.accept(next);
            }
            atEnd.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LesionJException reason ? reason
                : new LesionJException("Reading the images ended by an error: " + ImageBatch.sentence(e.getCause()), e.getCause());
        } finally {
            ended = true;
            open.forEach(OpenInput::abandon);
        }
    }

    private synchronized void begin(int inputs) {
        known = inputs;
    }

    private Iterator<Callable<Opening<T>>> openings(List<BatchInput> inputs) {
        return inputs.stream().<Callable<Opening<T>>>map(input -> () -> {
            try (Ledger.Stage ignored = ledger.stage("open")) {
                return new Opening<>(open(input), null);
            } catch (RuntimeException | OutOfMemoryError e) {
                return new Opening<>(null, reader.failed(input.key(), "open", e));
            }
        }).iterator();
    }

    private OpenInput open(BatchInput input) {
        OpenInput opened = OpenInput.open(input, demand.channels(), demand.channel(), open::remove);
        open.add(opened);
        reader.opened(input, opened.items());
        if (ended) {
            opened.abandon();
        }
        return opened;
    }

    /** One task per item, file after file. */
    private Iterator<Callable<T>> readings(Prefetch<Opening<T>> opened) {
        return new Iterator<>() {
            private final List<Callable<T>> tasks = new ArrayList<>();
            private int next;

            @Override
            public boolean hasNext() {
                while (next == tasks.size()) {
                    tasks.clear();
                    next = 0;
                    Opening<T> file = nextOpened(opened);
                    if (file == null) {
                        return false;
                    }
                    addTasks(file);
                }
                return true;
            }

            private void addTasks(Opening<T> file) {
                OpenInput input = file.input();
                if (input == null) {
                    plan(1);
                    tasks.add(file::failed);
                } else {
                    plan(input.items().size());
                    input.items().forEach(item -> tasks.add(() -> reader.read(input, item)));
                }
            }

            @Override
            public Callable<T> next() {
                return tasks.get(next++);
            }
        };
    }

    private Opening<T> nextOpened(Prefetch<Opening<T>> opened) {
        try {
            return opened.result(() -> { });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException e) {
            throw new LesionJException("Opening an image ended by an error: " + ImageBatch.sentence(e.getCause()), e.getCause());
        }
    }

    private synchronized void plan(int items) {
        ledger.plan(items);
        known += items - 1;
    }

    /** How many items are known so far; an input that is not open yet counts as one. */
    synchronized long known() {
        return known;
    }
}
