package io.github.lesionj.modelpackage;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Function;

/**
 * Remembers on disk what was worked out from a file, by its path, size, times and identity: a checksum of a large zip, the
 * summary of a card. A file that was written again is worked out again.
 */
final class FileMemory {

    private final Path folder;

    FileMemory(Path folder) {
        this.folder = folder;
    }

    /**
     * What is known of a file.
     *
     * @param work makes it where it is not remembered
     */
    String recall(Path file, Function<Path, String> work) {
        String state = state(file);
        Path memory = folder.resolve(Checksum.of(file.toAbsolutePath().normalize().toString()));
        String remembered = remembered(memory, state);
        if (remembered != null) {
            return remembered;
        }
        String known = work.apply(file);
        remember(memory, state + "\n" + known);
        return known;
    }

    private static String state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + " " + attributes.lastModifiedTime() + " " + attributes.creationTime() + " "
                + attributes.fileKey();
        } catch (IOException e) {
            throw new UsageException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    private static String remembered(Path memory, String state) {
        try {
            String text = Files.readString(memory, StandardCharsets.UTF_8);
            return text.startsWith(state + "\n") ? text.substring(state.length() + 1) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static void remember(Path memory, String text) {
        try {
            WholeFile.write(memory, text);
        } catch (LesionJException e) {
            // Only time is lost: a full disk must not keep a model from being opened.
        }
    }
}
