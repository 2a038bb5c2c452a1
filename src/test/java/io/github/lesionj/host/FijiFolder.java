package io.github.lesionj.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * LesionJ in a folder laid out as Fiji's, with what Fiji has beside it: ImageJ, SciJava, imglib2, Bio-Formats and
 * TensorFlow 1.15. Its own launcher puts everything on one flat class path.
 */
public final class FijiFolder implements AutoCloseable {

    private static final Path APP = Path.of(System.getProperty("lesionj.app")).toAbsolutePath();
    private static final Path IMAGEJ = Path.of(System.getProperty("lesionj.imagej")).toAbsolutePath();
    private static final Path TENSORFLOW_1 = Path.of(System.getProperty("lesionj.tensorflow1")).toAbsolutePath();

    private final Path folder;

    public FijiFolder(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("plugins"));
        for (Path jar : jars(APP.resolve("plugins"))) {
            Files.copy(jar, folder.resolve("plugins").resolve(jar.getFileName()));
        }
        Files.createSymbolicLink(folder.resolve("lib"), APP.resolve("lib"));
    }

    /** Removes the link to the real libraries, before the folder is deleted. */
    @Override
    public void close() throws IOException {
        Files.delete(folder.resolve("lib"));
    }

    /** TensorFlow 1.15 first, then what Fiji's launcher finds: the jars that Fiji has, then {@code plugins/*.jar}. */
    public List<Path> classPath() throws IOException {
        List<Path> path = new ArrayList<>(jars(TENSORFLOW_1));
        path.addAll(jars(APP.resolve("lib/lesionj/host")));
        jars(IMAGEJ).stream().filter(jar -> jar.getFileName().toString().matches("(ij-|bioformats|slf4j|commons-io).*"))
            .forEach(path::add);
        path.addAll(jars(folder.resolve("plugins")));
        return path;
    }

    /** A Java as Fiji's launcher starts it, with a class of the tests added. */
    public ForkedJava java(Class<?> main) throws IOException {
        List<Path> path = classPath();
        path.add(ForkedJava.alone(folder, main));
        return new ForkedJava(folder, path).option("-Dplugins.dir=" + folder).option("-Dimagej.dir=" + folder);
    }

    static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
