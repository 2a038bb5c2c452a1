package io.github.lesionj.inference;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * The folder that JavaCPP unpacks TensorFlow's native library to, as {@code JAR/FOLDER/FILE}.
 *
 * <p>JavaCPP unpacks a file of the wrong size anew, but only when its turn comes: before that the system may already have
 * loaded it as part of another, and a half file ends the process.
 */
record NativeCache(Path folder) {

    /** Where the jars hold the natives, each platform's in a folder of its own. */
    private static final String IN_JAR = "org/tensorflow/internal/c_api/";
    private static final String MAIN_FILE = System.mapLibraryName("jnitensorflow");
    /** The file that JavaCPP itself locks. */
    private static final String LOCK = ".lock";

    /** Makes the folder where it is missing, and tries to write there. */
    static NativeCache usable(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".writable", ""));
            return new NativeCache(folder.toAbsolutePath());
        } catch (IOException e) {
            throw new LesionJException("Cannot unpack TensorFlow's native library to " + folder + ": " + WholeFile.reason(e)
                + ". Set the environment variable LESIONJ_NATIVES to a folder that can be written to.", e);
        }
    }

    /** Deletes what an earlier process, ended while it unpacked, left half. */
    void dropHalfUnpacked() {
        Optional<URL> main = packed();
        // Of all copies of this class in the process; JavaCPP locks so too.
        synchronized (Runtime.getRuntime()) {
            try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
                if (main.isPresent() && main.get().openConnection() instanceof JarURLConnection connection) {
                    drop(connection);
                }
            } catch (IOException e) {
                throw new LesionJException("Cannot check TensorFlow's native library in " + folder + ": " + WholeFile.reason(e)
                    + "; delete that folder.", e);
            }
        }
    }

    private void drop(JarURLConnection connection) throws IOException {
        JarFile jar = connection.getJarFile();
        Path unpacked = folder.resolve(Path.of(jar.getName()).getFileName());
        for (JarEntry entry : Collections.list(jar.entries())) {
            Path file = unpacked.resolve(entry.getName());
            if (Files.isRegularFile(file) && Files.size(file) != entry.getSize()) {
                Files.delete(file);
            }
        }
    }

    /** Where one of the jars has natives for this system, be it those for GPUs or not. */
    static Optional<URL> packed() {
        ClassLoader loader = NativeCache.class.getClassLoader();
        return Stream.of("", "-gpu").map(variant -> loader.getResource(IN_JAR + Loader.getPlatform() + variant + "/" + MAIN_FILE))
            .filter(url -> url != null).findFirst();
    }

    long freeMegabytes() {
        return folder.toFile().getUsableSpace() >> 20;
    }
}
