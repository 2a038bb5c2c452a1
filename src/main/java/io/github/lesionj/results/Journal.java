package io.github.lesionj.results;

import io.github.lesionj.core.Csv;
import io.github.lesionj.core.GrowingFile;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UnwritableException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Rows of a run that has not ended, each on disk as soon as it is known, so that a killed run can be continued.
 *
 * <p>A row is one write to the end of a hidden file ({@link GrowingFile}); what a kill cut short is dropped by {@link #recover}.
 */
final class Journal implements AutoCloseable {

    private static final String NAME = ".lesionj-unfinished.csv";

    private final Path file;
    private final ResultCsv format;
    private final GrowingFile lines;

    private Journal(Path file, ResultCsv format) {
        this.file = file;
        this.format = format;
        this.lines = new GrowingFile(file);
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
            GrowingFile.cutUnfinishedLine(file);
        } catch (IOException e) {
            throw new LesionJException("Cannot continue from " + file + ": " + WholeFile.reason(e) + ".", e);
        }
        return ResultCsv.parse(Csv.read(file), classNames);
    }

    /** Begins anew with rows that are kept. */
    static Journal begin(Path folder, List<String> classNames, List<Classification> kept) {
        Path file = folder.resolve(NAME);
        ResultCsv format = ResultCsv.full(classNames);
        WholeFile.write(file, format.text(kept));
        return new Journal(file, format);
    }

    void append(Classification row) {
        lines.append(Csv.line(format.fields(row)));
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
        lines.close();
    }
}
