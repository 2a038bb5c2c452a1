package io.github.lesionj.inference;

import com.sun.jna.Library;
import com.sun.jna.Native;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.runtime.EngineOptions;
import java.io.File;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;

/**
 * Unpacks and loads TensorFlow's native library, in the order that works without any download.
 *
 * <p>TensorFlow reads its environment once, while it loads; so what it should read is set in the C library's environment
 * before, which Java itself cannot.
 */
final class NativeLibrary {

    private static final String ONE_DNN = "TF_ENABLE_ONEDNN_OPTS";
    private static final String PLATFORM = Loader.getPlatform();

    /** The C library's way to set an environment variable. */
    interface CLibrary extends Library {
        int setenv(String name, String value, int overwrite);
    }

    /** The same on Windows. */
    interface WindowsLibrary extends Library {
        // The C library's own name.
        int _putenv_s(String name, String value);
    }

    private NativeLibrary() {
    }

    /**
     * Loads the library.
     *
     * @return the folder that it was unpacked to
     */
    static Path load(EngineOptions options) {
        Processor.ofThisMachine().check();
        NativeCache cache = NativeCache.usable(options.natives());
        cache.dropHalfUnpacked();
        System.setProperty("org.bytedeco.javacpp.cachedir", cache.folder().toString());
        System.setProperty("ai.djl.offline", "true");
        setEnvironment("TF_CPP_MIN_LOG_LEVEL", System.getProperty("lesionj.debug") == null ? "3" : "0");
        // A GPU would round each factor to 10 bits: scores then differ by 1e-3 from the processor's, whose models it must reproduce.
        setEnvironment("NVIDIA_TF32_OVERRIDE", "0");
        switch (options.oneDnn()) {
            case "on" -> setEnvironment(ONE_DNN, "1");
            case "off" -> setEnvironment(ONE_DNN, "0");
            default -> { }
        }
        try {
            String library = Loader.load(org.tensorflow.internal.c_api.global.tensorflow.class);
            Path folder = new File(library).toPath().toAbsolutePath().getParent();
            System.setProperty("TENSORFLOW_LIBRARY_PATH", folder.toString());
            return folder;
        } catch (UnsatisfiedLinkError e) {
            throw new LesionJException(explain(e, cache), e);
        }
    }

    /** What TensorFlow was told of oneDNN: its own environment variable, where the user set it, wins over our option. */
    static String oneDnn(EngineOptions options) {
        String variable = System.getenv(ONE_DNN);
        if (variable == null) {
            return options.oneDnn();
        }
        return variable.equals("1") || variable.equalsIgnoreCase("true") ? "on" : "off";
    }

    private static String explain(UnsatisfiedLinkError e, NativeCache cache) {
        if (NativeCache.packed().isEmpty()) {
            return "There is no TensorFlow library for this platform (" + PLATFORM + ") in LesionJ's folder; "
                + "install the LesionJ package made for it. Linux and Windows need x86_64, macOS needs Apple Silicon.";
        }
        String reason = String.valueOf(e.getMessage()).replace('\n', ' ').replaceAll(" in java.library.path.*", " in it");
        return "TensorFlow's native library cannot be loaded from " + cache.folder() + " (" + reason
            + "); delete that folder to have it unpacked anew, which needs 650 MB there, for GPUs 1.2 GB (free: " + cache.freeMegabytes()
            + " MB); if it fails again, this system is too old for it.";
    }

    private static void setEnvironment(String name, String value) {
        if (System.getenv(name) != null) {
            return;
        }
        if (PLATFORM.startsWith("windows")) {
            Native.load("ucrtbase", WindowsLibrary.class)._putenv_s(name, value);
        } else {
            Native.load("c", CLibrary.class).setenv(name, value, 1);
        }
    }
}
