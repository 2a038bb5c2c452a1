package io.github.lesionj.door;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk that is soon full, mounted on a folder; the test is skipped where that is not allowed. */
public final class SmallDisk implements AutoCloseable {

    private final Path folder;

    /**
     * Mounts it.
     *
     * @param folder is made
     * @param size   such as {@code 96k}
     */
    public SmallDisk(Path folder, String size) throws Exception {
        this.folder = Files.createDirectories(folder);
        assumeTrue(done("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()), "skipped: no disk can be mounted here");
    }

    /** Gives it another size; what is on it stays. */
    public void resize(String size) throws Exception {
        assertTrue(done("mount", "-o", "remount,size=" + size, folder.toString()));
    }

    private static boolean done(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws Exception {
        done("umount", folder.toString());
    }
}
