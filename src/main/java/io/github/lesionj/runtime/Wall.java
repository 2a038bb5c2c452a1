package io.github.lesionj.runtime;

import ij.IJ;
import io.github.lesionj.core.LesionJException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Raises the wall: makes the class loader behind it and finds the backend there by name. */
final class Wall {

    private static final String BACKEND = "io.github.lesionj.inference.TensorFlowBackend";
    private static final String ARCHITECTURE = "io.github.lesionj.network.Architecture";
    private static final String ANNOTATION_INDEX = "META-INF/json/org.scijava.plugin.Plugin";

    /** ImageJ's property that holds the loader of the libraries. */
    private static final String KEPT = "lesionj.libraries";

    private Wall() {
    }

    /**
     * Loads the backend. Its native library is not touched before the first call that needs it.
     *
     * @param app     where the jars lie
     * @param options of the engine
     * @param parent  loader of the front, which also sees foreign plug-in jars
     */
    static Backend raise(AppFolder app, EngineOptions options, ClassLoader parent) {
        List<URL> jars = new ArrayList<>(List.of(app.ownCode()));
        jars.addAll(foreignArchitectures(parent, jars));
        WallClassLoader loader = new WallClassLoader(jars.toArray(URL[]::new), libraries(app.libraries()), parent);
        try {
            return (Backend) loader.loadClass(BACKEND).getConstructor(EngineOptions.class).newInstance(options);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof LesionJException known) {
                throw known;
            }
            throw new LesionJException("LesionJ's TensorFlow side did not start: " + e.getCause() + ".", e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new LesionJException("LesionJ's libraries in " + app.library() + " are incomplete (" + e
                + "); unpack the whole LesionJ zip again.", e);
        }
    }

    /**
     * Loads TensorFlow and DJL, which see nothing of the application.
     *
     * <p>Once per process, whoever asks: Java does not load a native library for a second class loader. So it is kept where
     * a later copy of this class finds it too, for ImageJ loads all plugins anew when its menus are refreshed.
     */
    private static synchronized ClassLoader libraries(URL[] jars) {
        if (IJ.getProperty(KEPT) instanceof URLClassLoader kept && Arrays.equals(kept.getURLs(), jars)) {
            return kept;
        }
        ClassLoader loader = new URLClassLoader("lesionj-libraries", jars, ClassLoader.getPlatformClassLoader());
        IJ.setProperty(KEPT, loader);
        return loader;
    }

    /** Jars of others that hold an architecture: it must be loaded with the wall's own copy of its interface. */
    private static List<URL> foreignArchitectures(ClassLoader parent, List<URL> known) {
        List<URL> jars = new ArrayList<>();
        try {
            for (URL index : Collections.list(parent.getResources(ANNOTATION_INDEX))) {
                URL jar = jarOf(index);
                if (jar != null && !known.contains(jar) && mentionsArchitecture(index)) {
                    jars.add(jar);
                }
            }
        } catch (IOException e) {
            throw new LesionJException("Cannot read the plug-in index of the installed jars: " + e.getMessage() + ".", e);
        }
        return jars;
    }

    private static URL jarOf(URL index) throws IOException {
        return index.openConnection() instanceof JarURLConnection connection ? connection.getJarFileURL() : null;
    }

    private static boolean mentionsArchitecture(URL index) throws IOException {
        try (InputStream in = index.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(ARCHITECTURE);
        }
    }
}
