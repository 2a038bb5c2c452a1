package io.github.lesionj.results;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps a second run out of a result folder. The operating system lets go of it when the process dies.
 *
 * <p>Under POSIX a process that closes any handle of a file loses its locks on it, so within one process a second run is
 * turned away before it opens the file. The note of that stands in the system properties, the one table that all class
 * loaders share: ImageJ's "Refresh Menus" loads every plugin a second time.
 */
final class FolderLock implements AutoCloseable {

    private static final String NAME = ".lesionj-lock";
    private static final String NOTE = "lesionj.running.";
    private static final int ATTEMPTS = 5;
    private static final int LARGEST_TOKEN = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final String note;

    private FolderLock(Path file, FileChannel channel, String note) {
        this.file = file;
        this.channel = channel;
        this.note = note;
    }

    /**
     * Locks a folder.
     *
     * @throws UsageException   when another run holds it
     * @throws LesionJException when it cannot be written to
     */
    static FolderLock of(Path folder) {
        String note;
        try {
            note = NOTE + folder.toRealPath();
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
        if (System.getProperties().putIfAbsent(note, "true") != null) {
            throw inUse(folder);
        }
        FileChannel channel = null;
        try {
            channel = lock(folder.resolve(NAME));
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        } finally {
            if (channel == null) {
                System.getProperties().remove(note);
            }
        }
        if (channel == null) {
            throw inUse(folder);
        }
        return new FolderLock(folder.resolve(NAME), channel, note);
    }

    private static FileChannel lock(Path file) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean held = false;
            try {
                if (channel.tryLock() == null) {
                    return null;
                }
                held = isStillNamed(file, channel);
            } finally {
                if (!held) {
                    channel.close();
                }
            }
            if (held) {
                return channel;
            }
        }
        return null;
    }

    // A run that ends deletes the file, perhaps after we opened it: then our lock is on a file without a name. We give
    // our file a length of its own and ask for the length of the named one, for reading it would cost the lock.
    private static boolean isStillNamed(Path file, FileChannel channel) throws IOException {
        int token = 1 + ThreadLocalRandom.current().nextInt(LARGEST_TOKEN);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(new byte[1]), token - 1L);
        try {
            return Files.size(file) == token;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static UsageException inUse(Path folder) {
        return new UsageException("Another run is writing into " + folder + "; wait for its end or choose another output folder.");
    }

    private static LesionJException cannotWrite(Path folder, IOException e) {
        return new LesionJException("Cannot write into the output folder " + folder + ": " + WholeFile.reason(e)
            + ". Choose one that can be written to.", e);
    }

    @Override
    public void close() {
        boolean deleted = delete();
        try {
            channel.close();
        } catch (IOException e) {
            throw new LesionJException("Cannot close " + file + ": " + WholeFile.reason(e) + ".", e);
        } finally {
            System.getProperties().remove(note);
        }
        if (!deleted) {
            delete();
        }
    }

    // Windows deletes only after closing; a lock file that stays harms nobody.
    private boolean delete() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            return false;
        }
    }
}
