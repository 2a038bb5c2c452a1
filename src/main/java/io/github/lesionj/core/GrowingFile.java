package io.github.lesionj.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A text file that grows line by line while a run goes on, so that a killed run can be continued: it never holds half a line
 * before another one. What a full disk cut short is taken back at once, what a kill cut short by {@link #cutUnfinishedLine}.
 */
public final class GrowingFile implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;

    /**
     * Opens a file to add to it.
     *
     * @throws UnwritableException where that cannot be done
     */
    public GrowingFile(Path file) {
        this.file = file;
        try {
            this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UnwritableException(file, e);
        }
    }

    /**
     * Adds a line; the system has it when this returns.
     *
     * @param line with its end
     * @throws UnwritableException where it does not fit; nothing of it stays
     */
    public synchronized void append(String line) {
        try {
            append(channel, line);
        } catch (IOException e) {
            throw new UnwritableException(file, e);
        }
    }

    /** Adds text at the end of a file; where that fails, nothing of it stays. */
    public static void append(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        long end = channel.size();
        try {
            channel.position(end);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
    }

    /** Removes what stands after the last line feed. */
    public static void cutUnfinishedLine(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] != '\n') {
            length--;
        }
        if (length < bytes.length) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(length);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UnwritableException(file, e);
        }
    }
}
