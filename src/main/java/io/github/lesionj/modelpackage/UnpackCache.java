package io.github.lesionj.modelpackage;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Zip files unpacked once per checksum, shared by all processes of a user.
 *
 * <p>{@code FOLDER/SHA256/content} holds what came out, {@code FOLDER/SHA256/manifest} what that must be. Also remembers
 * checksums and summaries of files: a large zip is not read at every start, nor every card for every list.
 */
final class UnpackCache {

    private final Path folder;
    private final ZipGuard guard;
    private final FileMemory checksums;
    private final FileMemory cards;

    UnpackCache(Path folder, ZipGuard guard) {
        this.folder = folder;
        this.guard = guard;
        checksums = new FileMemory(folder.resolve("checksums"));
        cards = new FileMemory(folder.resolve("cards"));
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

    /** The checksum of a file, from memory where it was not written since. */
    String checksum(Path file) {
        return checksums.recall(file, Checksum::of);
    }

    /** A card in a few lines, likewise. */
    String summary(Path card, Function<Path, String> work) {
        return cards.recall(card, work);
    }
}
