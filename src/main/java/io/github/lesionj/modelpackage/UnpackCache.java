package io.github.lesionj.modelpackage;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Zip files unpacked once per checksum, shared by all processes of a user.
 *
 * <p>{@code FOLDER/SHA256/content} holds what came out, {@code FOLDER/SHA256/manifest} what that must be. Also remembers
 * checksums of files by path, size and time, so that a large zip is not read at every start.
 */
final class UnpackCache {

    private final Path folder;
    private final ZipGuard guard;

    UnpackCache(Path folder, ZipGuard guard) {
        this.folder = folder;
        this.guard = guard;
    }

    /**
     * The folder that a zip unpacks to.
     *
     * @param checksum of the zip, verified by the caller
     */
    Path unpacked(Path zip, String checksum) {
        Path entry = folder.resolve(checksum);
        if (!holds(entry)) {
            dropBroken(entry);
            WholeFolder.makeOnce(entry, partial -> {
                Path content = Files.createDirectory(partial.resolve("content"));
                guard.unpack(zip, content);
                Manifest.write(content, partial.resolve("manifest"));
            });
            if (!holds(entry)) {
                throw new LesionJException("The unpacked model in " + entry
                    + " is broken; delete that folder and try again.");
            }
        }
        return entry.resolve("content");
    }

    private static boolean holds(Path entry) {
        return Manifest.holds(entry.resolve("content"), entry.resolve("manifest"));
    }

    private static void dropBroken(Path entry) {
        if (Files.exists(entry)) {
            try {
                WholeFolder.remove(entry);
            } catch (IOException e) {
                throw new LesionJException("The unpacked model in " + entry + " is broken and cannot be replaced ("
                    + WholeFile.reason(e) + "); delete that folder.", e);
            }
        }
    }

    /** The checksum of a file, from memory where its size and times are as they were. */
    String checksum(Path file) {
        String state = state(file);
        Path memory = folder.resolve("checksums").resolve(Checksum.of(file.toAbsolutePath().normalize().toString()));
        String remembered = remembered(memory, state);
        if (remembered != null) {
            return remembered;
        }
        String checksum = Checksum.of(file);
        remember(memory, state + "\n" + checksum + "\n");
        return checksum;
    }

    private static void remember(Path memory, String text) {
        try {
            WholeFile.write(memory, text);
        } catch (LesionJException e) {
            // Only time is lost: a full disk must not keep a model from being opened.
        }
    }

    private static String state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + " " + attributes.lastModifiedTime() + " " + attributes.creationTime() + " "
                + attributes.fileKey();
        } catch (IOException e) {
            throw new LesionJException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    private static String remembered(Path memory, String state) {
        try {
            String[] lines = Files.readString(memory, StandardCharsets.UTF_8).split("\n");
            return lines.length == 2 && lines[0].equals(state) ? lines[1] : null;
        } catch (IOException e) {
            return null;
        }
    }
}
