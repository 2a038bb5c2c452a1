package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.door.TrainingImages;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.PackageReader;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.pipeline.ImageClassifier;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.TensorFlowService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code Train Classifier...} with folds, through the wall. */
@ExtendWith(Door.Extension.class)
class CrossValidationIT {

    private static final int PER_CLASS = 15;

    @TempDir
    private Path folder;
    private Path table;
    private Path output;

    /** Patients of three images each, of both classes; three sites. */
    @BeforeEach
    void images() throws IOException {
        TrainingImages.write(folder.resolve("data"), PER_CLASS);
        StringBuilder text = new StringBuilder("path,label,group,site\n");
        for (int i = 0; i < PER_CLASS; i++) {
            for (String label : List.of("normal", "lesion")) {
                text.append("data/").append(label).append('/').append(i).append(".png,").append(label).append(",p")
                    .append((label.equals("lesion") ? i + 1 : i) / 3).append(",site ").append("ABC".charAt(i / 3 % 3)).append('\n');
            }
        }
        table = Files.writeString(folder.resolve("data.csv"), text);
        output = folder.resolve("three-folds");
    }

    private Door.Run train(Door door, Object... more) {
        List<Object> keys = new ArrayList<>(List.of("data", table, "output", output, "size", 28, "epochs", 4, "batch", 6, "validation", "0.3",
            "learning_rate", 0.01, "options", "width=4,depth=1,stages=2", "device", "cpu"));
        keys.addAll(Arrays.asList(more));
        Door.Run run = door.run(TrainClassifierCommand.class, keys.toArray());
        assertFalse((run.err() + run.out()).contains("\tat "), run.err());
        assertEquals(List.of(), ResultFiles.leftovers(output), "nothing half done stays");
        return run;
    }

    private static void assertSays(ExitStatus status, String part, Door.Run run) {
        assertEquals(status, run.status(), run.sentence() + run.out() + run.err());
        assertTrue((run.sentence() + run.out()).contains(part), run.sentence() + run.out());
    }

    private JsonObject figures() throws IOException {
        return JsonParser.parseString(Files.readString(output.resolve("metrics.json"))).getAsJsonObject();
    }

    private static double[] values(Iterable<JsonElement> folds, String key) {
        return StreamSupport.stream(folds.spliterator(), false).mapToDouble(fold -> fold.getAsJsonObject().get(key).getAsDouble()).toArray();
    }

    @Test
    void foldsAreJudgedByNetworksThatDidNotSeeThemAndBecomeOnePackage(Door door) throws IOException {
        Door.Run run = train(door, "folds", 3);
        assertSays(ExitStatus.DONE, "pooled over 3 folds", run);
        List<Map<String, String>> rows = ResultFiles.rows(output);
        assertEquals(2 * PER_CLASS, rows.stream().map(row -> row.get("image")).distinct().count());
        assertEquals(2 * PER_CLASS, rows.size());
        Map<String, Set<String>> foldsOfPatient = new HashMap<>();
        Map<String, String> patient = new HashMap<>();
        Files.readAllLines(table).forEach(line -> patient.put(line.split(",")[0], line.split(",")[2]));
        rows.forEach(row -> foldsOfPatient.computeIfAbsent(patient.get(row.get("image")), p -> new HashSet<>()).add(row.get("fold")));
        assertTrue(foldsOfPatient.values().stream().allMatch(folds -> folds.size() == 1), foldsOfPatient.toString());
        assertEquals(Set.of("1", "2", "3"), new HashSet<>(rows.stream().map(row -> row.get("fold")).toList()));
        rows.forEach(row -> assertEquals(patient.get(row.get("image")), row.get("group")));
        assertEquals(Set.of("site A", "site B", "site C"), new HashSet<>(rows.stream().map(row -> row.get("site")).toList()));

        JsonObject figures = figures();
        double right = rows.stream().filter(row -> row.get("label").equals(row.get("truth"))).count();
        assertEquals(right / rows.size(), figures.get("accuracy").getAsDouble(), 1e-12);
        double[] accuracies = values(figures.getAsJsonArray("folds"), "accuracy");
        double[] items = values(figures.getAsJsonArray("folds"), "items");
        assertEquals(right, accuracies[0] * items[0] + accuracies[1] * items[1] + accuracies[2] * items[2], 1e-9);
        double mean = (accuracies[0] + accuracies[1] + accuracies[2]) / 3;
        double sum = Arrays.stream(accuracies).map(a -> (a - mean) * (a - mean)).sum();
        assertEquals(mean, figures.getAsJsonObject("folds_mean").get("accuracy").getAsDouble(), 1e-12);
        assertEquals(Math.sqrt(sum / 2), figures.getAsJsonObject("folds_standard_deviation").get("accuracy").getAsDouble(), 1e-12);
        assertTrue(figures.get("notes").toString().contains("Pooled out-of-fold"));

        String card = Files.readString(output.resolve("model/rdf.yaml"));
        assertTrue(card.contains("ensemble_of: 3") && card.contains("judged on no image"), card);
        assertEquals("done", ResultFiles.ledger(output).get("status").getAsString());
        assertTrue(ResultFiles.ledger(output).getAsJsonObject("timings_s").has("wait_for_input"));
        for (int fold = 1; fold <= 3; fold++) {
            assertTrue(Files.exists(output.resolve("folds/" + fold + "/plots/training.png")));
            assertTrue(Files.readString(output.resolve("folds/" + fold + "/model/rdf.yaml")).contains("fold " + fold + " of 3, which was held out"));
        }
        assertSays(ExitStatus.DONE, "", door.run(ManageModels.class, "action", "verify", "model", output.resolve("model")));
        assertTheMembersMeanAndTheirRows(door.context().service(TensorFlowService.class).backend(), rows);
        assertSays(ExitStatus.DONE, "the mean of 3 networks", door.run(ManageModels.class, "action", "export", "model", output.resolve("model"),
            "output", folder.resolve("mean.safetensors")));
        assertSays(ExitStatus.USAGE, "those of 3 networks whose mean the model is", door.run(TrainClassifierCommand.class, "data", table,
            "output", folder.resolve("next"), "initial_weights", output.resolve("model"), "size", 28, "epochs", 1,
            "options", "width=4,depth=1,stages=2", "device", "cpu"));

        Door.Run again = train(door, "folds", 3);
        assertSays(ExitStatus.DONE, "This cross-validation is finished already", again);
        assertFalse(again.out().contains("epoch 1/"), again.out());
        assertEquals(rows, ResultFiles.rows(output));
    }

