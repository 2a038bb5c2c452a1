package io.github.lesionj.core;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files under a temporary name and moves them when whole, so that no half file ever has a final name. */
public final class WholeFile {

    private WholeFile() {
    }

    /** Something that writes itself to a stream. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Something that writes itself to a file of the given name. */
    @FunctionalInterface
    public interface FileContent {
        void writeTo(Path file) throws IOException;
    }

    /** Writes a file whole, or not at all; missing parent folders are made, an existing file is replaced. */
    public static void write(Path file, Content content) {
        writeFile(file, partial -> {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
                content.writeTo(out);
            }
        });
    }

    /** Writes a text in UTF-8, whole or not at all. */
    public static void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** As {@link #write(Path, Content)}, for writers that want a file name; the temporary name keeps the extension. */
    public static void writeFile(Path file, FileContent content) {
        Path absolute = file.toAbsolutePath();
        Path partial = absolute.resolveSibling(".part-" + ProcessHandle.current().pid() + "-"
            + Thread.currentThread().getId() + "-" + absolute.getFileName());
        try {
            Files.createDirectories(absolute.getParent());
            content.writeTo(partial);
            move(partial, absolute);
        } catch (IOException e) {
            throw new LesionJException("Cannot write " + file + ": " + reason(e)
                + ". Check that the folder can be written to and that the disk is not full.", e);
        } finally {
            deleteQuietly(partial);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteQuietly(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            partial.toFile().deleteOnExit();
        }
    }

    /** The operating system's reason in a few words: exceptions of java.nio often hold only a path. */
    public static String reason(IOException e) {
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof java.nio.file.FileAlreadyExistsException) {
            return "a file of that name is in the way";
        }
        if (e instanceof java.nio.file.FileSystemException fileSystem && fileSystem.getReason() != null) {
            return fileSystem.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
