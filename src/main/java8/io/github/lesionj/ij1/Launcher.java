package io.github.lesionj.ij1;

import ij.IJ;
import ij.plugin.PlugIn;
import java.util.function.Consumer;

/**
 * What {@code plugins.config} names: takes a command's label to the {@link Bridge}, or says that Java is too old.
 *
 * <p>Compiled for Java 8, so that it loads where nothing else of LesionJ does. In Fiji the SciJava command of the same
 * label takes the place of this menu entry, and this class is not used.
 */
public class Launcher implements PlugIn {

    private static final int NEEDED = 17;

    /** @param label the command's label, or one of the requests that {@link Bridge#accept} knows */
    @Override
    public void run(String label) {
        int version = version(System.getProperty("java.specification.version"));
        if (version < NEEDED) {
            fail("LesionJ needs Java 17 or newer; this ImageJ runs on Java " + version
                + ". Start it with a newer Java, or install a newer Fiji.");
            return;
        }
        Consumer<String> bridge;
        try {
            bridge = HostLoader.bridge();
        } catch (IllegalStateException e) {
            fail(e.getMessage());
            return;
        }
        bridge.accept(label);
    }

    /** Before anything else of LesionJ is loaded, so not by its own reporter. */
    private static void fail(String sentence) {
        System.setProperty("lesionj.exit", "1");
        if (IJ.getInstance() == null) {
            System.err.println(sentence);
        } else {
            IJ.error("LesionJ", sentence);
        }
    }

    /** 8 for "1.8", 17 for "17". */
    static int version(String specification) {
        String[] parts = specification.split("\\.");
        return Integer.parseInt(parts[parts[0].equals("1") && parts.length > 1 ? 1 : 0]);
    }
}
