package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import io.github.lesionj.core.Csv;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.phantom.PhantomSet;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.modelpackage.Checksum;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.PackageReader;
import io.github.lesionj.pipeline.ModelLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Evaluate Model...} with a network whose answer is an image's brightness, and with a trained one on phantoms. */
@ExtendWith(Door.Extension.class)
class EvaluateModelIT {

    private static final double TOLERANCE = 1e-6;

    @TempDir
    private Path folder;
    private Path input;
    private Path output;

    @BeforeEach
    void folders() throws IOException {
        input = Files.createDirectory(folder.resolve("in"));
        output = folder.resolve("out");
    }

    private Path table(String header, String... rows) throws IOException {
        return Files.writeString(input.resolve("set.csv"), header + "\n" + String.join("\n", rows) + "\n");
    }

    private Door.Run evaluate(Door door, Object data, Object... more) {
        Object[] keys = Stream.concat(Stream.of("model", "brightness", "data", data.toString(), "output", output, "bootstrap", 100),
            Stream.of(more)).toArray();
        return door.run(EvaluateModel.class, keys);
    }

    private JsonObject metrics() throws IOException {
        return JsonParser.parseString(Files.readString(output.resolve("metrics.json"))).getAsJsonObject();
    }

    private static double number(JsonObject json, String key) {
        return json.get(key).getAsDouble();
    }

    private static boolean isNull(JsonObject json, String key) {
        return json.has(key) && json.get(key).isJsonNull();
    }

    /** Probabilities of lesion: 0.2, 0.4, 0.6, 0.8 and 1; patients p and q, sites A and B. */
    private Path fiveImages() throws IOException {
        int[] values = {51, 102, 153, 204, 255};
        for (int i = 0; i < values.length; i++) {
            TestImages.flat(input.resolve(i + ".png"), values[i]);
        }
        return table("path,label,group,site", "0.png,Normal,p,A", "1.png,LESION,p,A", "2.png,normal,q,B", "3.png,lesion,r,B",
            "4.png,lesion,r,B");
    }

    @Test
    void figuresByHand(Door door) throws IOException {
        Door.Run run = evaluate(door, fiveImages());
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        JsonObject metrics = metrics();
        assertEquals(0.6, number(metrics, "accuracy"), TOLERANCE);
        assertEquals(2 / 3.0, number(metrics, "sensitivity"), TOLERANCE);
        assertEquals(0.5, number(metrics, "specificity"), TOLERANCE);
        assertEquals(5 / 6.0, number(metrics, "auc"), TOLERANCE);
        assertEquals((0.04 + 0.36 + 0.36 + 0.04 + 0) / 5, number(metrics, "brier"), TOLERANCE);
        assertEquals("[[1,1],[1,2]]", metrics.get("confusion_matrix").toString());
        assertEquals("lesion", metrics.get("positive").getAsString());
        assertTrue(number(metrics, "accuracy_low") < 0.6 && number(metrics, "accuracy_high") > 0.6, metrics.toString());
        assertEquals("groups", metrics.getAsJsonObject("bootstrap").get("drawn").getAsString());
        assertEquals(List.of("normal", "lesion", "normal", "lesion", "lesion"), ResultFiles.rows(output).stream().map(row -> row.get("truth")).toList());
    }

    @Test
    void groupsAndSites(Door door) throws IOException {
        assertEquals(ExitStatus.DONE, evaluate(door, fiveImages(), "aggregate", "max").status());
        JsonObject groups = metrics().getAsJsonObject("groups");
        assertEquals(3, groups.get("items").getAsInt());
        // p: 0.4 and a lesion, q: 0.6 and none, r: 1 and a lesion
        assertEquals(1 / 3.0, number(groups, "accuracy"), TOLERANCE);
        assertEquals(0.5, number(groups, "auc"), TOLERANCE);
        assertEquals(List.of("p", "2", "normal", "0.600000", "0.400000", "lesion"), Csv.read(output.resolve("groups.csv")).get(1));
        JsonObject sites = metrics().getAsJsonObject("sites");
        assertEquals(0.5, number(sites.getAsJsonObject("A"), "accuracy"), TOLERANCE);
        assertEquals(2 / 3.0, number(sites.getAsJsonObject("B"), "accuracy"), TOLERANCE);
    }

