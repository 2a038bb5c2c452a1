package io.github.lesionj.runtime;

import java.nio.file.Path;

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
     */
    public static EngineOptions ofProcess() {
        String natives = setting("natives", Path.of(System.getProperty("user.home"), ".lesionj", "natives").toString());
        String threads = setting("threads", "0");
        return new EngineOptions(Path.of(natives), threads.matches("\\d{1,4}") ? Integer.parseInt(threads) : 0,
            setting("onednn", "default"));
    }

    private static String setting(String name, String otherwise) {
        String property = System.getProperty("lesionj." + name);
        if (property != null && !property.isBlank()) {
            return property;
        }
        String variable = System.getenv("LESIONJ_" + name.toUpperCase(java.util.Locale.ROOT));
        return variable == null || variable.isBlank() ? otherwise : variable;
    }
}
