package io.github.lesionj.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Looks into the directories of a TIFF, also a BigTIFF: who wrote it, and whether it is all there. */
final class TiffHeader {

    private static final int IMAGE_DESCRIPTION = 270;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int BIG_TIFF = 43;
    private static final int LONGEST = 1 << 20;

    private final RandomAccessFile file;
    private final boolean highFirst;
    /** Bytes of a place in the file, and of the value in an entry. */
    private final int word;
    /** Bytes of the number of entries in a directory. */
    private final int sizeOfCount;

    private TiffHeader(RandomAccessFile file) throws IOException {
        this.file = file;
        this.highFirst = file.readUnsignedByte() == 'M';
        file.seek(2);
        boolean wide = unsigned(2) == BIG_TIFF;
        this.word = wide ? 8 : 4;
        this.sizeOfCount = wide ? 8 : 2;
    }

    /** Whether ImageJ wrote the file: its description starts with the version, and it is no BigTIFF, which ImageJ cannot read. */
    static boolean isImageJ(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            TiffHeader header = new TiffHeader(file);
            return header.word == 4 && header.description().startsWith("ImageJ=");
        } catch (EOFException e) {
            return false;
        }
    }

    private long firstDirectory() throws IOException {
        file.seek(word);
        return unsigned(word);
    }

    private int entryBytes() {
        return 4 + 2 * word;
    }

    /** The tag ImageDescription of the first directory, or an empty text. */
    private String description() throws IOException {
        long directory = firstDirectory();
        file.seek(directory);
        long entries = unsigned(sizeOfCount);
        for (long i = 0; i < entries; i++) {
            file.seek(directory + sizeOfCount + entryBytes() * i);
            if (unsigned(2) == IMAGE_DESCRIPTION) {
                return text();
            }
        }
        return "";
    }

    // The file stands behind the tag's number: type, count, and the place of the text, or the text itself where it is short.
    private String text() throws IOException {
        unsigned(2);
        long count = unsigned(word);
        if (count <= word || count > LONGEST) {
            return "";
        }
        file.seek(unsigned(word));
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
        for (long directory = firstDirectory(); directory != 0 && seen.add(directory); directory = unsigned(word)) {
            file.seek(directory);
            long entries = unsigned(sizeOfCount);
            if (entries < 0 || entries > file.length() / entryBytes() || !stripsLieWithin(directory + sizeOfCount, entries)) {
                return false;
            }
            file.seek(directory + sizeOfCount + entryBytes() * entries);
        }
        return true;
    }

    private boolean stripsLieWithin(long firstEntry, long entries) throws IOException {
        long[] offsets = {};
        long[] lengths = {};
        for (long i = 0; i < entries; i++) {
            file.seek(firstEntry + entryBytes() * i);
            int tag = (int) unsigned(2);
            if (tag == STRIP_OFFSETS || tag == TILE_OFFSETS) {
                offsets = numbers();
            } else if (tag == STRIP_LENGTHS || tag == TILE_LENGTHS) {
                lengths = numbers();
            }
        }
        for (int i = 0; i < Math.min(offsets.length, lengths.length); i++) {
            if (offsets[i] < 0 || lengths[i] < 0 || lengths[i] > file.length() - offsets[i]) {
                return false;
            }
        }
        return true;
    }

    // Values of 2, 4 or 8 bytes, in the entry itself where they fit into its last word.
    private long[] numbers() throws IOException {
        int type = (int) unsigned(2);
        int size = type == SHORT ? 2 : type == LONG ? 4 : word;
        long count = unsigned(word);
        if (count < 0 || count > Math.min(file.length(), Integer.MAX_VALUE - 16L) / size) {
            throw new EOFException();
        }
        if (count * size > word) {
            file.seek(unsigned(word));
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
            value = highFirst ? value << 8 | next : value | next << 8 * i;
        }
        return value;
    }
}