    @Test
    void theWorstErrorsAreListedAndDrawn(Door door) throws IOException {
        assertEquals(ExitStatus.DONE, evaluate(door, fiveImages(), "worst", 1).status());
        List<List<String>> worst = Csv.read(output.resolve("worst.csv"));
        assertEquals(List.of("item", "truth", "label", "probability_of_truth", "loss"), worst.get(0));
        assertEquals(List.of("1.png", "2.png"), List.of(worst.get(1).get(0), worst.get(2).get(0)));
        assertEquals(List.of("lesion", "normal", "0.400000", "0.916291"), worst.get(1).subList(1, 5));
        assertEquals(3, worst.size(), "what is right is no error");
        assertTrue(Files.exists(output.resolve("overlays/1.png.png")));
        assertFalse(Files.exists(output.resolve("overlays/2.png.png")), "only one was asked for");
    }

    @Test
    void curvesAreDrawn(Door door) throws IOException {
        evaluate(door, fiveImages());
        for (String plot : List.of("roc", "precision_recall", "reliability", "accuracy_coverage", "confusion_matrix")) {
            assertTrue(ImageIO.read(output.resolve("plots/" + plot + ".png").toFile()).getWidth() > 200, plot);
        }
    }

    @Test
    void theTableIsPrintedAndIsImageJsResults(Door door) throws IOException {
        Door.Run run = evaluate(door, fiveImages());
        assertTrue(run.out().startsWith("5 items, positive is lesion"), run.out());
        assertTrue(run.out().lines().anyMatch(line -> line.matches("accuracy +0\\.6000 +0\\.\\d+ to .*")), run.out());
        ResultsTable table = Analyzer.getResultsTable();
        int row = 0;
        while (!table.getStringValue("figure", row).equals("accuracy")) {
            row++;
        }
        assertEquals(0.6, table.getValue("value", row), TOLERANCE);
        assertEquals(number(metrics(), "accuracy_high"), table.getValue("high", row), TOLERANCE);
    }

    @Test
    void numbersAreTheModelsClassesUnlessTheyAreNamed(Door door) throws IOException {
        TestImages.flat(input.resolve("a.png"), 51);
        TestImages.flat(input.resolve("b.png"), 255);
        Path table = table("path,label", "a.png,0", "b.png,1");
        assertEquals(ExitStatus.DONE, evaluate(door, table).status());
        assertEquals(1, number(metrics(), "accuracy"));
        output = folder.resolve("reversed");
        assertEquals(ExitStatus.DONE, evaluate(door, table, "class_names", "Lesion,Normal").status());
        assertEquals(0, number(metrics(), "accuracy"));
    }

    @Test
    void thresholdAndPositiveOfThisRun(Door door) throws IOException {
        Path data = fiveImages();
        evaluate(door, data, "threshold", "0.3");
        assertEquals(1, number(metrics(), "sensitivity"));
        assertEquals(0.3, number(metrics(), "threshold"));
        output = folder.resolve("other");
        evaluate(door, data, "positive", "NORMAL");
        assertEquals("normal", metrics().get("positive").getAsString());
        assertEquals(0.5, number(metrics(), "sensitivity"), TOLERANCE);
        assertEquals(5 / 6.0, number(metrics(), "auc"), TOLERANCE);
    }

    @Test
    void oneImageOfOneClass(Door door) throws IOException {
        TestImages.flat(input.resolve("a.png"), 255);
        Door.Run run = evaluate(door, table("path,label", "a.png,lesion"));
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        JsonObject metrics = metrics();
        assertEquals(1, number(metrics, "sensitivity"));
        for (String key : List.of("auc", "auc_low", "specificity", "balanced_accuracy", "average_precision")) {
            assertEquals(key.equals("average_precision"), !isNull(metrics, key), key);
        }
        assertTrue(metrics.get("notes").toString().contains("Every item is of the class lesion"), metrics.get("notes").toString());
    }

    @Test
    void noNegativeAndABrokenFile(Door door) throws IOException {
        TestImages.flat(input.resolve("a.png"), 255);
        TestImages.flat(input.resolve("b.png"), 51);
        Files.write(input.resolve("c.png"), new byte[] {1, 2, 3});
        Door.Run run = evaluate(door, table("path,label", "a.png,lesion", "b.png,lesion", "c.png,lesion", "missing.png,lesion"), "operating_point",
            "youden");
        assertEquals(ExitStatus.PARTIAL, run.status(), run.sentence());
        assertEquals(0.5, number(metrics(), "sensitivity"), TOLERANCE);
        String notes = metrics().get("notes").toString();
        assertTrue(notes.contains("2 of 4 items failed") && notes.contains("No operating threshold was chosen"), notes);
        assertFalse(Files.exists(output.resolve("model")), "nothing was fitted");
        assertEquals("partial 4/0/2/2", ResultFiles.counts(output));
    }

