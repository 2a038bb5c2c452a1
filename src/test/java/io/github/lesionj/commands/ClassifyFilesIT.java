package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.gui.Roi;
import ij.measure.ResultsTable;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.image.RoiFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Classify Image...} on files and folders, through the wall, with a network whose answer is known. */
@ExtendWith(Door.Extension.class)
class ClassifyFilesIT {

    @TempDir
    private Path folder;
    private Path input;
    private Path output;

    @BeforeEach
    void folders() throws IOException {
        input = Files.createDirectory(folder.resolve("in"));
        output = folder.resolve("out");
    }

    private Door.Run classify(Door door, Object... more) {
        Object[] keys = new Object[6 + more.length];
        System.arraycopy(new Object[] {"input", input, "model", "brightness", "output", output}, 0, keys, 0, 6);
        System.arraycopy(more, 0, keys, 6, more.length);
        Door.Run run = door.run(ClassifyImage.class, keys);
        assertFalse((run.err() + run.out()).contains("\tat "), run.err());
        assertEquals(List.of(), ResultFiles.leftovers(output), "nothing half done stays");
        return run;
    }

    private static void assertStatus(ExitStatus status, Door.Run run) {
        assertEquals(status, run.status(), run.sentence() + run.err());
    }

    @Test
    void aFolderGivesARowAnOverlayAndRoisPerImage(Door door) {
        TestImages.flat(input.resolve("a.png"), 51);
        TestImages.flat(input.resolve("deep/er/b.png"), 204);
        assertStatus(ExitStatus.DONE, classify(door));
        assertEquals(List.of(
            Map.of("image", "a.png", "label", "normal", "probability", "0.800000", "p_normal", "0.800000", "p_lesion", "0.200000"),
            Map.of("image", "deep/er/b.png", "label", "lesion", "probability", "0.800000", "p_normal", "0.200000", "p_lesion", "0.800000")),
            ResultFiles.rows(output));
        assertTrue(Files.exists(output.resolve("overlays/deep/er/b.png.png")));
        assertTrue(Files.exists(output.resolve("rois/deep/er/b.png.zip")));
        assertEquals("done 2/0/2/0", ResultFiles.counts(output));
        assertEquals("cpu", ResultFiles.ledger(output).get("device").getAsString());
    }

    @Test
    void oneFileIsNamedByItself(Door door) {
        input = TestImages.flat(input.resolve("a.png"), 255);
        assertStatus(ExitStatus.DONE, classify(door, "explain", "none"));
        assertEquals("a.png", ResultFiles.rows(output).get(0).get("image"));
        assertEquals("1", ResultFiles.rows(output).get(0).get("p_lesion"));
        assertFalse(Files.exists(output.resolve("overlays")));
    }

    @Test
    void theMeanOfSeveralModels(Door door) {
        TinyModel.named("half-bright").factor(0.5).write(door.models());
        TestImages.flat(input.resolve("a.png"), 102);
        assertStatus(ExitStatus.DONE, classify(door, "model", "brightness, half-bright"));
        assertEquals("0.300000", ResultFiles.rows(output).get(0).get("p_lesion"));
    }

    @Test
    void modelsOfOtherClassesAreNoEnsemble(Door door) {
        TinyModel.named("cell-kinds").classes("benign", "malignant").write(door.models());
        TestImages.flat(input.resolve("a.png"), 102);
        Door.Run run = classify(door, "model", "brightness,cell-kinds");
        assertStatus(ExitStatus.USAGE, run);
        assertTrue(run.sentence().contains("brightness (normal, lesion) and cell-kinds (benign, malignant)"), run.sentence());
        assertFalse(Files.exists(output), "nothing was made");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "brigthness | There is no model \"brigthness\" | Did you mean brightness?",
        "/no/such/model   | There is no model \"/no/such/model\" | nor a folder or zip",
        "'brightness,'     | names no model | a comma",
        "''               | No model was chosen | Installed are",
    })
    void aModelThatIsNotThere(String model, String start, String part, Door door) {
        TestImages.flat(input.resolve("a.png"), 102);
        Door.Run run = classify(door, "model", model);
        assertStatus(ExitStatus.USAGE, run);
        assertTrue(run.sentence().contains(start) && run.sentence().contains(part), run.sentence());
        assertFalse(Files.exists(output), "nothing was made");
    }

    @Test
    void explainTakesTheMapThatIsAskedFor(Door door) {
        input = TestImages.png(input.resolve("a.png"), TestImages.square(64, 64, 32, 16, 255).getBufferedImage());
        for (String explain : List.of("auto", "attention", "cam")) {
            output = folder.resolve(explain);
            assertStatus(ExitStatus.DONE, classify(door, "explain", explain));
            Roi outline = RoiFiles.read(output.resolve("rois/a.png.zip")).get(0);
            assertTrue(outline.contains(40, 24), explain + " points at the square");
            assertFalse(outline.contains(8, 24) || outline.contains(40, 56), explain + " points at nothing else");
            assertTrue(outline.getName().startsWith("lesion 0.06 " + (explain.equals("cam") ? "cam" : "attention")), outline.getName());
        }
    }

    @ParameterizedTest
    @CsvSource({"attention,no attention map", "cam,no cam map"})
    void aMapThatTheModelDoesNotHave(String explain, String part, Door door) {
        TinyModel.named("without-maps").withoutMaps().write(door.models());
        TestImages.flat(input.resolve("a.png"), 102);
        Door.Run run = classify(door, "model", "without-maps", "explain", explain);
        assertStatus(ExitStatus.USAGE, run);
        assertTrue(run.sentence().contains("without-maps gives " + part), run.sentence());
        output = folder.resolve("auto");
        assertStatus(ExitStatus.DONE, classify(door, "model", "without-maps"));
        assertFalse(Files.exists(output.resolve("overlays")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "seed=1", "it's \"quoted\"", "[brackets]", "a,b", "ümläut ß", "\uD83E\uDE7B", "a#b",
        "100%", "back\\slash", " lead"})
    void namesOfEveryKind(String name, Door door) {
        input = folder.resolve(name);
        output = folder.resolve(name + " out");
        TestImages.flat(input.resolve(name + ".png"), 51);
        assertStatus(ExitStatus.DONE, classify(door));
        assertEquals(1, ResultFiles.rows(output).size());
        assertEquals(name.replace('\\', '/') + ".png", ResultFiles.rows(output).get(0).get("image"));
        output = folder.resolve(name + " one");
        input = input.resolve(name + ".png");
        assertStatus(ExitStatus.DONE, classify(door));
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "ar-EG-u-nu-arab", "tr-TR"})
    void numbersHaveADotInEveryLocale(String tag, Door door) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            TestImages.flat(input.resolve("I.png"), 51);
            assertStatus(ExitStatus.DONE, classify(door));
            assertEquals("image,label,probability,p_normal,p_lesion\nI.png,normal,0.800000,0.800000,0.200000\n",
                Files.readString(output.resolve("results.csv")).replace("\r", ""));
            assertEquals("0.8", ResultsTable.getResultsTable().getStringValue("p_normal", 0).substring(0, 3));
        } finally {
            Locale.setDefault(before);
        }
    }
}
