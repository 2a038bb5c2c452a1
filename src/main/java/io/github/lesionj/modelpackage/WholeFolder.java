package io.github.lesionj.modelpackage;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Makes folders that appear under their name when they are whole, and not before. */
final class WholeFolder {

    private static final String PARTIAL = ".part-";
    private static final String OLD = ".old-";
    private static final Duration LONG_AGO = Duration.ofDays(1);

    /** Something that fills an empty folder. */
    @FunctionalInterface
    interface Content {
        void fill(Path folder) throws IOException;
    }

    private WholeFolder() {
    }

    /** Makes a folder; one of that name that is there already is replaced at the end. */
    static void replace(Path folder, Content content) {
        make(folder, content, true);
    }

    /** Makes a folder; where another process was faster, its folder stays and ours is dropped. */
    static void makeOnce(Path folder, Content content) {
        make(folder, content, false);
    }

    private static void make(Path folder, Content content, boolean replace) {
        Path absolute = folder.toAbsolutePath();
        Path partial = beside(absolute, PARTIAL);
        try {
            Files.createDirectories(absolute.getParent());
            dropLeftovers(absolute.getParent());
            Files.createDirectory(partial);
            content.fill(partial);
            if (replace && Files.exists(absolute)) {
                remove(absolute);
            }
            move(partial, absolute, replace);
        } catch (IOException e) {
            throw new LesionJException("Cannot write the folder " + folder + ": " + WholeFile.reason(e)
                + ". Check that it can be written to and that the disk is not full.", e);
        } finally {
            deleteQuietly(partial);
        }
    }

    private static void move(Path partial, Path folder, boolean replace) throws IOException {
        try {
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (replace || !Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Takes a folder away at once, then deletes it: a reader sees all of it or nothing. */
    static void remove(Path folder) throws IOException {
        Path old = beside(folder.toAbsolutePath(), OLD);
        Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
        deleteQuietly(old);
    }

    /** What a killed process left here; a day is far more than any unpacking takes. */
    private static void dropLeftovers(Path parent) throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(LONG_AGO));
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(parent, "{" + PARTIAL + "," + OLD + "}*")) {
            for (Path leftover : leftovers) {
                if (Files.isDirectory(leftover) && Files.getLastModifiedTime(leftover).compareTo(limit) < 0) {
                    deleteQuietly(leftover);
                }
            }
        }
    }

    private static Path beside(Path folder, String prefix) {
        return folder.resolveSibling(prefix + UUID.randomUUID());
    }

    /** Copies a folder's files; links are refused, for they may lead anywhere. */
    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isRegularFile()) {
                    throw new IOException(file + " is a link or a special file");
                }
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void deleteQuietly(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // Some file is still open (Windows): it stays under a name that nobody reads.
            folder.toFile().deleteOnExit();
        }
    }
}
