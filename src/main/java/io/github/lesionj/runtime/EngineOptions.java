package io.github.lesionj.runtime;

import io.github.lesionj.core.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What is decided before the native library loads; it is read once per process.
 *
 * @param natives      folder that the native library is unpacked to
 * @param intraThreads threads within one operation; 0 = as many as the machine has cores
 * @param oneDnn       {@code on}, {@code off}, or {@code default} (TensorFlow's own choice)
 */
public record EngineOptions(Path natives, int intraThreads, String oneDnn) {

    /**
     * From the properties {@code lesionj.natives}, {@code lesionj.threads}, {@code lesionj.onednn}, or the environment's
     * {@code LESIONJ_NATIVES}, {@code LESIONJ_THREADS}, {@code LESIONJ_ONEDNN}, or the defaults: {@code .lesionj/natives}
     * in the home folder, all cores, TensorFlow's choice.
     *
     * @throws UsageException when one of them is not understood
     */
    public static EngineOptions ofProcess() {
        String natives = setting("natives", Path.of(System.getProperty("user.home"), ".lesionj", "natives").toString());
        String threads = setting("threads", "0");
        if (!threads.matches("\\d{1,4}")) {
            throw new UsageException("The number of threads, " + threads + ", is not a whole number from 0 (all cores) to 9999; "
                + "change --threads, lesionj.threads or LESIONJ_THREADS.");
        }
        String oneDnn = setting("onednn", "default").toLowerCase(Locale.ROOT);
        if (!List.of("on", "off", "default").contains(oneDnn)) {
            throw new UsageException("lesionj.onednn or LESIONJ_ONEDNN is " + oneDnn + "; use on, off or default.");
        }
        return new EngineOptions(Path.of(natives), Integer.parseInt(threads), oneDnn);
    }

    private static String setting(String name, String otherwise) {
        String property = System.getProperty("lesionj." + name);
        if (property != null && !property.isBlank()) {
            return property;
        }
        String variable = System.getenv("LESIONJ_" + name.toUpperCase(Locale.ROOT));
        return variable == null || variable.isBlank() ? otherwise : variable;
    }
}
