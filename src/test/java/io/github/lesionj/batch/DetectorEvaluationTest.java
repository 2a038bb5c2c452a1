package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.Roi;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.Csv;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.door.CancelAt;
import io.github.lesionj.door.CellSet;
import io.github.lesionj.door.CellSet.Cell;
import io.github.lesionj.door.FakeBackend;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.door.TinyDetector;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.evaluation.Bootstrap;
import io.github.lesionj.evaluation.detection.DetectionOperatingRule;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.RoiFiles;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.PackageReader;
import io.github.lesionj.pipeline.DetectionSettings;
import io.github.lesionj.results.AuditStack;
import io.github.lesionj.results.ReportExporter;
import io.github.lesionj.results.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells judged whose scores everybody can work out; {@link CellSet#ofThree} says which. */
class DetectorEvaluationTest {

    private static final double TOLERANCE = 1e-6;
    private static final Consumer<FloatTensor> WELL = batch -> { };

    @TempDir
    private Path folder;

    @AfterEach
    void threadsHaveEnded() {
        FakeRuns.threadsHaveEnded();
    }

    private Path set() {
        return CellSet.ofThree(folder.resolve("set")).folder();
    }

    private DetectorEvaluationRequest request(Path data, String operating, int worst) {
        ModelPackage model = new PackageReader().open(Files.exists(folder.resolve("models/cells")) ? folder.resolve("models/cells")
            : new TinyDetector("cells").write(folder.resolve("models")));
        ModelCard card = model.card();
        return new DetectorEvaluationRequest("Evaluate Model...", Map.of("seed", "1", "operating_point", operating),
            EvaluationData.open(data.toString(), "", card, new ImageFiles(null, null)), model, DetectionSettings.of(card), "cpu", 0, new Bootstrap(200, 1),
            DetectionOperatingRule.parse(operating), worst, folder.resolve("out"), Map.of("report", new ReportExporter()));
    }

    private DetectorEvaluation.Finished run(DetectorEvaluationRequest request, Consumer<FloatTensor> before, Progress progress) {
        return DetectorEvaluation.run(request, request.model().card(), new FakeBackend(before, TinyDetector::answer), progress);
    }

    private DetectorEvaluation.Finished run(Path data, String operating) {
        return run(request(data, operating, 20), WELL, Progress.NONE);
    }

    private JsonObject metrics() {
        return ResultFiles.json(folder.resolve("out/metrics.json"));
    }

    private double metric(String key) {
        return metrics().get(key).getAsDouble();
    }

    /** Scores with three decimals: a mean in single precision has no more. */
    private List<List<String>> audited() {
        return Csv.read(folder.resolve("out/audit.csv")).stream().map(row -> row.stream()
            .map(field -> row.indexOf(field) == 5 && field.matches("[01](\\.\\d+)?") ? String.format(Locale.ROOT, "%.3f", Double.parseDouble(field)) : field).toList()).toList();
    }

    @Test
    void figuresByHand() {
        DetectorEvaluation.Finished finished = run(set(), "none");
        assertEquals(RunStatus.DONE, finished.results().status());
        // bright: hit 1, false alarms 0.80 and 0.6, hit 0.30, of three; dark: hit 1, false alarm 0.80, of one
        assertEquals(0.75, metric("map50"), TOLERANCE);
        assertEquals(0.5, metrics().getAsJsonObject("ap50_per_class").get("bright").getAsDouble(), TOLERANCE);
        assertEquals(1, metrics().getAsJsonObject("ap50_per_class").get("dark").getAsDouble(), TOLERANCE);
        assertEquals(2 / 5.0, metric("precision"), TOLERANCE);
        assertEquals(2 / 4.0, metric("recall"), TOLERANCE);
        assertEquals(4 / 9.0, metric("f1"), TOLERANCE);
        assertEquals(0.5, metrics().getAsJsonObject("froc").get("0.125").getAsDouble(), TOLERANCE);
        assertEquals(0.75, metric("sensitivity_at_1_false_alarm"), TOLERANCE);
        assertTrue(metric("map50_low") < 0.75 && metric("map50_high") >= 0.75, metrics().toString());
        assertEquals("images", metrics().getAsJsonObject("bootstrap").get("drawn").getAsString());
        assertEquals("[\"cells " + request(folder.resolve("set"), "none", 1).model().checksum() + "\"]", metrics().get("model").toString());
    }

    @Test
    void everyBoxGetsAVerdict() {
        run(set(), "none");
        assertEquals(List.of(List.of("image", "c", "z", "t", "label", "score", "x", "y", "width", "height", "verdict"),
            List.of("b.png", "", "", "", "bright", "", "32", "8", "8", "8", "miss"),
            List.of("b.png", "", "", "", "bright", "0.804", "24", "24", "8", "8", "false alarm"),
            List.of("b.png", "", "", "", "dark", "0.796", "32", "8", "8", "8", "false alarm"),
            List.of("a.png", "", "", "", "bright", "", "40", "40", "8", "8", "miss"),
            List.of("a.png", "", "", "", "bright", "0.600", "56", "56", "8", "8", "false alarm"),
            List.of("a.png", "", "", "", "bright", "1.000", "0", "0", "8", "8", "hit"),
            List.of("a.png", "", "", "", "dark", "1.000", "16", "8", "8", "8", "hit")), audited());
        List<Map<String, String>> all = ResultFiles.rows(folder.resolve("out"));
        assertTrue(all.stream().anyMatch(row -> row.get("score").startsWith("0.30")), "the curves need boxes below the threshold too: " + all);
    }

    @Test
    void picturesOfTheWorstAndCurves() throws IOException {
        run(request(set(), "none", 1), WELL, Progress.NONE);
        Path out = folder.resolve("out");
        assertTrue(ImageIO.read(out.resolve("audit/b.png.png").toFile()).getHeight() > 512);
        assertFalse(Files.exists(out.resolve("audit/a.png.png")), "only one was asked for");
        assertFalse(Files.exists(out.resolve("overlays")), "pictures of all images are no part of an evaluation");
        for (String plot : List.of("precision_recall", "froc")) {
            assertTrue(ImageIO.read(out.resolve("plots/" + plot + ".png").toFile()).getWidth() > 500, plot);
        }
        String page = Files.readString(out.resolve("index.html"));
        assertTrue(page.contains("./audit/b.png.png") && page.contains("b.png: miss 1, false alarm 2, hit 0"), page);
        assertTrue(page.contains("<td>a.png</td><td class=\"n\">3</td>"), "boxes from the threshold on: " + page);
    }

    @Test
    void anImageWithoutErrorsGetsNoPicture() {
        run(set(), "none");
        assertFalse(Files.exists(folder.resolve("out/audit/c.png.png")));
        assertTrue(Files.exists(folder.resolve("out/audit/a.png.png")));
    }

    @Test
    void anotherThresholdGoesIntoACopy() {
        DetectorEvaluation.Finished finished = run(set(), "f1");
        ModelCard copy = new PackageReader().open(folder.resolve("out/model")).card();
        assertEquals((1 + 0.803922) / 2, copy.threshold(), TOLERANCE);
        assertEquals("cells-calibrated", copy.name());
        assertEquals(copy.threshold(), finished.fitted().orElseThrow().card().threshold());
        assertEquals(0.5, new PackageReader().open(folder.resolve("models/cells")).card().threshold(), "the judged one never changes");
        assertTrue(finished.sentences().get(0).startsWith("Operating point f1: threshold 0.9020, precision 1.0000, recall 0.5000, 0.000 false alarms"),
            finished.sentences().toString());
        assertEquals(2 / 3.0, metrics().getAsJsonObject("operating_point").get("f1").getAsDouble(), TOLERANCE);
        assertEquals(1.0, ((Number) copy.quality().get("precision")).doubleValue(), TOLERANCE);
    }

    @Test
    void anOperatingPointThatIsOutOfReach() {
        DetectorEvaluation.Finished finished = run(set(), "sensitivity:0.9");
        assertTrue(finished.fitted().isEmpty() && !Files.exists(folder.resolve("out/model")));
        assertTrue(finished.notes().stream().anyMatch(note -> note.startsWith("No operating threshold was chosen")), finished.notes().toString());
        assertTrue(metrics().getAsJsonObject("operating_point").get("threshold").isJsonNull());
    }

    @Test
    void aBrokenImageIsListedAndDoesNotCount() throws IOException {
        Path set = set();
        Files.write(set.resolve("images/b.png"), new byte[] {1, 2, 3});
        DetectorEvaluation.Finished finished = run(set, "none");
        assertEquals(RunStatus.PARTIAL, finished.results().status());
        assertEquals("b.png", ResultFiles.failures(folder.resolve("out")).get(0).get("image"));
        assertEquals(2, metric("images"));
        assertEquals(2 / 3.0, metric("recall"), TOLERANCE);
        assertTrue(finished.notes().stream().anyMatch(note -> note.startsWith("1 of 3 images failed")), finished.notes().toString());
    }

    /** Its image is judged all the same. */
    @Test
    void aBoxThatCannotBeUsedIsNoFailure() {
        Path set = set();
        List<Roi> rois = new ArrayList<>(RoiFiles.read(set.resolve("rois/b.png.zip")));
        rois.add(new Line(1, 1, 5, 5));
        RoiFiles.write(set.resolve("rois/b.png.zip"), rois);
        DetectorEvaluation.Finished finished = run(set, "none");
        assertEquals(RunStatus.DONE, finished.results().status());
        assertEquals("done 3/0/3/0", ResultFiles.counts(folder.resolve("out")));
        assertEquals(0.5, metric("recall"), TOLERANCE);
        assertTrue(finished.notes().stream().anyMatch(note -> note.startsWith("1 box of the data cannot be used and does not count: b.png: ROI 2 is a line")),
            finished.notes().toString());
    }

    @Test
    void whereAllAreBrokenThereAreNoFigures() throws IOException {
        Path set = set();
        for (String name : List.of("a.png", "b.png", "c.png")) {
            Files.write(set.resolve("images").resolve(name), new byte[] {1, 2, 3});
        }
        DetectorEvaluation.Finished finished = run(set, "none");
        assertEquals(RunStatus.FAILED, finished.results().status());
        assertTrue(finished.evaluation().isEmpty() && finished.audit().isEmpty());
        assertFalse(Files.exists(folder.resolve("out/metrics.json")));
    }

    /** Its tiles overlap, and its objects are in px of the whole. */
    @Test
    void anImageOfManyTiles() {
        Path set = new CellSet(folder.resolve("large")).image("large.png", 40, 24, new Cell(0, 0, 255, "bright"), new Cell(39, 23, 0, "dark"),
            new Cell(20, 12, 255, "")).folder();
        run(set, "none");
        assertTrue(audited().containsAll(List.of(
            List.of("large.png", "", "", "", "bright", "1.000", "0", "0", "8", "8", "hit"),
            List.of("large.png", "", "", "", "dark", "1.000", "312", "184", "8", "8", "hit"))), audited().toString());
        assertEquals(1, metric("recall"));
    }

    @Test
    void noObjectOfAClassAndNoneAtAll() throws IOException {
        Path set = new CellSet(folder.resolve("one")).image("a.png", 8, 8, new Cell(0, 0, 255, "bright"), new Cell(1, 0, 0, "")).image("b.png", 8, 8).folder();
        DetectorEvaluation.Finished finished = run(set, "none");
        assertEquals(1, metric("map50"));
        assertTrue(metrics().getAsJsonObject("ap50_per_class").get("dark").isJsonNull());
        assertTrue(finished.notes().get(0).startsWith("There is no object of the class dark"), finished.notes().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Loading the model", "Searching", "Drawing resamples", "Drawing b.png"})
    void cancelledInEveryPhaseItGoesOn(String phase) throws IOException {
        DetectorEvaluationRequest request = request(set(), "none", 20);
        assertThrows(CancelledException.class, () -> run(request, WELL, new CancelAt(phase)), phase);
        assertTrue(ResultFiles.counts(folder.resolve("out")).startsWith("cancelled "), ResultFiles.counts(folder.resolve("out")));
        run(request, WELL, Progress.NONE);
        assertTrue(ResultFiles.counts(folder.resolve("out")).matches("done 3/\\d/\\d/0"), ResultFiles.counts(folder.resolve("out")));
        byte[] figures = Files.readAllBytes(folder.resolve("out/metrics.json"));
        byte[] verdicts = Files.readAllBytes(folder.resolve("out/audit.csv"));
        Files.move(folder.resolve("out"), folder.resolve("first"));
        run(request, WELL, Progress.NONE);
        assertArrayEquals(figures, Files.readAllBytes(folder.resolve("out/metrics.json")));
        assertArrayEquals(verdicts, Files.readAllBytes(folder.resolve("out/audit.csv")));
        assertEquals(List.of(), ResultFiles.leftovers(folder.resolve("out")));
    }

    @Test
    void whatWasSearchedIsTakenOver() {
        DetectorEvaluationRequest request = request(set(), "none", 20);
        run(request, WELL, Progress.NONE);
        double before = metric("map50_low");
        run(request, batch -> {
            throw new IllegalStateException("predicted again");
        }, Progress.NONE);
        assertEquals("done 3/3/0/0", ResultFiles.counts(folder.resolve("out")));
        assertEquals(before, metric("map50_low"));
    }

    @Test
    void movedBoxesAreOtherSettings() {
        Path set = set();
        run(set, "none");
        new CellSet(set).image("a.png", 8, 8, new Cell(0, 0, 255, "bright"), new Cell(2, 1, 0, "dark"), new Cell(5, 5, 166, "dark"), new Cell(7, 7, 204, ""));
        String sentence = assertThrows(UsageException.class, () -> run(set, "none")).getMessage();
        assertTrue(sentence.contains("the true labels have changed"), sentence);
    }

    /** What is drawn on it is no annotation, and its pixels are a picture. */
    @Test
    void theAuditViewIsNothingToLearnFrom() {
        DetectorEvaluation.Finished finished = run(set(), "none");
        AuditStack stack = new AuditStack(finished.audit(), List.of("bright", "dark"), finished.images()::slice);
        ImagePlus view = new ImagePlus("Audit", stack.getProcessor(1));
        view.setOverlay(stack.overlay());
        PrepareBoxes.Prepared prepared = new PrepareBoxes(BoxObjects.rois(ObjectSource.drawn(), 0, List.of()), folder.resolve("prepared"))
            .run(BatchInputs.of(view), Map.of(), Progress.NONE);
        assertEquals(0, prepared.images().withObjects() + prepared.images().without());
        assertTrue(prepared.rejected().get(0).reason().startsWith("The image Audit is the audit view"), prepared.rejected().toString());
    }

    @Test
    void dataOfTheOtherKind() throws IOException {
        TestImages.flat(folder.resolve("classes/bright/a.png"), 255);
        String detector = assertThrows(UsageException.class, () -> request(folder.resolve("classes"), "none", 1)).getMessage();
        assertTrue(detector.contains("has no boxes, and the model cells is a detector"), detector);
        String classifier = assertThrows(UsageException.class, () -> EvaluationData.open(set().toString(), "", TinyModel.named("brightness").card(),
            new ImageFiles(null, null))).getMessage();
        assertTrue(classifier.contains("marks objects by boxes, and the model brightness gives a whole image exactly one of normal, lesion"), classifier);
    }

    @Test
    void classesThatTheModelDoesNotKnow() {
        Path set = new CellSet(folder.resolve("other")).image("a.png", 8, 8, new Cell(0, 0, 255, "cell")).folder();
        String sentence = assertThrows(UsageException.class, () -> request(set, "none", 1)).getMessage();
        assertTrue(sentence.contains("\"cell\"") && sentence.contains("none of the classes bright, dark"), sentence);
    }

    @Test
    void aClassifierIsNoDetector() {
        DetectorEvaluationRequest good = request(set(), "none", 1);
        ModelPackage classifier = new ModelPackage(folder, TinyModel.named("brightness").card(), folder, "0123456789abcdef");
        DetectorEvaluationRequest wrong = new DetectorEvaluationRequest(good.command(), good.keys(), good.data(), classifier, good.settings(), "cpu", 0,
            good.bootstrap(), good.operating(), 1, good.output(), Map.of());
        assertThrows(UsageException.class, () -> run(wrong, WELL, Progress.NONE));
    }
}