    /** A score that is no number is the item's failure, and no figure counts it. */
    @Test
    void notANumber(Door door) throws IOException {
        FloatProcessor pixels = new FloatProcessor(20, 20);
        pixels.setf(3, 3, Float.NaN);
        TestImages.tiff(input.resolve("nan.tif"), new ImagePlus("nan", pixels));
        TestImages.flat(input.resolve("a.png"), 51);
        TestImages.flat(input.resolve("b.png"), 255);
        assertEquals(ExitStatus.PARTIAL, evaluate(door, table("path,label", "nan.tif,lesion", "a.png,normal", "b.png,lesion")).status());
        assertEquals(1, number(metrics(), "auc"));
        assertEquals(2, metrics().get("items").getAsInt());
        assertEquals("nan.tif", ResultFiles.failures(output).get(0).get("image"));
    }

    @Test
    void whereEveryItemFails(Door door) throws IOException {
        Files.write(input.resolve("c.png"), new byte[] {1, 2, 3});
        Door.Run run = evaluate(door, table("path,label", "c.png,lesion"));
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.sentence().contains("c.png"), run.sentence());
        assertFalse(Files.exists(output.resolve("metrics.json")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "path,label;a.png,cyst | | 'The label \"cyst\" of'",
        "path,label;a.png,normal:lesion;b.png,lesion | | several labels may be true of one image",
        "path,label;a.png,2 | | The label 2 of",
        "path,label;a.png,0 | class_names=cyst,lesion | does not know the class cyst",
        "path,label;a.png,lesion | calibrate=temperature | gives probabilities and no scores",
        "path,label;a.png,lesion | operating_point=best | operating_point=best is not understood",
        "path,label;a.png,lesion | threshold=1.5 | threshold=1.5 must lie between 0 and 1",
        "path,label;a.png,lesion | abstain=0,5 | 'abstain=0,5 is not a number'",
        "path,label;a.png,lesion | positive=cyst | positive=cyst is none of the classes"})
    void wrongUse(String rows, String key, String expected, Door door) throws IOException {
        TestImages.flat(input.resolve("a.png"), 51);
        TestImages.flat(input.resolve("b.png"), 255);
        String[] lines = rows.split(";");
        for (int i = 0; i < lines.length; i++) {
            lines[i] = lines[i].replace(':', ';');
        }
        Path data = table(lines[0], List.of(lines).subList(1, lines.length).toArray(String[]::new));
        Door.Run run = key == null ? evaluate(door, data) : evaluate(door, data, (Object[]) key.split("=", 2));
        assertEquals(ExitStatus.USAGE, run.status(), run.out());
        assertTrue(run.sentence().contains(expected), run.sentence());
        assertFalse(Files.exists(output), "nothing was written");
    }

    @Test
    void aStackIsNoLabelledImage(Door door) throws IOException {
        ImageStack stack = new ImageStack(20, 20);
        stack.addSlice(new ByteProcessor(20, 20));
        stack.addSlice(new ByteProcessor(20, 20));
        TestImages.tiff(input.resolve("s.tif"), new ImagePlus("s", stack));
        TestImages.flat(input.resolve("a.png"), 51);
        assertEquals(ExitStatus.PARTIAL, evaluate(door, table("path,label", "s.tif,normal", "a.png,normal")).status());
        assertTrue(ResultFiles.failures(output).get(0).get("reason").contains("is a stack of 2 images"));
    }

