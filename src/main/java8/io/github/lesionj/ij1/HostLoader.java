package io.github.lesionj.ij1;

import ij.IJ;
import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URISyntaxException;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Loads LesionJ in a plain ImageJ, together with what Fiji has and plain ImageJ lacks ({@code lib/lesionj/host}).
 *
 * <p>Its own jars come before the parent's, ImageJ's plugin loader. They are ours, those of the host folder, and every
 * jar in the plugins folder with SciJava plugins in it, for an extension has to see the same SciJava as we do.
 */
final class HostLoader extends URLClassLoader {

    private static final String BRIDGE = "io.github.lesionj.ij1.Bridge";
    private static final String KEPT = "lesionj.bridge";
    private static final String INDEX = "META-INF/json/org.scijava.plugin.Plugin";

    static {
        registerAsParallelCapable();
    }

    private HostLoader(URL[] jars, ClassLoader parent) {
        super(jars, parent);
    }

    /** The bridge of this installation; ImageJ keeps it until it quits or its menus are refreshed. */
    @SuppressWarnings("unchecked")
    static synchronized Consumer<String> bridge() {
        Object kept = IJ.getProperty(KEPT);
        if (kept != null && plugins(kept) == HostLoader.class.getClassLoader()) {
            return (Consumer<String>) kept;
        }
        close(kept);
        Consumer<String> bridge = newBridge(isFiji() ? HostLoader.class.getClassLoader() : newLoader());
        IJ.setProperty(KEPT, bridge);
        return bridge;
    }

    private static ClassLoader plugins(Object bridge) {
        ClassLoader loader = bridge.getClass().getClassLoader();
        return loader.getClass().getName().equals(HostLoader.class.getName()) ? loader.getParent() : loader;
    }

    private static void close(Object bridge) {
        if (bridge instanceof AutoCloseable) {
            try {
                ((AutoCloseable) bridge).close();
            } catch (Exception e) {
                IJ.log("LesionJ: the former plugins did not close: " + e);
            }
        }
    }

    private static boolean isFiji() {
        try {
            Class.forName("net.imagej.legacy.LegacyService", false, IJ.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @SuppressWarnings("unchecked")
    private static Consumer<String> newBridge(ClassLoader loader) {
        try {
            return (Consumer<String>) loader.loadClass(BRIDGE).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("LesionJ cannot start: " + reason(e), e);
        }
    }

    private static Throwable reason(Throwable e) {
        return e.getCause() == null ? e : reason(e.getCause());
    }

    private static ClassLoader newLoader() {
        try {
            ClassLoader parent = HostLoader.class.getClassLoader();
            Set<URL> jars = new LinkedHashSet<URL>();
            URL own = HostLoader.class.getProtectionDomain().getCodeSource().getLocation();
            jars.add(own);
            for (File jar : hostJars(new File(own.toURI()))) {
                jars.add(jar.toURI().toURL());
            }
            for (URL index : Collections.list(parent.getResources(INDEX))) {
                if ("jar".equals(index.getProtocol())) {
                    jars.add(((JarURLConnection) index.openConnection()).getJarFileURL());
                }
            }
            return new HostLoader(jars.toArray(new URL[0]), parent);
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("LesionJ cannot start: " + e, e);
        }
    }

    /** The jars of lib/lesionj/host in the nearest folder above our own jar that has one. */
    private static File[] hostJars(File own) {
        for (File folder = own.getParentFile(); folder != null; folder = folder.getParentFile()) {
            File[] jars = new File(folder, "lib/lesionj/host").listFiles((parent, name) -> name.endsWith(".jar"));
            if (jars != null && jars.length > 0) {
                return jars;
            }
        }
        throw new IllegalStateException("The folder lib/lesionj/host is missing above " + own
            + "; unpack LesionJ's zip over ImageJ's folder again.");
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = isHosts(name) ? null : findOwn(name);
            }
            return loaded == null ? super.loadClass(name, resolve) : loaded;
        }
    }

    private static boolean isHosts(String name) {
        return name.startsWith("java.") || name.startsWith("ij.") || name.startsWith("loci.");
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
        URL own = findResource(name);
        return own == null ? super.getResource(name) : own;
    }

    /** Each place once, though the plugins' loader sees our own jar too: SciJava would find every plugin twice. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        Map<String, URL> found = new LinkedHashMap<String, URL>();
        for (URL url : Collections.list(findResources(name))) {
            found.put(url.toString(), url);
        }
        for (URL url : Collections.list(getParent().getResources(name))) {
            if (!found.containsKey(url.toString())) {
                found.put(url.toString(), url);
            }
        }
        return Collections.enumeration(found.values());
    }
}
