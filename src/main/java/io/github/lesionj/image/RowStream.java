package io.github.lesionj.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Pieces of a file that lie at equal distances, one after the other: the rows of a rectangle. Whoever reads it may take what
 * went wrong for an end; {@link #check} tells.
 */
final class RowStream extends InputStream {

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST = 1 << 20;

    private final FileChannel channel;
    private final long step;
    private final long length;
    private final ByteBuffer ahead;
    private long start;
    private int rowsLeft;
    /** Bytes of the present row that were taken. */
    private long taken;
    private IOException failure;

    /**
     * Before the first byte.
     *
     * @param start  of the first row in the file
     * @param step   from the start of a row to that of the next
     * @param length of a row, bytes; not more than the step
     * @param rows   how many
     */
    RowStream(FileChannel channel, long start, long step, long length, int rows) {
        this.channel = channel;
        this.start = start;
        // rows without a space between them are one
        boolean whole = step == length;
        this.step = step;
        this.length = whole ? length * rows : length;
        this.rowsLeft = whole ? 1 : rows;
        this.ahead = ByteBuffer.allocate((int) Math.min(BUFFER, this.length)).limit(0);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) {
        if (count == 0) {
            return 0;
        }
        try {
            return failure == null ? next(into, offset, count) : -1;
        } catch (IOException e) {
            failure = e;
            return -1;
        }
    }

    private int next(byte[] into, int offset, int count) throws IOException {
        if (!ahead.hasRemaining()) {
            if (taken == length) {
                rowsLeft--;
                start += step;
                taken = 0;
            }
            if (rowsLeft <= 0) {
                return -1;
            }
            if (count >= ahead.capacity()) {
                return take(ByteBuffer.wrap(into, offset, (int) Math.min(Math.min(count, LONGEST), length - taken)));
            }
            ahead.clear().limit((int) Math.min(ahead.capacity(), length - taken));
            take(ahead);
            ahead.flip();
        }
        int given = Math.min(count, ahead.remaining());
        ahead.get(into, offset, given);
        return given;
    }

    private int take(ByteBuffer into) throws IOException {
        int read = channel.read(into, start + taken);
        if (read < 0) {
            throw new EOFException();
        }
        taken += read;
        return read;
    }

    /** Tells what went wrong before. */
    void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
