package io.github.lesionj.results;

import io.github.lesionj.core.Csv;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UnwritableException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Rows of a run that has not ended, each on disk as soon as it is known, so that a killed run can be continued.
 *
 * <p>A row is one write to the end of a hidden file; what a kill cut short is dropped by {@link #recover}.
 */
final class Journal implements AutoCloseable {

    private static final String NAME = ".lesionj-unfinished.csv";

    private final Path file;
    private final ResultCsv format;
    private final FileChannel channel;

    private Journal(Path file, ResultCsv format, FileChannel channel) {
        this.file = file;
        this.format = format;
        this.channel = channel;
    }

    /** Whether a killed run left rows behind. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(NAME));
    }

    /** Rows that a killed run left behind; none without one. */
    static List<Classification> recover(Path folder, List<String> classNames) {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            cutUnfinishedLine(file);
        } catch (IOException e) {
            throw new LesionJException("Cannot continue from " + file + ": " + WholeFile.reason(e) + ".", e);
        }
        return ResultCsv.parse(Csv.read(file), classNames);
    }

    private static void cutUnfinishedLine(Path file) throws IOException {
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

    /** Begins anew with rows that are kept. */
    static Journal begin(Path folder, List<String> classNames, List<Classification> kept) {
        Path file = folder.resolve(NAME);
        ResultCsv format = ResultCsv.full(classNames);
        WholeFile.write(file, format.text(kept));
        try {
            return new Journal(file, format, FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UnwritableException(file, e);
        }
    }

    synchronized void append(Classification row) {
        ByteBuffer line = ByteBuffer.wrap(Csv.line(format.fields(row)).getBytes(StandardCharsets.UTF_8));
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            throw new UnwritableException(file, e);
        }
    }

    /** Removes the file: all its rows stand in {@code results.csv}. */
    void discard() {
        close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UnwritableException(file, e);
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
