package io.github.lesionj.ij1;

import io.github.lesionj.commands.LesionCommand;
import java.util.Map;
import java.util.Optional;

final class CommandDialog {
    static Optional<Map<String, Object>> ask(LesionCommand command) {
        return Optional.empty();
    }
}
