package io.github.lesionj.commands;

import ij.IJ;
import ij.Prefs;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The last used values that a dialog starts from. Macros and scripts never see them. */
public final class RememberedValues {

    private static final Set<String> SHARED = Set.of("model", "device");
    private static final String PREFIX = "lesionj.";

    private RememberedValues() {
    }

    /** What is remembered for this command, as far as it still is allowed. */
    public static Map<CommandKey, Object> read(LesionCommand command) {
        Map<CommandKey, Object> values = new LinkedHashMap<>();
        for (CommandKey key : command.keys()) {
            String text = isRemembered(key) ? Prefs.get(preference(command, key), "") : "";
            if (!text.isEmpty() && (key.choices().isEmpty() || key.choices().contains(text))) {
                values.put(key, key.parse(text));
            }
        }
        return values;
    }

    /** Also on disk at once: ImageJ itself writes its preferences only when it quits as it should. */
    static void write(LesionCommand command) {
        boolean changed = false;
        for (CommandKey key : command.keys()) {
            if (isRemembered(key)) {
                String text = key.format(key.read(command));
                changed |= !text.equals(Prefs.get(preference(command, key), ""));
                Prefs.set(preference(command, key), text);
            }
        }
        if (changed && IJ.getInstance() != null && isWritable(new File(Prefs.getPrefsDir()))) {
            Prefs.savePreferences();
        }
    }

    /** Where it is not, ImageJ would open a window each time to say so. */
    private static boolean isWritable(File folder) {
        return folder.exists() ? folder.canWrite() : folder.getAbsoluteFile().getParentFile().canWrite();
    }

    /** One command's output is a folder, another's a file. */
    private static String preference(LesionCommand command, CommandKey key) {
        String own = command.label().replaceAll("\\W+", "-").replaceAll("^-|-$", "").toLowerCase(Locale.ROOT) + ".";
        return PREFIX + (SHARED.contains(key.name()) ? "" : own) + key.name();
    }

    private static boolean isRemembered(CommandKey key) {
        return (SHARED.contains(key.name()) || key.name().equals("output")) && (key.type() == String.class || key.isPath());
    }
}
