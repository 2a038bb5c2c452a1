package io.github.lesionj.batch;

import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.results.ItemKey;
import java.util.List;

/**
 * An input while its planes are read; the source is closed with the last of them. Thread-safe.
 */
final class OpenInput implements AutoCloseable {

    private final BatchInput input;
    private final ImageSource source;
    private final List<Position> positions;
    private int left;
    private boolean closed;

    private OpenInput(BatchInput input, ImageSource source, List<Position> positions) {
        this.input = input;
        this.source = source;
        this.positions = positions;
        this.left = positions.size();
    }

    static OpenInput open(BatchInput input, int networkChannels, int channel) {
        ImageSource source = input.open();
        try {
            return new OpenInput(input, source, source.positions(networkChannels, channel));
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
    synchronized SourceImage read(Position position) {
        try {
            return source.image(position);
        } finally {
            finished();
        }
    }

    /** Passes one plane over. */
    synchronized void skip() {
        finished();
    }

    private void finished() {
        left--;
        if (left == 0) {
            close();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            source.close();
        }
    }
}
