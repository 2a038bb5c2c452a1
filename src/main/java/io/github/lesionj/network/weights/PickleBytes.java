package io.github.lesionj.network.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, counted, so that one that goes on and on comes to an end. */
final class PickleBytes {

    /** A state dict of 50,000 tensors has about 10 MB beside its values. */
    private static final int MOST = 16 << 20;

    private final InputStream in;
    private int left = MOST;

    PickleBytes(InputStream in) {
        this.in = in;
    }

    int unsigned() throws IOException {
        return next(1).get() & 0xff;
    }

    int unsignedShort() throws IOException {
        return next(2).getShort() & 0xffff;
    }

    int integer() throws IOException {
        return next(4).getInt();
    }

    /** A length of four bytes, unsigned in the file; one that no int holds is too large anyway. */
    int length() throws IOException {
        int length = integer();
        return length < 0 ? Integer.MAX_VALUE : length;
    }

    int longLength() throws IOException {
        long length = next(8).getLong();
        return length < 0 || length > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) length;
    }

    /** A float64, big-endian as pickles have it. */
    double real() throws IOException {
        return next(8).order(ByteOrder.BIG_ENDIAN).getDouble();
    }

    String text(int length) throws IOException {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    /** Up to the end of the line, which is left out. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = unsigned(); c != '\n'; c = unsigned()) {
            line.append((char) c);
        }
        return line.toString();
    }

    /** A whole number of any length, two's complement, little-endian. */
    byte[] bytes(int length) throws IOException {
        if (length > left) {
            throw new EOFException("its pickle is longer than that of any weights");
        }
        left -= length;
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("it ends early");
        }
        return bytes;
    }

    private ByteBuffer next(int length) throws IOException {
        return ByteBuffer.wrap(bytes(length)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
