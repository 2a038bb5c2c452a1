package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.process.ShortProcessor;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.door.TrainingImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code Suggest Model...} on data that lies there. */
@ExtendWith(Door.Extension.class)
class SuggestModelIT {

    @TempDir
    private Path folder;

    private Door.Run suggest(Door door, Object data, Object... keys) {
        Object[] all = new Object[keys.length + 4];
        System.arraycopy(new Object[] {"data", data, "output", folder.resolve("out")}, 0, all, 0, 4);
        System.arraycopy(keys, 0, all, 4, keys.length);
        return door.run(SuggestModelCommand.class, all);
    }

    private JsonObject json() throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve("out/suggestion.json"))).getAsJsonObject();
    }

    private static String value(JsonObject json, String name) {
        for (var decision : json.getAsJsonArray("decisions")) {
            if (decision.getAsJsonObject().get("name").getAsString().equals(name)) {
                return decision.getAsJsonObject().get("value").getAsString();
            }
        }
        return "";
    }

    @Test
    void aClassFolderIsLookedAt(Door door) throws IOException {
        Path data = TrainingImages.write(folder.resolve("data"), 12);
        Door.Run run = suggest(door, data);
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        JsonObject found = json().getAsJsonObject("found");
        assertEquals("24", found.get("images").getAsString());
        assertEquals("lesion 12, normal 12", found.get("classes").getAsString());
        assertEquals("grey, 8 bits, 1 channel", found.get("pixels").getAsString());
        assertEquals("28", value(json(), "size"));
        assertEquals("5", value(json(), "folds"));
        String macro = json().get("macro").getAsString();
        assertTrue(macro.startsWith("run(\"Train Classifier...\", \"data=") && run.out().contains(macro), macro);
        Map<String, String> keys = MacroText.read(macro.substring(macro.indexOf(", \"") + 3, macro.length() - 3));
        assertEquals(folder.resolve("out/training").toString(), keys.get("output"));
    }

    /** Every key and value is one that the form of trainings takes. */
    @Test
    void theLineIsWhatTheFormTakes(Door door) throws IOException {
        List<CommandKey> form = CommandKey.of(TrainClassifierCommand.class);
        for (int fewer : new int[] {12, 6, 1}) {
            Path data = TrainingImages.write(folder.resolve("data" + fewer), 12);
            for (int i = fewer; i < 12; i++) {
                Files.delete(data.resolve("lesion/" + i + ".png"));
            }
            assertEquals(ExitStatus.DONE, suggest(door, data).status());
            String macro = json().get("macro").getAsString();
            new KeyReader(form).read(macro.substring(macro.indexOf(", \"") + 3, macro.length() - 3))
                .forEach(CommandKey::check);
        }
    }

    @Test
    void sixteenBitsAndGroupsOfATable(Door door) throws IOException {
        StringBuilder table = new StringBuilder("path,label,group\n");
        Files.createDirectories(folder.resolve("images"));
        for (int i = 0; i < 12; i++) {
            ShortProcessor pixels = new ShortProcessor(90, 70);
            pixels.setValue(1000 + 300 * i);
            pixels.fill();
            TestImages.tiff(folder.resolve("images/" + i + ".tif"), new ImagePlus("", pixels));
            table.append("images/").append(i).append(".tif,").append(i % 2 == 0 ? "a" : "b").append(",p").append(i / 4).append('\n');
        }
        Files.writeString(folder.resolve("set.csv"), table);
        Door.Run run = suggest(door, folder.resolve("set.csv"));
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        assertEquals("3", json().getAsJsonObject("found").get("groups").getAsString());
        assertEquals("grey, 16 bits, 1 channel", json().getAsJsonObject("found").get("pixels").getAsString());
        assertEquals("percentile", value(json(), "intensity"));
        assertEquals("3", value(json(), "folds"));
        assertEquals("64", value(json(), "size"));
    }

    @Test
    void segmentationIsToldWhatToUseInstead(Door door) throws IOException {
        TestImages.flat(folder.resolve("data/images/a.png"), 10);
        TestImages.flat(folder.resolve("data/masks/a.png"), 1);
        Door.Run run = suggest(door, folder.resolve("data"));
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        for (String tool : List.of("StarDist", "Labkit", "Trainable Weka", "nnU-Net")) {
            assertTrue(run.out().contains(tool), run.out());
        }
        assertTrue(json().get("macro").isJsonNull() && json().getAsJsonArray("decisions").isEmpty());
        Door.Run train = suggest(door, folder.resolve("data"), "train", "true");
        assertEquals(ExitStatus.USAGE, train.status());
        assertTrue(train.sentence().contains("no training to start"), train.sentence());
    }

    @Test
    void aTaskThatIsNamedDecides(Door door) {
        Path data = TrainingImages.write(folder.resolve("data"), 2);
        assertTrue(suggest(door, data, "task", "detection").out().contains("no detector"));
        assertTrue(suggest(door, data, "task", "volume").out().contains("volumes"));
        assertTrue(suggest(door, data, "task", "slide").out().contains("QuPath"));
    }

    @Test
    void oneClassOnlyIsRefused(Door door) {
        TestImages.flat(folder.resolve("data/only/a.png"), 10);
        Door.Run run = suggest(door, folder.resolve("data"));
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains("one class"), run.sentence());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    /** The whole of it, with folds; the ledger has the keys that were suggested. */
    @Test
    void theSuggestedTrainingRuns(Door door) throws IOException {
        Path data = TrainingImages.write(folder.resolve("data"), 12);
        Door.Run run = suggest(door, data, "train", "true");
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        Path training = folder.resolve("out/training");
        assertEquals(24, ResultFiles.rows(training).size());
        assertTrue(Files.exists(training.resolve("model/rdf.yaml")));
        JsonObject ledger = ResultFiles.ledger(training);
        String macro = json().get("macro").getAsString();
        Map<String, String> keys = MacroText.read(macro.substring(macro.indexOf(", \"") + 3, macro.length() - 3));
        keys.remove("output");
        assertTrue(keys.size() > 5, macro);
        keys.forEach((key, value) -> assertEquals(value, ledger.getAsJsonObject("keys").get(key).getAsString(), key));
    }

    @Test
    void theTrainingThatCannotStartSaysWhy(Door door) throws IOException {
        Path data = TrainingImages.write(folder.resolve("data"), 12);
        TestImages.flat(folder.resolve("out/training"), 1);
        Door.Run run = suggest(door, data, "train", "true");
        assertEquals(ExitStatus.USAGE, run.status(), run.sentence());
        assertTrue(run.sentence().contains("training"), run.sentence());
    }
}
