package io.github.lesionj.ij1;

import io.github.lesionj.commands.LesionCommand;
import java.util.Map;

final class RecorderLine {
    static void record(LesionCommand command, Map<String, Object> inputs) {
    }
}
