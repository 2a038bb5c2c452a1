package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What the keys {@code data} and {@code input} may name: {@code PATH} or {@code PATH#split}.
 *
 * @param path  exists
 * @param split empty = all of it
 */
public record DataReference(Path path, String split) {

    /**
     * Reads a reference. A {@code #} that belongs to an existing path is taken as part of it.
     *
     * @throws UsageException when there is nothing of that name
     */
    public static DataReference parse(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            throw new UsageException("No data set is given: set the key data to a folder with a folder per class, "
                + "a CSV file, or a MedMNIST .npz.");
        }
        Path whole = path(stripped);
        if (Files.exists(whole)) {
            return new DataReference(whole, "");
        }
        int mark = stripped.lastIndexOf('#');
        if (mark <= 0) {
            throw missing(stripped);
        }
        Path path = path(stripped.substring(0, mark));
        String split = stripped.substring(mark + 1).strip();
        if (!Files.exists(path)) {
            throw missing(path.toString());
        }
        if (split.isEmpty()) {
            throw new UsageException("The data set " + stripped + " ends with # but names no split: write #train, or leave # off.");
        }
        return new DataReference(path, split);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + text + "\" is not a path on this system: " + e.getReason() + ".", e);
        }
    }

    private static UsageException missing(String what) {
        return new UsageException("There is no data set " + what + ": no file or folder of that name.");
    }

    /** Another split of the same path. */
    public DataReference withSplit(String other) {
        return new DataReference(path, other);
    }

    @Override
    public String toString() {
        return split.isEmpty() ? path.toString() : path + "#" + split;
    }
}
