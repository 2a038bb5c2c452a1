package io.github.lesionj.ij1;

import ij.plugin.frame.Recorder;
import io.github.lesionj.commands.CommandKey;
import io.github.lesionj.commands.LesionCommand;
import io.github.lesionj.commands.MacroText;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;

/** What ImageJ's recorder writes of a run from the dialog: a line that replays it without one. */
final class RecorderLine {

    private RecorderLine() {
    }

    /** Gives the recorder, if it is open, every value that is not the key's default, and always one. */
    static void record(LesionCommand command, Map<String, Object> values) {
        if (Recorder.record) {
            options(command, values).forEach(Recorder::recordOption);
        }
    }

    /** Keys and values as {@code Recorder.recordOption} takes them. */
    static Map<String, String> options(LesionCommand command, Map<String, Object> values) {
        Map<String, String> options = new LinkedHashMap<>();
        for (CommandKey key : command.keys().stream().filter(each -> !each.isDialogOnly()).toList()) {
            String text = key.format(values.get(key.name()));
            if (values.containsKey(key.name()) && !text.equals(key.format(key.defaultValue()))) {
                options.put(key.name(), recorded(key, text));
            }
        }
        if (options.isEmpty() && !command.keys().isEmpty()) {
            // a line without options would ask in a dialog again
            CommandKey first = command.keys().get(0);
            options.put(first.name(), recorded(first, first.format(first.defaultValue())));
        }
        return options;
    }

    private static String recorded(CommandKey key, String text) {
        boolean windows = File.separatorChar == '\\';
        return MacroText.forRecorder(windows && key.isPath() ? text.replace('\\', '/') : text);
    }
}
