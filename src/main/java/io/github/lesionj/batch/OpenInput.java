package io.github.lesionj.batch;

import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.SourceImage;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An input while its items are read; the source is closed with the last of them, or when nobody wants more. Thread-safe.
 */
final class OpenInput {

    private final BatchInput input;
    private final ImageSource source;
    private final List<BatchItem> items;
    private final Consumer<OpenInput> whenClosed;
    private final ReentrantLock lock = new ReentrantLock();
    private Position keptPosition;
    private SourceImage kept;
    private int left;
    private boolean closed;
    private volatile boolean abandoned;

    private OpenInput(BatchInput input, ImageSource source, List<BatchItem> items, Consumer<OpenInput> whenClosed) {
        this.input = input;
        this.source = source;
        this.items = items;
        this.left = items.size();
        this.whenClosed = whenClosed;
    }

    static OpenInput open(BatchInput input, int networkChannels, int channel, Consumer<OpenInput> whenClosed) {
        ImageSource source = input.open();
        try {
            return new OpenInput(input, source, input.items(source, networkChannels, channel), whenClosed);
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    BatchInput input() {
        return input;
    }

    List<BatchItem> items() {
        return items;
    }

    /** Reads what an item shows; a source is read by one thread at a time, a plane once for the objects on it. */
    SourceImage read(BatchItem item) {
        lock.lock();
        try {
            if (item.object() == null) {
                return item.part().apply(source.image(item.position()));
            }
            if (!item.position().equals(keptPosition)) {
                kept = source.image(item.position());
                keptPosition = item.position();
            }
            return item.part().apply(kept);
        } finally {
            finished();
        }
    }

    /** Uses the source, which one thread does at a time; no item is finished by that. */
    <T> T use(Function<ImageSource, T> job) {
        lock.lock();
        try {
            return job.apply(source);
        } finally {
            lock.unlock();
            if (abandoned) {
                abandon();
            }
        }
    }

    /** Passes one item over, or says that the source is no longer used for it. */
    void skip() {
        lock.lock();
        finished();
    }

    private void finished() {
        try {
            left--;
            if (left == 0) {
                close();
            }
        } finally {
            lock.unlock();
        }
        if (abandoned) {
            abandon();
        }
    }

    /** Closes the source now, or, without waiting for it, after the plane that is being read. */
    void abandon() {
        abandoned = true;
        if (lock.tryLock()) {
            try {
                close();
            } finally {
                lock.unlock();
            }
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            kept = null;
            whenClosed.accept(this);
            source.close();
        }
    }
}
