package io.github.lesionj.commands;

import ij.Prefs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The last used values that a dialog starts from. Macros and scripts never see them. */
public final class RememberedValues {

    private static final Set<String> REMEMBERED = Set.of("model", "output", "device");
    private static final String PREFIX = "lesionj.";

    private RememberedValues() {
    }

    /** What is remembered for these keys, as far as it still is allowed. */
    public static Map<CommandKey, Object> read(List<CommandKey> keys) {
        Map<CommandKey, Object> values = new LinkedHashMap<>();
        for (CommandKey key : keys) {
            String text = isRemembered(key) ? Prefs.get(PREFIX + key.name(), "") : "";
            if (!text.isEmpty() && (key.choices().isEmpty() || key.choices().contains(text))) {
                values.put(key, key.parse(text));
            }
        }
        return values;
    }

    static void write(List<CommandKey> keys, LesionCommand command) {
        keys.stream().filter(RememberedValues::isRemembered)
            .forEach(key -> Prefs.set(PREFIX + key.name(), key.format(key.read(command))));
    }

    private static boolean isRemembered(CommandKey key) {
        return REMEMBERED.contains(key.name()) && (key.type() == String.class || key.isPath());
    }
}
