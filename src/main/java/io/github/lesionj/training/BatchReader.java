package io.github.lesionj.training;

import io.github.lesionj.core.LesionJException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Makes the next batches on reader threads while the network is busy with the present one; hands them out in order.
 *
 * <p>At most {@link #AHEAD} batches wait. What a reader throws is thrown to the one who takes that batch. Closing ends the
 * readers. Used by one thread.
 */
final class BatchReader implements AutoCloseable {

    /** All cores read, but no more than eight: a batch in reserve for each is memory. */
    private static final int THREADS = Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));
    private static final int AHEAD = THREADS + 1;

    private final LongFunction<Batch> source;
    private final long end;
    private final ExecutorService readers;
    private final Deque<Future<Batch>> waiting = new ArrayDeque<>();
    private long next;
    private long waitedNanos;

    /**
     * Starts reading.
     *
     * @param source makes the batch of a number; called by several threads
     * @param begin  first number
     * @param end    last number + 1
     */
    BatchReader(LongFunction<Batch> source, long begin, long end) {
        this.source = source;
        this.next = begin;
        this.end = end;
        this.readers = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "LesionJ-batch-reader");
            thread.setDaemon(true);
            return thread;
        });
        fill();
    }

    private void fill() {
        while (next < end && waiting.size() < AHEAD) {
            long number = next++;
            waiting.add(readers.submit(() -> source.apply(number)));
        }
    }

    boolean hasNext() {
        return !waiting.isEmpty();
    }

    Batch next() {
        long begin = System.nanoTime();
        try {
            Batch batch = waiting.remove().get();
            waitedNanos += System.nanoTime() - begin;
            fill();
            return batch;
        } catch (ExecutionException e) {
            throw rethrow(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LesionJException("The training was interrupted while it waited for images.", e);
        }
    }

    /** How long {@link #next} has waited so far, in seconds. */
    double waited() {
        return waitedNanos * 1e-9;
    }

    private static RuntimeException rethrow(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception
            : new LesionJException("Reading the training images failed: " + cause.getMessage() + ".", cause);
    }

    @Override
    public void close() {
        readers.shutdownNow();
        try {
            readers.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
