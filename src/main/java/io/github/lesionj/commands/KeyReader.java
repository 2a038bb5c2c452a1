package io.github.lesionj.commands;

import io.github.lesionj.core.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the keys of one command from a macro's text: every key known, every value right, the rest at its default. */
final class KeyReader {

    private final List<CommandKey> keys;

    KeyReader(List<CommandKey> keys) {
        this.keys = keys;
    }

    /** A value for every key of the command. */
    Map<CommandKey, Object> read(String options) {
        Map<String, String> entries = MacroText.read(options);
        entries.keySet().forEach(this::find);
        Map<CommandKey, Object> values = new LinkedHashMap<>();
        for (CommandKey key : keys) {
            boolean given = entries.containsKey(key.name());
            values.put(key, given ? key.parse(entries.get(key.name())) : key.defaultValue());
        }
        return values;
    }

    CommandKey find(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst().orElseThrow(() -> unknown(name));
    }

    private UsageException unknown(String name) {
        String all = keys.isEmpty() ? "it has none"
            : "its keys are " + keys.stream().map(CommandKey::name).collect(Collectors.joining(", "));
        String similar = keys.stream().map(CommandKey::name).filter(key -> isSimilar(key, name)).findFirst()
            .map(key -> "did you mean " + key + "? ").orElse("");
        return new UsageException("The key " + name + " is unknown: " + similar + all
            + "; a value with blanks stands in brackets, key=[two words].");
    }

    private static boolean isSimilar(String key, String name) {
        return distance(key, name.toLowerCase(java.util.Locale.ROOT)) <= Math.max(key.length() > 3 ? 2 : 1, key.length() / 3);
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
