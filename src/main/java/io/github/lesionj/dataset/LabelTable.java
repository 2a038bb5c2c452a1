package io.github.lesionj.dataset;

import io.github.lesionj.core.Csv;
import io.github.lesionj.core.GrowingFile;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A table {@code path,label[,group]} that goes on growing: a labelled set in the making, readable as {@code data} at any
 * moment. What {@link #append} has returned from is on disk. Paths are relative to the table. Columns that others have added
 * stay; a column {@code group} that is needed and missing comes behind them, when the table is written next. Not thread-safe.
 */
public final class LabelTable {

    /** Label of what has none of the classes, in a set whose items may have several. */
    public static final String NONE = "none";

    private static final List<String> COLUMNS = List.of("path", "label", "group");

    private final Path file;
    private final List<String> header;
    private final List<List<String>> rows;
    /** Of the file as this object left it, in bytes; 0 = there is none. */
    private long length;
    /** Whether the file still has a header without the column {@code group}. */
    private boolean narrow;

    /**
     * A line of the table.
     *
     * @param image absolute and normalised
     * @param label as it stands there; may be empty
     * @param group empty = none
     */
    public record Row(Path image, String label, String group) {
    }

    private LabelTable(Path file, List<String> header, List<List<String>> rows, boolean narrow) {
        this.file = file;
        this.header = header;
        this.rows = rows;
        this.length = size();
        this.narrow = narrow;
    }

    private static LabelTable fresh(Path file, boolean grouped) {
        return new LabelTable(file, COLUMNS.subList(0, grouped ? 3 : 2), new ArrayList<>(), false);
    }

    /**
     * Opens a table, or begins one.
     *
     * @param file    may not exist yet; it is made with the first line
     * @param grouped whether it needs a column {@code group}
     * @throws UsageException where there is a file that is no such table, or one whose last line has no end
     */
    public static LabelTable open(Path file, boolean grouped) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!Files.exists(absolute)) {
            return fresh(absolute, grouped);
        }
        List<List<String>> records = Csv.read(absolute);
        refuseUnfinishedLine(absolute);
        if (records.isEmpty()) {
            return fresh(absolute, grouped);
        }
        List<String> header = new ArrayList<>(records.get(0).stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList());
        if (!header.contains("path") || !header.contains("label")) {
            throw new UsageException("The table " + file + " has no columns path and label, so nothing can be added to it; choose "
                + "another output folder.");
        }
        boolean narrow = grouped && !header.contains("group");
        if (narrow) {
            header.add("group");
        }
        return new LabelTable(absolute, header, new ArrayList<>(records.subList(1, records.size())), narrow);
    }

    /** Whether it was cut short by a loss of power, or is whole and was written by an editor, nobody can see. */
    private static void refuseUnfinishedLine(Path file) {
        try {
            String text = Files.readString(file);
            if (!text.isBlank() && !text.endsWith("\n")) {
                throw new UsageException("The last line of " + file + " has no end: \"" + text.substring(text.lastIndexOf('\n') + 1)
                    + "\". If it is whole, add a line break after it; if it was cut short, delete it; then start again.");
            }
        } catch (IOException e) {
            throw new LesionJException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    public Path file() {
        return file;
    }

    /** Whether the file has a column {@code group}, or there is no file yet that could lack it. */
    public boolean hasGroups() {
        return header.contains("group") && !narrow;
    }

    /** All lines in their order. */
    public List<Row> rows() {
        return rows.stream().map(this::row).toList();
    }

    /** The line that was added last. */
    public Optional<Row> last() {
        return rows.isEmpty() ? Optional.empty() : Optional.of(row(rows.get(rows.size() - 1)));
    }

    private Row row(List<String> fields) {
        ListedPath path = ListedPath.of(field(fields, "path"), file.getParent());
        return new Row(path.file() == null ? file : path.file(), field(fields, "label"), field(fields, "group"));
    }

    private String field(List<String> fields, String column) {
        int index = header.indexOf(column);
        return index < 0 || index >= fields.size() ? "" : fields.get(index).strip();
    }

    /** Adds a line at the end, durably: it outlives a kill and, as far as the disk keeps its word, a loss of power. */
    public void append(Row row) {
        checkUnchanged();
        if (narrow) {
            write(rows);
        }
        List<String> fields = fields(row);
        String text = (length > 0 ? "" : Csv.line(header)) + Csv.line(fields);
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                GrowingFile.append(channel, text);
                channel.force(true);
            }
        } catch (IOException e) {
            throw new LesionJException("Cannot write " + file + ": " + WholeFile.reason(e) + ". Check that the disk is not full and"
                + " that the file is not open in another program; what stands in it is kept.", e);
        }
        rows.add(fields);
        length = size();
    }

    /** Somebody who edits the table meanwhile, or labels into it from a second window, must not lose what they wrote. */
    private void checkUnchanged() {
        if (size() != length) {
            throw new LesionJException("The table " + file + " was changed by another program or window meanwhile, so nothing is written to"
                + " it: close this window and start again.");
        }
    }

    private long size() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new LesionJException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    private List<String> fields(Row row) {
        String path = path(row.image());
        return header.stream().map(column -> switch (column) {
            case "path" -> path;
            case "label" -> row.label();
            case "group" -> row.group();
            default -> "";
        }).toList();
    }

    // Another drive of Windows has no way from here.
    private String path(Path image) {
        Path absolute = image.toAbsolutePath().normalize();
        try {
            return file.getParent().relativize(absolute).toString().replace('\\', '/');
        } catch (IllegalArgumentException e) {
            return absolute.toString().replace('\\', '/');
        }
    }

    /** Takes the last line away, durably: the table is written anew, whole. */
    public Optional<Row> removeLast() {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        checkUnchanged();
        List<List<String>> left = rows.subList(0, rows.size() - 1);
        write(left);
        return Optional.of(row(rows.remove(rows.size() - 1)));
    }

    /** Replaces some lines by others, which come last; the table is written anew, whole. */
    public void replace(Predicate<Row> outdated, List<Row> others) {
        checkUnchanged();
        List<List<String>> all = new ArrayList<>(rows.stream().filter(fields -> !outdated.test(row(fields))).toList());
        others.forEach(row -> all.add(fields(row)));
        write(all);
        rows.clear();
        rows.addAll(all);
    }

    private void write(List<List<String>> lines) {
        StringBuilder text = new StringBuilder(Csv.line(header));
        lines.forEach(fields -> text.append(Csv.line(padded(fields))));
        WholeFile.write(file, text.toString());
        length = size();
        narrow = false;
    }

    private List<String> padded(List<String> fields) {
        List<String> padded = new ArrayList<>(fields);
        while (padded.size() < header.size()) {
            padded.add("");
        }
        return padded;
    }
}
