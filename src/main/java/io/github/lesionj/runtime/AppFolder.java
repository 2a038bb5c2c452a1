package io.github.lesionj.runtime;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where LesionJ's own files lie: {@code plugins/LesionJ_.jar} and {@code lib/lesionj/} of a Fiji or ImageJ folder.
 */
public final class AppFolder {

    /** System property that names the folder {@code lib/lesionj} where it is not beside the jar. */
    public static final String LIBRARY_PROPERTY = "lesionj.lib";

    /** Names of the jars behind the wall with colons; written by the build. */
    private static final String LIST = "libraries.txt";

    private final URL ownCode;
    private final Path library;

    private AppFolder(URL ownCode, Path library) {
        this.ownCode = ownCode;
        this.library = library;
    }

    /** Finds the folder from the property, from our own jar's place, or from ImageJ's own properties. */
    public static AppFolder find() {
        URL ownCode = AppFolder.class.getProtectionDomain().getCodeSource().getLocation();
        for (Path candidate : candidates(ownCode)) {
            if (Files.isDirectory(candidate)) {
                return new AppFolder(ownCode, candidate);
            }
        }
        throw new LesionJException("LesionJ's libraries are missing: there is no folder "
            + System.getProperty(LIBRARY_PROPERTY, "lib/lesionj above " + ownCode.getPath()) + "; unpack the whole LesionJ zip over the ImageJ or Fiji folder.");
    }

    private static List<Path> candidates(URL ownCode) {
        List<Path> candidates = new ArrayList<>();
        String property = System.getProperty(LIBRARY_PROPERTY);
        if (property != null) {
            return List.of(Path.of(property));
        }
        try {
            Path jar = Path.of(ownCode.toURI());
            for (Path folder = jar.getParent(); folder != null && candidates.size() < 5; folder = folder.getParent()) {
                candidates.add(folder.resolve("lib").resolve("lesionj"));
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // not a file: the properties below remain
        }
        for (String key : new String[] {"imagej.dir", "plugins.dir"}) {
            String value = System.getProperty(key);
            if (value != null) {
                candidates.add(Path.of(value).resolve("lib").resolve("lesionj"));
            }
        }
        return candidates;
    }

    /** The folder {@code lib/lesionj}. */
    public Path library() {
        return library;
    }

    /** Models that come with LesionJ. */
    public Path shippedModels() {
        return library.resolve("models");
    }

    /** Where our own classes lie, those behind the wall too. */
    URL ownCode() {
        return ownCode;
    }

    /**
     * The jars of TensorFlow, DJL and what they need.
     *
     * <p>Only what the list of this version names: a newer LesionJ unpacked over an older one, or the package for GPUs over
     * the one for processors, leaves jars behind that must not be mixed with it.
     */
    URL[] libraries() {
        List<URL> urls = new ArrayList<>();
        try {
            for (String name : Files.readString(library.resolve(LIST)).strip().split(":")) {
                Path jar = library.resolve(name).normalize();
                if (!Files.isRegularFile(jar)) {
                    throw new LesionJException(incomplete(jar.getFileName()));
                }
                urls.add(jar.toUri().toURL());
            }
        } catch (NoSuchFileException e) {
            throw new LesionJException(incomplete(LIST), e);
        } catch (IOException e) {
            throw new LesionJException("Cannot read LesionJ's libraries in " + library + ": " + WholeFile.reason(e) + ".", e);
        }
        return urls.toArray(URL[]::new);
    }

    private String incomplete(Object missing) {
        return "LesionJ's libraries in " + library + " are incomplete, " + missing
            + " is missing; unpack the whole LesionJ zip over the ImageJ or Fiji folder again.";
    }
}
