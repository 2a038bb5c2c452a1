package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.SmallDisk;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.door.TrainingImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Train Classifier...} on dark and bright images, through the wall: what it refuses, what it makes. */
@ExtendWith(Door.Extension.class)
class TrainClassifierIT {

    @TempDir
    private Path folder;
    private Path data;
    private Path output;

    @BeforeEach
    void folders() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        output = folder.resolve("bright-or-dark");
    }

    /** Six dark and six bright images, no two alike. */
    private void images() {
        for (int i = 0; i < 6; i++) {
            TestImages.flat(data.resolve("normal/" + i + ".png"), 20 + 5 * i);
            TestImages.flat(data.resolve("lesion/" + i + ".png"), 200 + 5 * i);
        }
    }

    private Door.Run train(Door door, Object... more) {
        List<Object> keys = new ArrayList<>(List.of("data", data.toString(), "output", output, "size", 16, "epochs", 2, "batch", 4,
            "augment", "none", "options", "width=4,depth=1,stages=2"));
        keys.addAll(Arrays.asList(more));
        Door.Run run = door.run(TrainClassifierCommand.class, keys.toArray());
        assertFalse((run.err() + run.out()).contains("\tat "), run.err());
        assertEquals(List.of(), ResultFiles.leftovers(output), "nothing half done stays");
        return run;
    }

    private static void assertSays(ExitStatus status, String part, Door.Run run) {
        assertEquals(status, run.status(), run.sentence() + run.out() + run.err());
        assertTrue(run.sentence().contains(part), run.sentence());
    }

    @Test
    void aFolderBecomesAPackageThatClassifies(Door door) throws IOException {
        images();
        Door.Run run = train(door, "epochs", 8, "learning_rate", 0.01);
        assertSays(ExitStatus.DONE, "", run);
        assertEquals(8, run.out().lines().filter(line -> line.startsWith("epoch ")).count(), run.out());
        assertEquals("done", ResultFiles.ledger(output).get("status").getAsString());
        assertEquals(List.of("normal", "lesion").stream().sorted().toList(),
            ResultFiles.rows(output).stream().map(row -> row.get("truth")).distinct().sorted().toList());
        assertTrue(Files.exists(output.resolve("metrics.json")) && Files.exists(output.resolve("model/weights.safetensors")));
        assertTrue(Files.readString(output.resolve("model/rdf.yaml")).contains("positive: lesion"));
        Door.Run verified = door.run(ManageModels.class, "action", "verify", "model", output.resolve("model"));
        assertSays(ExitStatus.DONE, "", verified);

        Door.Run used = door.run(ClassifyImage.class, "input", data.resolve("lesion"), "model", output.resolve("model"), "output", folder.resolve("used"));
        assertSays(ExitStatus.DONE, "", used);
        assertEquals(6, ResultFiles.rows(folder.resolve("used")).size());
        assertTrue(Files.exists(folder.resolve("used/overlays/0.png.png")), "the attention");
        for (Map<String, String> row : ResultFiles.rows(output)) {
            if (row.get("truth").equals("lesion")) {
                String name = row.get("image").substring("lesion/".length());
                assertTrue(ResultFiles.rows(folder.resolve("used")).stream().anyMatch(other -> other.get("image").equals(name)
                    && Math.abs(Double.parseDouble(other.get("p_lesion")) - Double.parseDouble(row.get("p_lesion"))) < 1e-5), name);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameWeights(Door door) throws IOException {
        images();
        train(door);
        Path first = output;
        output = folder.resolve("again-the-same");
        train(door);
        assertArrayEquals(Files.readAllBytes(first.resolve("model/weights.safetensors")), Files.readAllBytes(output.resolve("model/weights.safetensors")));
        output = folder.resolve("another-seed");
        train(door, "seed", 2);
        assertFalse(Arrays.equals(Files.readAllBytes(first.resolve("model/weights.safetensors")),
            Files.readAllBytes(output.resolve("model/weights.safetensors"))));
    }

    /** A disk that fills at the first checkpoint: one sentence, and when there is room the same command ends where another one does. */
    @Test
    void aFullDiskAtTheCheckpoint(Door door) throws Exception {
        images();
        Object[] keys = {"options", "width=16,depth=2,stages=2", "epochs", 4};
        train(door, keys);
        Path undisturbed = output;
        output = folder.resolve("small-disk");
        try (SmallDisk disk = new SmallDisk(output, "192k")) {
            Door.Run run = train(door, keys);
            assertSays(ExitStatus.FAILED, "No space left on device", run);
            assertTrue(run.sentence().contains("checkpoint"), run.sentence());
            assertEquals("failed", ResultFiles.ledger(output).get("status").getAsString());
            disk.resize("64m");
            assertSays(ExitStatus.DONE, "", train(door, keys));
            assertArrayEquals(Files.readAllBytes(undisturbed.resolve("model/weights.safetensors")),
                Files.readAllBytes(output.resolve("model/weights.safetensors")));
        }
    }

    /** What the other tests do not train; by itself each shows the best map that it has, and refuses one that it has not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "resnet18    | head=medical                | grad-cam  | cam",
        "resnet34    | attention=true,head=medical | attention | cam",
        "densenet121 | stem=small                  | cam       | attention",
    })
    void networksOfTheLiteratureTrainWithEachHead(String architecture, String options, String map, String lacking, Door door)
            throws IOException {
        TrainingImages.write(data, 6);
        assertSays(ExitStatus.DONE, "", train(door, "architecture", architecture, "options", options, "epochs", 1, "batch", 5, "size", 28));
        Map<String, byte[]> pictures = new HashMap<>();
        for (String explain : List.of("auto", map, lacking)) {
            Path used = folder.resolve(explain);
            Door.Run run = door.run(ClassifyImage.class, "input", data.resolve("lesion"), "model", output.resolve("model"), "output", used,
                "explain", explain);
            if (explain.equals(lacking)) {
                assertSays(ExitStatus.USAGE, "gives no " + lacking + " map", run);
            } else {
                assertSays(ExitStatus.DONE, "", run);
                pictures.put(explain, Files.readAllBytes(used.resolve("overlays/2.png.png")));
            }
        }
        assertArrayEquals(pictures.get(map), pictures.get("auto"), map);
    }

    /** Neither grey nor colour: two stains, of which only the second tells. */
    @Test
    void imagesOfTwoChannels(Door door) throws IOException {
        for (int i = 0; i < 8; i++) {
            for (String label : List.of("normal", "lesion")) {
                ImageStack stack = new ImageStack(20, 20);
                stack.addSlice(TestImages.square(20, 20, i, i, 100));
                stack.addSlice(TestImages.square(20, 20, label.equals("lesion") ? i : 0, 2, label.equals("lesion") ? 230 : 20));
                ImagePlus image = new ImagePlus(label, stack);
                image.setDimensions(2, 1, 1);
                TestImages.tiff(data.resolve(label + "/" + i + ".tif"), image);
            }
        }
        assertSays(ExitStatus.DONE, "", train(door, "epochs", 12, "learning_rate", 0.01));
        assertTrue(Files.readString(output.resolve("model/rdf.yaml")).contains("channels: 2"), Files.readString(output.resolve("model/rdf.yaml")));
        assertSays(ExitStatus.DONE, "", door.run(ClassifyImage.class, "input", data, "model", output.resolve("model"), "output",
            folder.resolve("used")));
        List<Map<String, String>> rows = ResultFiles.rows(folder.resolve("used"));
        assertEquals(16, rows.size());
        assertEquals(16, rows.stream().filter(row -> row.get("image").startsWith(row.get("label"))).count(), rows.toString());
    }

    @Test
    void aFinishedTrainingIsNotRepeated(Door door) throws IOException {
        images();
        train(door);
        var time = Files.getLastModifiedTime(output.resolve("model/rdf.yaml"));
        Door.Run again = train(door);
        assertSays(ExitStatus.DONE, "", again);
        assertTrue(again.out().contains("is finished already"), again.out());
        assertEquals(time, Files.getLastModifiedTime(output.resolve("model/rdf.yaml")));
        assertSays(ExitStatus.USAGE, "epochs was \"2\" and is \"3\"", train(door, "epochs", 3));
    }

    @Test
    void aFocalAlphaForAnotherNumberOfClasses(Door door) {
        images();
        assertSays(ExitStatus.USAGE, "focal_alpha has 3 numbers and the data has 2 classes (lesion, normal): give one for each, in this order, "
            + "or one for all.", train(door, "loss", "focal", "focal_alpha", "0.1,0.2,0.7"));
        assertSays(ExitStatus.DONE, "", train(door, "loss", "focal", "focal_alpha", "0.25,0.75"));
    }

    @Test
    void everythingAtOnceIsSaidAndWrittenDown(Door door) throws IOException {
        images();
        Door.Run run = train(door, "epochs", 4, "loss", "balanced", "class_weights", "1,3", "sampler", "balanced", "samples_per_class", 6,
            "mixup", 0.2, "optimizer", "sgd", "learning_rate", 0.02, "weight_decay", 1e-4, "warmup", 1, "schedule", "constant", "clip", 0,
            "ema", 0.5, "accumulate", 2, "patience", 3, "backbone_rate", 0.5);
        assertSays(ExitStatus.DONE, "", run);
        for (String said : List.of("Every batch holds 6 images of each of 2 classes, 12 in place of batch=4; an epoch has 2 batches.",
            "A step takes 2 batches, 24 images; an epoch has 1 step.", "fewer than samples_per_class=6",
            "Weights of the classes in the loss: lesion 1.000, normal 3.000.")) {
            assertTrue(run.out().contains(said), said + " in " + run.out());
            assertTrue(ResultFiles.ledger(output).get("remarks_on_training").toString().contains(said), said);
        }
        String card = Files.readString(output.resolve("model/rdf.yaml"));
        assertTrue(card.contains("sampler: balanced") && card.contains("ema: '0.5'"), card);
    }

    @Test
    void installedUnderItsName(Door door) {
        images();
        assertSays(ExitStatus.DONE, "", train(door, "install", true, "model_name", "installed-one"));
        assertTrue(Files.exists(door.models().resolve("installed-one/rdf.yaml")));
        assertTrue(door.run(ManageModels.class).out().contains("installed-one"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "no folder    | There is no data set",
        "nothing      | holds no folders with images",
        "one class    | has one class only (normal, 3 images)",
        "empty class  | has no image of the class lesion",
        "one image    | holds one image only (normal/0.png)",
    })
    void dataWithNothingToLearn(String kind, String part, Door door) throws IOException {
        switch (kind) {
            case "no folder" -> data = folder.resolve("not-there");
            case "one class" -> List.of(1, 2, 3).forEach(i -> TestImages.flat(data.resolve("normal/" + i + ".png"), i));
            case "empty class" -> {
                List.of(1, 2, 3).forEach(i -> TestImages.flat(data.resolve("normal/" + i + ".png"), i));
                TestImages.flat(data.resolve("other/4.png"), 4);
                Files.createDirectories(data.resolve("lesion"));
            }
            case "one image" -> TestImages.flat(data.resolve("normal/0.png"), 4);
            default -> { }
        }
        Door.Run run = train(door);
        assertSays(ExitStatus.USAGE, part, run);
        assertFalse(Files.exists(output), "nothing was made");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "epochs           | 0          | epochs",
        "epochs           | -3         | epochs",
        "learning_rate    | 0          | learning_rate",
        "batch            | 1          | batch",
        "architecture     | nosuch     | nosuch",
        "options          | breadth=3  | breadth",
        "options          | width      | width",
        "validation       | 1.5        | between 0 and 1",
        "validation       | #val       | val",
        "validation       | /not/there | /not/there",
        "positive         | nosuch     | positive=nosuch is none of the classes",
        "class_names      | a,b        | a",
        "augment          | upside     | upside",
        "initial_weights  | /not/there | /not/there",
        "model_name       | ../evil    | ../evil",
        "device           | gpu:7      | gpu:7",
        "class_weights    | 1,2,3      | class_weights has 3 numbers and the data has 2 classes (lesion, normal)",
        "class_weights    | often      | class_weights=often cannot be read",
        "focal_alpha      | 0.25       | focal_alpha says nothing without loss=focal",
        "samples_per_class| 3          | samples_per_class=3 says nothing without sampler=balanced",
        "backbone_rate    | 0          | backbone=freeze",
        "backbone         | freeze     | backbone=freeze without initial_weights",
        "momentum         | 0.5        | momentum=0.5 says nothing without optimizer=sgd",
        "focal_gamma      | 1          | focal_gamma=1.0 says nothing without loss=focal",
    })
    void aKeyThatCannotBe(String key, String value, String part, Door door) {
        images();
        Door.Run run = train(door, key, value);
        assertSays(ExitStatus.USAGE, part, run);
        assertFalse(Files.exists(output.resolve("model")), "no package");
        assertFalse(run.out().contains("epoch "), "nothing was trained: " + run.out());
        assertSays(ExitStatus.DONE, "", train(door));
    }

    @Test
    void anOutputWhoseNameIsNoModelName(Door door) {
        images();
        output = folder.resolve("ü");
        assertSays(ExitStatus.DONE, "", train(door));
        assertTrue(Files.exists(output.resolve("model/rdf.yaml")));
    }

    @Test
    void theSameImageInTrainingAndValidationIsNamed(Door door) throws IOException {
        images();
        Path validation = folder.resolve("validation");
        TestImages.flat(validation.resolve("normal/x.png"), 25);
        TestImages.flat(validation.resolve("lesion/y.png"), 250);
        assertSays(ExitStatus.USAGE, "normal/1.png = normal/x.png", train(door, "validation", validation.toString()));
    }

    @Test
    void aPatientInBothIsNamed(Door door) throws IOException {
        images();
        StringBuilder table = new StringBuilder("path,label,group,split\n");
        for (int i = 0; i < 6; i++) {
            for (String label : List.of("normal", "lesion")) {
                table.append(label).append('/').append(i).append(".png,").append(label).append(",patient").append(i % 5).append(',')
                    .append(i < 4 ? "train" : "val").append('\n');
            }
        }
        data = Files.writeString(data.resolve("set.csv"), table);
        assertSays(ExitStatus.USAGE, "patient0", train(door));
    }

    @Test
    void aTableWithUnlabelledAndDoubledRows(Door door) throws IOException {
        images();
        StringBuilder table = new StringBuilder("path,label,split\n");
        for (int i = 0; i < 6; i++) {
            for (String label : List.of("normal", "lesion")) {
                table.append(label).append('/').append(i).append(".png,").append(label).append(',').append(i < 4 ? "train" : "val").append('\n');
            }
        }
        table.append("normal/0.png,normal,train\nnowhere.png,normal,train\nnormal/1.png,,train\n");
        data = Files.writeString(data.resolve("set.csv"), table);
        Door.Run run = train(door);
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        List<String> listed = run.out().lines().filter(line -> line.startsWith("left out ")).toList();
        assertEquals(List.of("left out normal/0.png: listed on line 2 already (line 14)", "left out nowhere.png: no such file (line 15)",
            "left out normal/1.png: no label (line 16)"), listed);
        assertTrue(ResultFiles.ledger(output).get("left_out").toString().contains("nowhere.png"));
        assertEquals(4, ResultFiles.rows(output).size());
    }

    @ParameterizedTest
    @CsvSource({"text", "NaN"})
    void anUnreadableImageIsListed(String kind, Door door) throws IOException {
        images();
        if (kind.equals("text")) {
            Files.writeString(data.resolve("normal/bad.png"), "not a picture");
        } else {
            FloatProcessor pixels = new FloatProcessor(16, 16);
            pixels.set(Float.NaN);
            TestImages.tiff(data.resolve("normal/bad.png"), new ImagePlus("", pixels));
        }
        Door.Run run = train(door, "intensity", kind.equals("NaN") ? "zscore" : "auto");
        assertEquals(ExitStatus.PARTIAL, run.status(), run.sentence());
        assertEquals(List.of("normal/bad.png"), ResultFiles.failures(output).stream().map(row -> row.get("image")).toList());
        assertEquals("partial", ResultFiles.ledger(output).get("status").getAsString());
        assertTrue(Files.exists(output.resolve("model/rdf.yaml")));
        Door.Run again = train(door, "intensity", kind.equals("NaN") ? "zscore" : "auto");
        assertEquals(ExitStatus.PARTIAL, again.status(), again.sentence());
        assertFalse(again.out().contains("epoch 1/"), "nothing is trained again: " + again.out());
        assertEquals(1, ResultFiles.failures(output).size());
    }

    @Test
    void aLossThatIsNoNumberStopsAndNamesTheBatch(Door door) {
        images();
        Door.Run run = train(door, "learning_rate", 1e30, "epochs", 6);
        assertTrue(run.status() == ExitStatus.FAILED || run.status() == ExitStatus.PARTIAL, run.sentence());
        String said = run.sentence() + run.out();
        assertTrue(said.contains("normal/") || said.contains("lesion/"), said);
        assertEquals(run.status() == ExitStatus.PARTIAL, Files.exists(output.resolve("model/rdf.yaml")));
        assertSays(run.status() == ExitStatus.PARTIAL ? ExitStatus.USAGE : ExitStatus.DONE, "", train(door));
    }

    @Test
    void severalLabelsAtOnce(Door door) throws IOException {
        images();
        StringBuilder table = new StringBuilder("path,label\n");
        for (int i = 0; i < 6; i++) {
            table.append("normal/").append(i).append(".png,").append(i % 2 == 0 ? "dark" : "dark;odd").append('\n');
            table.append("lesion/").append(i).append(".png,").append(i % 2 == 0 ? "bright" : "bright;odd").append('\n');
        }
        data = Files.writeString(data.resolve("set.csv"), table);
        assertSays(ExitStatus.DONE, "", train(door));
        assertTrue(ResultFiles.rows(output).get(0).keySet().containsAll(List.of("p_dark", "p_odd", "p_bright", "truth")));
    }
}
