package io.github.lesionj.ij1;

import io.github.lesionj.commands.CommandKey;
import java.util.ArrayList;
import java.util.List;

/** A key in words, for {@code bin/lesionj --help} and the dialog's Help button. */
final class CommandHelp {

    private CommandHelp() {
    }

    /** Name, type, default, range, choices and meaning of a key, in two or three lines. */
    static String lines(CommandKey key, List<String> suggestions) {
        List<String> facts = new ArrayList<>();
        facts.add(key.typeName());
        String byDefault = key.format(key.defaultValue());
        facts.add(byDefault.isEmpty() ? "empty unless given" : "default " + byDefault);
        if (!key.range().isEmpty()) {
            facts.add(key.range());
        }
        if (!key.choices().isEmpty()) {
            facts.add("one of " + String.join(", ", key.choices()));
        }
        StringBuilder lines = new StringBuilder("  ").append(key.name()).append("  (")
            .append(String.join("; ", facts)).append(")\n      ").append(key.description()).append('\n');
        if (!suggestions.isEmpty()) {
            lines.append("      Offered: ").append(String.join(", ", suggestions)).append('\n');
        }
        return lines.toString();
    }
}
