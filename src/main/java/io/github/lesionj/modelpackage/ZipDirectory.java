package io.github.lesionj.modelpackage;

import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The central directory of a zip file. Java's own reader does not show what kind of file an entry is, so a link would
 * look like a small text. Source: PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16.
 */
final class ZipDirectory {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int LARGEST_DIRECTORY = 1 << 26;

    /**
     * One entry.
     *
     * @param name       as stored
     * @param encrypted  whether its bytes are encrypted
     * @param fileType   of Unix, the upper four bits of its mode; 0 when not stated
     */
    record Entry(String name, boolean encrypted, int fileType) {
        static final int REGULAR = 0x8;
        static final int FOLDER = 0x4;
    }

    private ZipDirectory() {
    }

    static List<Entry> read(Path zip) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(zip)) {
            ByteBuffer end = end(channel, zip);
            int count = end.getShort(10) & 0xffff;
            long length = end.getInt(12) & 0xffffffffL;
            long offset = end.getInt(16) & 0xffffffffL;
            if (count == 0xffff || offset == 0xffffffffL || length > LARGEST_DIRECTORY) {
                throw new UsageException("Refused " + zip + ": a model package has no need of so large a zip file.");
            }
            return entries(readAt(channel, offset, (int) length, zip), count, zip);
        }
    }

    private static ByteBuffer end(SeekableByteChannel channel, Path zip) throws IOException {
        int length = (int) Math.min(channel.size(), END_LENGTH + LONGEST_COMMENT);
        ByteBuffer tail = readAt(channel, channel.size() - length, length, zip);
        for (int at = length - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE && at + END_LENGTH + (tail.getShort(at + 20) & 0xffff) == length) {
                return tail.position(at).slice().order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        throw broken(zip);
    }

    private static ByteBuffer readAt(SeekableByteChannel channel, long offset, int length, Path zip) throws IOException {
        if (offset < 0 || offset + length > channel.size()) {
            throw broken(zip);
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(offset);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until it is full
        }
        return buffer.flip();
    }

    private static List<Entry> entries(ByteBuffer directory, int count, Path zip) {
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < count; i++) {
            if (at + ENTRY_LENGTH > directory.limit() || directory.getInt(at) != ENTRY_SIGNATURE) {
                throw broken(zip);
            }
            int nameLength = directory.getShort(at + 28) & 0xffff;
            int more = (directory.getShort(at + 30) & 0xffff) + (directory.getShort(at + 32) & 0xffff);
            if (at + ENTRY_LENGTH + nameLength + more > directory.limit()) {
                throw broken(zip);
            }
            String name = new String(directory.array(), at + ENTRY_LENGTH, nameLength, StandardCharsets.UTF_8);
            entries.add(new Entry(name, (directory.getShort(at + 8) & 1) != 0, directory.getInt(at + 38) >>> 28));
            at += ENTRY_LENGTH + nameLength + more;
        }
        return entries;
    }

    static UsageException broken(Path zip) {
        return new UsageException("Cannot read " + zip
            + ": it is not a zip file, or it is cut off. Copy or download it again.");
    }
}
