package io.github.lesionj.runtime;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads what of LesionJ uses TensorFlow and DJL, with our own copies of those.
 *
 * <p>Fiji has one flat class path, with TensorFlow 1.x on it. This loader asks the libraries of LesionJ first, for classes
 * and for resources, so that ours never meet those; then its own jars; then the application. Of our own jar it takes only
 * the packages behind the wall; interfaces and records in front come from the parent, so that both sides agree on them.
 */
final class WallClassLoader extends URLClassLoader {

    private static final String OURS = "io.github.lesionj.";
    private static final List<String> BEHIND = List.of(OURS + "inference.", OURS + "training.", OURS + "network.");

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader libraries;

    /**
     * Makes the loader.
     *
     * @param jars      our own, and those of others that hold architectures
     * @param libraries loader of TensorFlow and DJL
     * @param parent    loader of the front
     */
    WallClassLoader(URL[] jars, ClassLoader libraries, ClassLoader parent) {
        super("lesionj-wall", jars, parent);
        this.libraries = libraries;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> found = findLoadedClass(name);
            if (found == null && isForeign(name)) {
                found = findInLibraries(name);
            }
            if (found == null && (isForeign(name) || isBehind(name))) {
                found = findOwn(name);
            }
            return found == null ? super.loadClass(name, resolve) : found;
        }
    }

    private static boolean isForeign(String name) {
        return !name.startsWith("java.") && !name.startsWith(OURS);
    }

    private static boolean isBehind(String name) {
        return BEHIND.stream().anyMatch(name::startsWith);
    }

    private Class<?> findInLibraries(String name) {
        try {
            return libraries.loadClass(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private Class<?> findOwn(String name) {
        try {
            return findClass(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    @Override
    public URL getResource(String name) {
        URL found = libraries.getResource(name);
        if (found == null) {
            found = findResource(name);
        }
        return found == null ? super.getResource(name) : found;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        Enumeration<URL> found = libraries.getResources(name);
        if (!found.hasMoreElements()) {
            found = findResources(name);
        }
        return found.hasMoreElements() ? found : getParent().getResources(name);
    }
}
