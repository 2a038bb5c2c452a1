package io.github.lesionj.batch;

import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.results.ItemKey;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * An input while its planes are read; the source is closed with the last of them, or when nobody wants more. Thread-safe.
 */
final class OpenInput {

    private final BatchInput input;
    private final ImageSource source;
    private final List<Position> positions;
    private final Consumer<OpenInput> whenClosed;
    private final ReentrantLock lock = new ReentrantLock();
    private int left;
    private boolean closed;
    private volatile boolean abandoned;

    private OpenInput(BatchInput input, ImageSource source, List<Position> positions, Consumer<OpenInput> whenClosed) {
        this.input = input;
        this.source = source;
        this.positions = positions;
        this.left = positions.size();
        this.whenClosed = whenClosed;
    }

    static OpenInput open(BatchInput input, int networkChannels, int channel, Consumer<OpenInput> whenClosed) {
        ImageSource source = input.open();
        try {
            return new OpenInput(input, source, source.positions(networkChannels, channel), whenClosed);
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    BatchInput input() {
        return input;
    }

    List<Position> positions() {
        return positions;
    }

    /** The key of a position; a plain image's is its path alone. */
    ItemKey key(Position position) {
        if (source.channels() == 1 && source.slices() == 1 && source.frames() == 1) {
            return input.key();
        }
        return ItemKey.of(input.path(), position.c(), position.z(), position.t());
    }

    /** Reads one plane; a source is read by one thread at a time. */
    SourceImage read(Position position) {
        lock.lock();
        try {
            return source.image(position);
        } finally {
            finished();
        }
    }

    /** Passes one plane over. */
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
            whenClosed.accept(this);
            source.close();
        }
    }
}
