package io.github.lesionj.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the text of a classic TIFF's first directory. */
final class TiffHeader {

    private static final int IMAGE_DESCRIPTION = 270;
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

    private long unsigned(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            long next = file.readUnsignedByte();
            value = big ? value << 8 | next : value | next << 8 * i;
        }
        return value;
    }
}
