package io.github.lesionj.runtime;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads TensorFlow, DJL and what of LesionJ uses them, before and apart from whatever the application holds.
 *
 * <p>Fiji has one flat class path, with TensorFlow 1.x on it. This loader asks its own jars first, for classes and for
 * resources, so that ours never meet those. Of our own jar it takes only the packages behind the wall; interfaces and
 * records in front come from the parent, so that both sides agree on them.
 */
final class WallClassLoader extends URLClassLoader {

    private static final String OURS = "io.github.lesionj.";
    private static final List<String> BEHIND = List.of(OURS + "inference.", OURS + "training.", OURS + "network.");

    static {
        registerAsParallelCapable();
    }

    WallClassLoader(URL[] jars, ClassLoader parent) {
        super("lesionj-wall", jars, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!asksOwnFirst(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                try {
                    loaded = findClass(name);
                } catch (ClassNotFoundException e) {
                    return super.loadClass(name, resolve);
                }
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private static boolean asksOwnFirst(String name) {
        if (name.startsWith("java.") || name.startsWith("javax.")) {
            return false;
        }
        return !name.startsWith(OURS) || BEHIND.stream().anyMatch(name::startsWith);
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own == null ? super.getResource(name) : own;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        Enumeration<URL> own = findResources(name);
        if (own.hasMoreElements()) {
            return own;
        }
        return getParent() == null ? Collections.emptyEnumeration() : getParent().getResources(name);
    }
}