    /** The package gives what {@code model=a,b,c} gives; each member what its fold's rows say. */
    private void assertTheMembersMeanAndTheirRows(Backend backend, List<Map<String, String>> rows) {
        List<ModelPackage> members = new ArrayList<>();
        for (int fold = 1; fold <= 3; fold++) {
            members.add(new PackageReader().open(output.resolve("folds/" + fold + "/model")));
        }
        List<ModelPackage> whole = List.of(new PackageReader().open(output.resolve("model")));
        double spread = 0;
        List<ImageClassifier> alone = members.stream().map(model -> ImageClassifier.open(backend, List.of(model), "cpu", Explain.NONE)).toList();
        int lesion = alone.get(0).classNames().indexOf("lesion");
        try (ImageClassifier three = ImageClassifier.open(backend, members, "cpu", Explain.NONE);
                ImageClassifier one = ImageClassifier.open(backend, whole, "cpu", Explain.ATTENTION)) {
            for (Map<String, String> row : rows) {
                SourceImage image;
                try (var source = new ImageFiles().open(folder.resolve(row.get("image")))) {
                    image = source.image(source.positions(1, 0).get(0));
                }
                double[] mean = three.classify(image).probabilities();
                ImageClassifier.Result result = one.classify(image);
                assertArrayEquals(mean, result.probabilities(), 1e-6, row.get("image"));
                assertTrue(result.explanation().isPresent(), "attention");
                double held = alone.get(Integer.parseInt(row.get("fold")) - 1).classify(image).probabilities()[lesion];
                assertEquals(held, Double.parseDouble(row.get("p_lesion")), 1e-5, row.get("image"));
                spread = Math.max(spread, Math.abs(held - mean[lesion]));
            }
        } finally {
            alone.forEach(ImageClassifier::close);
        }
        assertTrue(spread > 1e-3, "the members differ: " + spread);
    }