    @Test
    void anotherCardIsAnotherModel(Door door) throws IOException {
        Path data = fiveImages();
        Path model = TinyModel.named("brightness-own").write(folder);
        assertEquals(ExitStatus.DONE, evaluate(door, data, "model", model).status());
        Path card = model.resolve("rdf.yaml");
        Files.writeString(card, Files.readString(card).replace("  lesionj:\n", "  lesionj:\n    threshold: 0.3\n"));
        Door.Run run = evaluate(door, data, "model", model);
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains("the card of the model has changed"), run.sentence());
    }

    @Test
    void twoModelsAreJudgedByTheirMean(Door door) throws IOException {
        TinyModel.named("brightness-half").factor(0.5).write(door.models());
        Path data = fiveImages();
        Door.Run run = evaluate(door, data, "model", "brightness,brightness-half", "abstain", "0.58");
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        // means 0.15, 0.3, 0.45, 0.6, 0.75
        assertEquals(0.8, number(metrics(), "accuracy"), TOLERANCE);
        assertEquals((0.15 * 0.15 + 0.7 * 0.7 + 0.45 * 0.45 + 0.4 * 0.4 + 0.25 * 0.25) / 5, number(metrics(), "brier"), TOLERANCE);
        // decided are the first two and the last two, of which the second is wrong
        JsonObject abstention = metrics().getAsJsonObject("abstention");
        assertEquals(0.8, abstention.get("coverage").getAsDouble(), TOLERANCE);
        assertEquals(0.75, abstention.get("accuracy").getAsDouble(), TOLERANCE);
        assertTrue(run.out().contains("Undecided below 0.58: 80.0 % decided, of which 0.7500 right."), run.out());
        assertFalse(Files.exists(output.resolve("model")), "an ensemble has no package");
        Door.Run fitted = evaluate(door, data, "model", "brightness,brightness-half", "operating_point", "youden");
        assertEquals(ExitStatus.USAGE, fitted.status());
        assertTrue(fitted.sentence().contains("evaluate them one by one"), fitted.sentence());
    }

    private static Map<String, String> checksums(Path model) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(model)) {
            files.filter(Files::isRegularFile).forEach(file -> sums.put(model.relativize(file).toString(), Checksum.of(file)));
        }
        return sums;
    }

    /** Phantoms of which some are labelled wrongly, so that there is something to calibrate. */
    private Path phantoms() throws IOException {
        PhantomSet.write(input.resolve("phantoms"), 24, 7, 64, 64, Progress.NONE);
        StringBuilder rows = new StringBuilder("path,label\n");
        try (Stream<Path> files = Files.walk(input.resolve("phantoms"))) {
            List<Path> images = files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
            for (int i = 0; i < images.size(); i++) {
                boolean lesion = images.get(i).getParent().getFileName().toString().equals("lesion") ^ i % 5 == 0;
                rows.append(input.relativize(images.get(i))).append(lesion ? ",lesion\n" : ",normal\n");
            }
        }
        return Files.writeString(input.resolve("phantoms.csv"), rows.toString());
    }

    @Test
    void whatIsFittedIsWhatTheNewPackageDoes(Door door) throws IOException {
        Path data = phantoms();
        Path shipped = ModelLibrary.store().find("phantom-lesion").folder();
        Map<String, String> before = checksums(shipped);
        Door.Run run = door.run(EvaluateModel.class, "model", "phantom-lesion", "data", data, "output", output, "bootstrap", 0, "worst", 0,
            "calibrate", "temperature", "operating_point", "cost:3", "abstain", "0.7");
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        assertEquals(before, checksums(shipped), "the judged package never changes");
        JsonObject metrics = metrics();
        JsonObject calibration = metrics.getAsJsonObject("calibration");
        assertTrue(number(calibration, "nll") < number(calibration, "nll_before"), calibration.toString());
        assertEquals(number(calibration, "ece_before"), number(metrics, "ece"), "the figures are the judged model's");

        ModelCard card = new PackageReader().open(output.resolve("model")).card();
        assertEquals("phantom-lesion-calibrated", card.name());
        assertEquals(number(calibration, "temperature"), card.temperature());
        assertEquals(number(metrics.getAsJsonObject("operating_point"), "threshold"), card.threshold());
        assertEquals(0.7, card.abstain());
        Map<?, ?> fitted = (Map<?, ?>) card.quality().get("fitted");
        assertEquals("phantoms.csv", fitted.get("set"));
        assertEquals(24, fitted.get("items"));
        assertTrue(fitted.get("checksum").toString().matches("[0-9a-f]{64}"));
        Map<String, String> copied = checksums(output.resolve("model"));
        before.forEach((file, sum) -> {
            if (file.equals("rdf.yaml") || file.equals("README.md")) {
                assertNotEquals(sum, copied.get(file), file);
            } else {
                assertEquals(sum, copied.get(file), file);
            }
        });
        assertEquals(ExitStatus.DONE, door.run(ManageModels.class, "action", "verify", "model", output.resolve("model")).status());

        Path first = output;
        output = folder.resolve("again");
        assertEquals(ExitStatus.DONE, door.run(EvaluateModel.class, "model", first.resolve("model"), "data", data, "output", output,
            "bootstrap", 0, "worst", 0).status());
        JsonObject again = metrics();
        assertEquals(number(calibration, "ece"), number(again, "ece"), TOLERANCE);
        assertEquals(number(calibration, "brier"), number(again, "brier"), TOLERANCE);
        for (String key : List.of("sensitivity", "specificity", "threshold")) {
            assertEquals(number(metrics.getAsJsonObject("operating_point"), key), number(again, key), TOLERANCE, key);
        }
        long confident = ResultFiles.rows(output).stream().filter(row -> row.get("confident").equals("true")).count();
        assertEquals(number(metrics.getAsJsonObject("abstention"), "coverage"), confident / 24.0, TOLERANCE);
    }
}
