package io.github.lesionj.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Looks into the directories of a classic TIFF: who wrote it, and whether it is all there. */
final class TiffHeader {

    private static final int IMAGE_DESCRIPTION = 270;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int SHORT = 3;
    private static final int LONGEST = 1 << 20;

    private final RandomAccessFile file;
    private final boolean big;

    private TiffHeader(RandomAccessFile file) throws IOException {
        this.file = file;
        this.big = file.readUnsignedByte() == 'M';
    }

    /** Whether ImageJ wrote the file: its description starts with the version. */
    static boolean isImageJ(Path path) throws IOException {
        return description(path).startsWith("ImageJ=");
    }

    /** The tag ImageDescription of the first directory, or an empty text. */
    static String description(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            return new TiffHeader(file).description();
        } catch (EOFException e) {
            return "";
        }
    }

    private String description() throws IOException {
        file.seek(4);
        long directory = unsigned(4);
        file.seek(directory);
        int entries = (int) unsigned(2);
        for (int i = 0; i < entries; i++) {
            file.seek(directory + 2 + 12L * i);
            if (unsigned(2) == IMAGE_DESCRIPTION) {
                return text();
            }
        }
        return "";
    }

    // The file stands behind the tag's number: type, count, and the place of the text, or the text itself up to 4 bytes.
    private String text() throws IOException {
        unsigned(2);
        long count = unsigned(4);
        if (count <= 4 || count > LONGEST) {
            return "";
        }
        file.seek(unsigned(4));
        byte[] text = new byte[(int) count];
        file.readFully(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /**
     * Whether all strips and tiles of all directories lie within the file. Bio-Formats fills what is missing with black and
     * says nothing.
     */
    static boolean isComplete(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            return new TiffHeader(file).isComplete();
        } catch (EOFException e) {
            return false;
        }
    }

    private boolean isComplete() throws IOException {
        Set<Long> seen = new HashSet<>();
        file.seek(4);
        for (long directory = unsigned(4); directory != 0 && seen.add(directory); directory = unsigned(4)) {
            file.seek(directory);
            int entries = (int) unsigned(2);
            if (!stripsLieWithin(directory + 2, entries)) {
                return false;
            }
            file.seek(directory + 2 + 12L * entries);
        }
        return true;
    }

    private boolean stripsLieWithin(long firstEntry, int entries) throws IOException {
        long[] offsets = {};
        long[] lengths = {};
        for (int i = 0; i < entries; i++) {
            file.seek(firstEntry + 12L * i);
            int tag = (int) unsigned(2);
            if (tag == STRIP_OFFSETS || tag == TILE_OFFSETS) {
                offsets = numbers();
            } else if (tag == STRIP_LENGTHS || tag == TILE_LENGTHS) {
                lengths = numbers();
            }
        }
        for (int i = 0; i < Math.min(offsets.length, lengths.length); i++) {
            if (offsets[i] + lengths[i] > file.length()) {
                return false;
            }
        }
        return true;
    }

    // Values of type short or long, in the entry itself where they fit into its last four bytes.
    private long[] numbers() throws IOException {
        int size = unsigned(2) == SHORT ? 2 : 4;
        long count = unsigned(4);
        if (count * size > 4) {
            file.seek(unsigned(4));
        }
        if (count * size > file.length()) {
            throw new EOFException();
        }
        byte[] bytes = new byte[(int) count * size];
        file.readFully(bytes);
        long[] numbers = new long[(int) count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(bytes, i * size, size);
        }
        return numbers;
    }

    private long unsigned(int bytes) throws IOException {
        byte[] next = new byte[bytes];
        file.readFully(next);
        return number(next, 0, bytes);
    }

    private long number(byte[] bytes, int start, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            long next = bytes[start + i] & 0xff;
            value = big ? value << 8 | next : value | next << 8 * i;
        }
        return value;
    }
}
