package io.github.lesionj.results;

import io.github.lesionj.core.GrowingFile;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UnwritableException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Items of a run that has not ended, each on disk as soon as it is known, so that a killed run can be continued.
 *
 * <p>An item is one write to the end of a hidden file ({@link GrowingFile}); what a kill cut short is dropped by {@link #recover}.
 *
 * @param <R> what is known of a finished item
 */
final class Journal<R> implements AutoCloseable {

    private final Path file;
    private final ItemTables<R> tables;
    private final GrowingFile lines;

    private Journal(Path file, ItemTables<R> tables) {
        this.file = file;
        this.tables = tables;
        this.lines = new GrowingFile(file);
    }

    /** Whether a killed run left items behind. */
    static boolean isIn(Path folder, ItemTables<?> tables) {
        return Files.exists(folder.resolve(tables.journalName()));
    }

    /** Items that a killed run left behind; none without one. */
    static <R> List<R> recover(Path folder, ItemTables<R> tables) {
        Path file = folder.resolve(tables.journalName());
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            GrowingFile.cutUnfinishedLine(file);
        } catch (IOException e) {
            throw new LesionJException("Cannot continue from " + file + ": " + WholeFile.reason(e) + ".", e);
        }
        return tables.readJournal(file);
    }

    /** Begins anew with items that are kept. */
    static <R> Journal<R> begin(Path folder, ItemTables<R> tables, List<R> kept) {
        Path file = folder.resolve(tables.journalName());
        WholeFile.write(file, out -> {
            out.write(tables.journalHeader().getBytes(StandardCharsets.UTF_8));
            for (R row : kept) {
                out.write(tables.journalLine(row).getBytes(StandardCharsets.UTF_8));
            }
        });
        return new Journal<>(file, tables);
    }

    void append(R row) {
        lines.append(tables.journalLine(row));
    }

    /** Removes the file: all its items stand in the tables. */
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
