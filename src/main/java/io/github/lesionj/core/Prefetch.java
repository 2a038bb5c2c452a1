package io.github.lesionj.core;

import java.util.Iterator;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs tasks ahead of the one who needs their results: several at once, a bounded number ahead, handed out in order.
 *
 * <p>Tasks come from an iterator that one thread walks, so that it may open files as it goes. Closing either end ends
 * both. {@link #result} is for one thread.
 *
 * @param <T> what a task gives
 */
public final class Prefetch<T> implements AutoCloseable {

    private static final long LOOK_UP = 200;

    private final BlockingQueue<Future<T>> ahead;
    private final ExecutorService workers;
    private final Thread feeder;
    private final Future<T> end = new CompletableFuture<>();
    private volatile boolean closed;

    /**
     * Starts.
     *
     * @param tasks   walked by one thread
     * @param threads that run tasks
     * @param bound   how many tasks may be begun or finished ahead
     */
    public Prefetch(Iterator<Callable<T>> tasks, int threads, int bound) {
        ahead = new ArrayBlockingQueue<>(bound);
        ThreadFactory daemon = task -> {
            Thread thread = new Thread(task, "LesionJ reader");
            thread.setDaemon(true);
            return thread;
        };
        workers = Executors.newFixedThreadPool(threads, daemon);
        feeder = daemon.newThread(() -> feed(tasks));
        feeder.start();
    }

    private void feed(Iterator<Callable<T>> tasks) {
        try {
            try {
                while (!closed && tasks.hasNext()) {
                    ahead.put(workers.submit(tasks.next()));
                }
            } catch (RuntimeException | Error e) {
                ahead.put(CompletableFuture.failedFuture(e));
            }
            ahead.put(end);
        } catch (InterruptedException | java.util.concurrent.RejectedExecutionException e) {
            // closed from the other end: nobody waits for more
            closed = true;
        }
    }

    /**
     * The next task's result, awaited; null after the last.
     *
     * @param meanwhile called several times a second, may throw to stop waiting
     */
    public T result(Runnable meanwhile) throws InterruptedException, ExecutionException {
        Future<T> next = ahead.poll(LOOK_UP, TimeUnit.MILLISECONDS);
        while (next == null) {
            meanwhile.run();
            next = ahead.poll(LOOK_UP, TimeUnit.MILLISECONDS);
        }
        if (next == end) {
            ahead.put(end);
            return null;
        }
        while (true) {
            try {
                return next.get(LOOK_UP, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                meanwhile.run();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        feeder.interrupt();
        workers.shutdownNow();
        ahead.clear();
    }
}
