package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The form of a trainer, which is put together from several classes. */
class TrainerFormTest {

    private static final List<CommandKey> KEYS = CommandKey.of(TrainClassifierCommand.class);

    @Test
    void keysStandWhereOneLooksForThem() {
        List<String> inSight = KEYS.stream().filter(key -> !key.isAdvanced()).map(CommandKey::name).toList();
        assertEquals(List.of("data", "validation", "output", "architecture", "size", "epochs", "augment", "positive", "install",
            "model_name"), inSight);
        List<String> names = KEYS.stream().map(CommandKey::name).toList();
        assertEquals(inSight, names.subList(0, inSight.size()));
        assertEquals(List.of("loss", "focal_alpha"), names.subList(inSight.size(), inSight.size() + 2));
        assertEquals(names.indexOf("fold_by") + 1, names.indexOf("batch"));
        assertEquals(List.of("options", "head", "channels", "resize", "intensity", "resume"),
            names.subList(names.indexOf("options"), names.indexOf("options") + 6));
    }

    /** A row | `key` | default | ... each. */
    @Test
    void theUserGuideHasEveryKeyWithItsDefault() throws IOException {
        String guide = Files.readString(Path.of("docs/user-guide.md"));
        String section = guide.substring(guide.indexOf("\n## Train Classifier"), guide.indexOf("\n## Analyze Class Balance"));
        for (CommandKey key : KEYS) {
            String row = section.lines().filter(line -> line.startsWith("| `" + key.name() + "` |")).findFirst().orElse("no row");
            String standard = key.format(key.defaultValue());
            assertTrue(row.contains("| " + standard + " |") || row.contains("| `" + standard + "` |")
                || standard.isEmpty() && row.matches(".*\\| (empty|\\(needed\\)) \\|.*"), key.name() + ": " + row);
        }
    }
}