    /** An image of the same size and name with other pixels, after the folds have ended and before their mean was written. */
    @Test
    void aFoldOfOtherImagesIsNotTaken(Door door) throws IOException {
        assertSays(ExitStatus.DONE, "", train(door, "folds", 2, "epochs", 1));
        Files.delete(output.resolve("model/rdf.yaml"));
        Files.move(output.resolve("model"), folder.resolve("away"));
        assertSays(ExitStatus.DONE, "it was trained already", train(door, "folds", 2, "epochs", 1));
        Files.move(output.resolve("model"), folder.resolve("away again"));
        Path image = folder.resolve("data/normal/4.png");
        byte[] before = Files.readAllBytes(image);
        TestImages.flat(folder.resolve("flat.png"), 90);
        // what follows the end of a PNG is not read
        Files.write(image, Arrays.copyOf(Files.readAllBytes(folder.resolve("flat.png")), before.length));
        assertSays(ExitStatus.USAGE, "Fold 1 of 2: its network was trained already, and the images or their labels have changed since",
            train(door, "folds", 2, "epochs", 1));
        Files.write(image, before);
        assertSays(ExitStatus.DONE, "fold 2: held-out AUC", train(door, "folds", 2, "epochs", 1));
        Files.write(image, Arrays.copyOf(Files.readAllBytes(folder.resolve("flat.png")), before.length));
        assertSays(ExitStatus.USAGE, "Fold 1 of 2: its network was trained already, and the images or their labels have changed since",
            train(door, "folds", 2, "epochs", 1));
        Files.write(image, before);
        assertSays(ExitStatus.DONE, "This cross-validation is finished already", train(door, "folds", 2, "epochs", 1));
    }

    /** Killed between two folds, and started again with other settings or weights: the mean would be of networks that are not alike. */
    @Test
    void aFoldOfAnotherTrainingIsNotTaken(Door door) throws IOException {
        assertSays(ExitStatus.DONE, "", train(door, "folds", 2, "epochs", 1));
        Path weights = Files.copy(output.resolve("folds/1/model/weights.safetensors"), folder.resolve("first.safetensors"));
        Path others = Files.copy(output.resolve("folds/2/model/weights.safetensors"), folder.resolve("others.safetensors"));
        unfinished("1");
        assertSays(ExitStatus.USAGE, "Fold 1 of 2: its network was trained already, and not as it would be now: learning_rate was 0.01 and is 0.02",
            train(door, "folds", 2, "epochs", 1, "learning_rate", 0.02));
        Object[] keys = {"folds", 2, "epochs", 1, "initial_weights", weights, "resume", "no"};
        assertSays(ExitStatus.DONE, "", train(door, keys));
        Files.copy(others, weights, StandardCopyOption.REPLACE_EXISTING);
        keys[keys.length - 1] = "auto";
        assertSays(ExitStatus.USAGE, "Fold 1 of 2: its network was trained already, and not as it would be now: initial_weights was ",
            train(door, keys));
        unfinished("2");
        assertSays(ExitStatus.USAGE, "Fold 1 of 2: its network was trained already, and not as it would be now: initial_weights was ",
            train(door, keys));
    }

    /** As a kill between the folds and the mean leaves it, with the tables gone. */
    private void unfinished(String name) throws IOException {
        Files.move(output.resolve("model"), folder.resolve("away" + name));
        try (Stream<Path> files = Files.list(output)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void oneFoldForEachSite(Door door) throws IOException {
        Door.Run run = train(door, "fold_by", "site", "epochs", 1);
        assertSays(ExitStatus.DONE, "fold 2 (site B) of 3", run);
        for (Map<String, String> row : ResultFiles.rows(output)) {
            int i = Integer.parseInt(row.get("image").replaceAll("\\D", ""));
            assertEquals(1 + i / 3 % 3, Integer.parseInt(row.get("fold")), row.get("image"));
        }
        assertEquals("site C", figures().getAsJsonArray("folds").get(2).getAsJsonObject().get("site").getAsString());
        assertTrue(run.out().contains("share a group or their content with images of site A"), run.out());
    }

    @Test
    void theFoldThatFailsIsNamedAndWhatEndedBeforeStays(Door door) throws IOException {
        Door.Run run = train(door, "folds", 3, "learning_rate", 1e30);
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.sentence().contains("Fold 1 of 3: "), run.sentence());
        assertEquals("failed", ResultFiles.ledger(output).get("status").getAsString());
        assertFalse(Files.exists(output.resolve("model")));
    }

    @Test
    void anUnreadableImageIsListedAndTheRestIsJudged(Door door) throws IOException {
        Files.writeString(folder.resolve("data/normal/4.png"), "no picture");
        Door.Run run = train(door, "folds", 2, "epochs", 1);
        assertEquals(ExitStatus.PARTIAL, run.status(), run.sentence());
        assertEquals(2 * PER_CLASS - 1, ResultFiles.rows(output).size());
        assertEquals("data/normal/4.png", ResultFiles.failures(output).get(0).get("image"));
        assertEquals(2 * PER_CLASS - 1, figures().get("items").getAsInt());
    }

    @Test
    void tooFewPatientsAreRefusedBeforeAnythingIsWritten(Door door) {
        Door.Run run = train(door, "folds", 8);
        assertSays(ExitStatus.USAGE, "are 6 groups that must stay together", run);
        assertFalse(Files.exists(output));
    }
}
