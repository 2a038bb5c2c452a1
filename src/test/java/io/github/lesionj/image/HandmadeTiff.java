package io.github.lesionj.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A TIFF written byte by byte after the TIFF 6.0 and BigTIFF specifications, by no library that reads it. */
final class HandmadeTiff {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int DESCRIPTION = 270;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int SAMPLE_FORMAT = 339;

    private final ByteOrder order;
    private final boolean big;
    private final Map<Integer, long[]> numbers = new TreeMap<>();
    private String description = "";
    private boolean tiled;

    /** @param big a BigTIFF */
    HandmadeTiff(ByteOrder order, boolean big, int width, int height, int bits) {
        this.order = order;
        this.big = big;
        numbers.put(WIDTH, new long[] {width});
        numbers.put(HEIGHT, new long[] {height});
        numbers.put(BITS, new long[] {bits});
        numbers.put(COMPRESSION, new long[] {1});
        numbers.put(PHOTOMETRIC, new long[] {1});
        numbers.put(SAMPLES, new long[] {1});
        numbers.put(SAMPLE_FORMAT, new long[] {bits == 32 ? 3 : 1});
    }

    HandmadeTiff description(String text) {
        description = text;
        return this;
    }

    HandmadeTiff deflate() {
        numbers.put(COMPRESSION, new long[] {8});
        return this;
    }

    HandmadeTiff strips(int rows) {
        numbers.put(ROWS_PER_STRIP, new long[] {rows});
        return this;
    }

    HandmadeTiff tiles(int side) {
        numbers.put(TILE_WIDTH, new long[] {side});
        numbers.put(TILE_HEIGHT, new long[] {side});
        tiled = true;
        return this;
    }

    /**
     * Writes it with one directory.
     *
     * @param blocks what strips or tiles hold
     * @param which  block of each strip or tile, so that several may share one
     * @param gap    free bytes behind each block
     */
    Path write(Path file, List<byte[]> blocks, int[] which, int gap) throws IOException {
        return write(file, blocks, List.of(which), gap);
    }

    /** The same with a directory for each of several pages. */
    Path write(Path file, List<byte[]> blocks, List<int[]> pages, int gap) throws IOException {
        int header = big ? 16 : 8;
        long[] starts = new long[blocks.size()];
        int end = header;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = end;
            end += blocks.get(i).length + gap;
        }
        int directories = pages.stream().mapToInt(which -> 1000 + 2 * 8 * which.length + description.length()).sum();
        ByteBuffer bytes = ByteBuffer.allocate(end + directories).order(order);
        bytes.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII)).putShort((short) (big ? 43 : 42));
        if (big) {
            bytes.putShort((short) 8).putShort((short) 0);
        }
        word(bytes, end);
        for (int i = 0; i < starts.length; i++) {
            bytes.position((int) starts[i]).put(blocks.get(i));
        }
        bytes.position(end);
        for (int page = 0; page < pages.size(); page++) {
            int[] which = pages.get(page);
            numbers.put(tiled ? TILE_OFFSETS : STRIP_OFFSETS, Arrays.stream(which).mapToLong(i -> starts[i]).toArray());
            numbers.put(tiled ? TILE_LENGTHS : STRIP_LENGTHS, Arrays.stream(which).mapToLong(i -> blocks.get(i).length).toArray());
            directory(bytes, page < pages.size() - 1);
        }
        return Files.write(file, Arrays.copyOf(bytes.array(), bytes.position()));
    }

    private void directory(ByteBuffer bytes, boolean more) {
        int entries = numbers.size() + (description.isEmpty() ? 0 : 1);
        int next = bytes.position() + (big ? 8 + 20 * entries : 2 + 12 * entries);
        int outside = next + (big ? 8 : 4);
        if (big) {
            bytes.putLong(entries);
        } else {
            bytes.putShort((short) entries);
        }
        boolean described = description.isEmpty();
        for (Map.Entry<Integer, long[]> entry : numbers.entrySet()) {
            if (!described && entry.getKey() > DESCRIPTION) {
                outside = entry(bytes, DESCRIPTION, 2, (description + '\0').getBytes(StandardCharsets.US_ASCII), 1, outside);
                described = true;
            }
            outside = entry(bytes, entry.getKey(), big ? 16 : 4, packed(entry.getValue()), big ? 8 : 4, outside);
        }
        bytes.position(next);
        word(bytes, more ? outside : 0);
        bytes.position(outside);
    }

    private byte[] packed(long[] values) {
        ByteBuffer packed = ByteBuffer.allocate(values.length * (big ? 8 : 4)).order(order);
        Arrays.stream(values).forEach(value -> word(packed, value));
        return packed.array();
    }

    private int entry(ByteBuffer bytes, int tag, int type, byte[] values, int size, int outside) {
        bytes.putShort((short) tag).putShort((short) type);
        word(bytes, values.length / size);
        if (values.length <= (big ? 8 : 4)) {
            bytes.put(Arrays.copyOf(values, big ? 8 : 4));
            return outside;
        }
        word(bytes, outside);
        int back = bytes.position();
        bytes.position(outside).put(values);
        int behind = bytes.position();
        bytes.position(back);
        return behind;
    }

    private void word(ByteBuffer bytes, long value) {
        if (big) {
            bytes.putLong(value);
        } else {
            bytes.putInt((int) value);
        }
    }
}
