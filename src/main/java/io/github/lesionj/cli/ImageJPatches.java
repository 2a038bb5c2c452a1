package io.github.lesionj.cli;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import net.imagej.patcher.LegacyEnvironment;

/**
 * Makes ImageJ run without a display, by ij1-patcher.
 *
 * <p>Patching takes longer than everything else at a start, and always gives the same classes. So {@code bin/lesionj} lets
 * {@link #main} write them to a jar once, and puts that first on the class path.
 */
final class ImageJPatches {

    private ImageJPatches() {
    }

    /**
     * Writes the patched classes and ends.
     *
     * @param arguments the jar
     */
    public static void main(String[] arguments) throws ClassNotFoundException, ReflectiveOperationException {
        LegacyEnvironment environment = environment();
        // what the patcher has changed is seen by its own package only
        Object injector = open(LegacyEnvironment.class, "injector").get(environment);
        Class<?> callback = Class.forName("net.imagej.patcher.LegacyInjector$Callback");
        @SuppressWarnings("unchecked")
        List<Object> afterwards = (List<Object>) open(injector.getClass(), "after").get(injector);
        afterwards.add(Proxy.newProxyInstance(callback.getClassLoader(), new Class<?>[] {callback}, (proxy, method, parameters) -> {
            write(parameters[0], Path.of(arguments[0]));
            Runtime.getRuntime().halt(0);
            return null;
        }));
        environment.applyPatches();
    }

    private static Field open(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** Whole or not at all; two at once write the same. */
    private static void write(Object patched, Path jar) throws IOException, ReflectiveOperationException {
        Files.createDirectories(jar.getParent());
        Path part = Files.createTempFile(jar.getParent(), "patched", ".part");
        try {
            Method writeJar = patched.getClass().getMethod("writeJar", File.class);
            writeJar.setAccessible(true);
            writeJar.invoke(patched, part.toFile());
            part.toFile().setReadable(true, false);
            Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Patches this process, where it has not been started with the patched classes; before the first touch of ImageJ's. */
    static void apply() {
        if (jarOf("ij/IJ").equals(jarOf("net/imagej/patcher/EssentialLegacyHooks"))) {
            return;
        }
        try {
            environment().applyPatches();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("ImageJ is not on the class path; run bin/setup again", e);
        }
    }

    private static String jarOf(String name) {
        URL source = ImageJPatches.class.getResource("/" + name + ".class");
        return source == null ? "no jar" : source.getPath().replace(name, "");
    }

    private static LegacyEnvironment environment() throws ClassNotFoundException {
        LegacyEnvironment environment = new LegacyEnvironment(ImageJPatches.class.getClassLoader(), true);
        environment.disableInitializer();
        environment.disableIJ1PluginDirs();
        return environment;
    }
}
