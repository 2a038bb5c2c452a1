package io.github.lesionj.batch;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UnwritableException;
import io.github.lesionj.results.Failure;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.ItemRun;
import io.github.lesionj.results.Ledger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that draw and save items beside the prediction: a bounded number of items waits at a time. An item that fails is listed. */
final class WriterPool implements AutoCloseable {

    private static final int WAITING = 16;

    private final ItemRun<?, ?> run;
    /** Why nothing more can be kept, until it is told. */
    private final AtomicReference<UnwritableException> unwritable = new AtomicReference<>();
    private final Semaphore places = new Semaphore(WAITING);
    private final ExecutorService workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(),
        task -> {
            Thread thread = new Thread(task, "LesionJ writer");
            thread.setDaemon(true);
            return thread;
        });

    WriterPool(ItemRun<?, ?> run) {
        this.run = run;
    }

    /**
     * Takes an item; returns as soon as there is room.
     *
     * @param job writes its files and adds it to the run
     * @throws UnwritableException where an earlier item cannot be kept
     */
    void write(ItemKey item, Runnable job) {
        tellUnwritable();
        places.acquireUninterruptibly();
        workers.execute(() -> {
            try (Ledger.Stage ignored = run.ledger().stage("write")) {
                job.run();
            } catch (UnwritableException e) {
                unwritable.compareAndSet(null, e);
            } catch (LesionJException e) {
                run.fail(new Failure(item.path(), "write", e.getMessage()));
            } catch (RuntimeException | Error e) {
                run.fail(new Failure(item.path(), "write", ImageBatch.sentence(e)));
            } finally {
                places.release();
            }
        });
    }

    /** Throws where an item cannot be kept, and so none that follows. */
    void tellUnwritable() {
        UnwritableException reason = unwritable.getAndSet(null);
        if (reason != null) {
            throw reason;
        }
    }

    /**
     * Waits until every item that was taken is finished.
     *
     * @throws UnwritableException where one could not be kept
     */
    @Override
    public void close() {
        workers.shutdown();
        try {
            workers.awaitTermination(1, TimeUnit.HOURS);
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
        tellUnwritable();
    }
}
