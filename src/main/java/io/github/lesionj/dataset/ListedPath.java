package io.github.lesionj.dataset;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A path as a table lists it.
 *
 * @param name   what the item is called: the path with {@code /}, no root, and {@code _} for {@code ..}, so that results
 *               written under it stay in their folder
 * @param file   absolute and normalised; null where the text is no path on this system
 * @param exists whether there is such a file or folder
 */
record ListedPath(String name, Path file, boolean exists) {

    /** Resolves a path against a folder; separators of Windows are understood everywhere. */
    static ListedPath of(String text, Path folder) {
        ListedPath asWritten = resolve(text, folder);
        if (asWritten.exists || text.indexOf('\\') < 0) {
            return asWritten;
        }
        ListedPath converted = resolve(text.replace('\\', '/'), folder);
        return converted.exists ? converted : asWritten;
    }

    private static ListedPath resolve(String text, Path folder) {
        try {
            Path file = folder.resolve(text).normalize();
            // Not Files.exists: it throws and catches for every missing file, seconds over 100,000 rows.
            return new ListedPath(name(Path.of(text).normalize()), file, file.toFile().exists());
        } catch (InvalidPathException e) {
            return new ListedPath(text, null, false);
        }
    }

    private static String name(Path path) {
        StringBuilder name = new StringBuilder();
        for (Path part : path) {
            name.append(name.length() == 0 ? "" : "/").append(part.toString().equals("..") ? "_" : part);
        }
        return name.toString();
    }
}
