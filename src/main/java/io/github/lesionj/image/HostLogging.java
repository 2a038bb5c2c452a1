package io.github.lesionj.image;

/**
 * Keeps a library's log lines out of the user's console.
 *
 * <p>Works on the levels of Logback, which Fiji has, by name, for LesionJ does not bring it; where the host has set a
 * level for that library, it stays.
 */
final class HostLogging {

    private HostLogging() {
    }

    static void silence(String... packages) {
        try {
            Class<?> level = Class.forName("ch.qos.logback.classic.Level");
            Class<?> factory = Class.forName("org.slf4j.LoggerFactory");
            for (String name : packages) {
                Object logger = factory.getMethod("getLogger", String.class).invoke(null, name);
                if (logger.getClass().getMethod("getLevel").invoke(logger) == null) {
                    logger.getClass().getMethod("setLevel", level).invoke(logger, level.getField("OFF").get(null));
                }
            }
        } catch (ReflectiveOperationException | LinkageError e) {
            // Another logging library, or none: nothing to silence.
            return;
        }
    }
}
