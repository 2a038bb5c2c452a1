package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.gui.Roi;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultRunTest {

    private static final List<String> CLASSES = List.of("normal", "pneumonia");

    @TempDir
    Path temporary;

    private static RunIdentity identity(String seed, String... inputs) {
        Map<String, String> checksums = new LinkedHashMap<>();
        for (String input : inputs) {
            checksums.put(input, "sha-" + input);
        }
        Map<String, String> keys = new LinkedHashMap<>(Map.of("output", "/somewhere"));
        keys.put("seed", seed);
        return new RunIdentity("Classify Image...", keys, List.of(new RunIdentity.Model("m", "0123456789", "")), checksums);
    }

    private static Classification row(ItemKey item, double pneumonia) {
        String label = pneumonia >= 0.5 ? "pneumonia" : "normal";
        return new Classification(item, List.of(label), Math.max(pneumonia, 1 - pneumonia), List.of(1 - pneumonia, pneumonia), null, null);
    }

    private static Classification row(String image, double pneumonia) {
        return row(ItemKey.of(image), pneumonia);
    }

    private ResultRun open(RunIdentity identity) {
        return ResultRun.open(temporary.resolve("out"), null, identity, CLASSES);
    }

    private String text(String name) throws IOException {
        return Files.readString(temporary.resolve("out").resolve(name));
    }

    private JsonObject ledger() throws IOException {
        return JsonParser.parseString(text("run.json")).getAsJsonObject();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("out"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesRowsInTheOrderOfTheInputs() throws IOException {
        try (ResultRun run = open(identity("1", "b,1.png", "ü \"a\".png", "c.png"))) {
            run.ledger().plan(3);
            run.add(row("ü \"a\".png", 0.25), List.of());
            run.fail(new Failure("c.png", "read", "It is empty, sadly."));
            run.add(row("b,1.png", 0.123456789), List.of());
            ResultSet results = run.finish();
            assertEquals(ExitStatus.PARTIAL, results.status().exitStatus());
            assertEquals("b,1.png", results.rows().get(0).item().image());
        }
        assertEquals("image,label,probability,p_normal,p_pneumonia\n\"b,1.png\",normal,0.876543,0.876543,0.123457\n"
            + "\"ü \"\"a\"\".png\",normal,0.750000,0.750000,0.250000\n", text("results.csv"));
        assertEquals("image,stage,reason\nc.png,read,\"It is empty, sadly.\"\n", text("failures.csv"));
        assertEquals(List.of("failures.csv", "results.csv", "run.json"), files());
        assertEquals("partial", ledger().get("status").getAsString());
        assertEquals(3, ledger().get("planned").getAsInt());
        assertEquals(2, ledger().get("predicted").getAsInt());
        assertEquals(1, ledger().get("failed").getAsInt());
        assertTrue(ledger().get("peak_memory_mb").getAsLong() > 0);
    }

    @Test
    void planesAndRegionsHaveTheirColumns() throws IOException {
        try (ResultRun run = open(identity("1", "s.tif"))) {
            run.ledger().plan(2);
            run.add(row(ItemKey.of("s.tif", 1, 2, 1).region("a;b"), 1), List.of());
            run.add(row(ItemKey.of("s.tif", 1, 1, 1), 0), List.of());
            run.finish();
        }
        assertEquals("image,c,z,t,roi,label,probability,p_normal,p_pneumonia\ns.tif,1,1,1,,normal,1,1,0\n"
            + "s.tif,1,2,1,a;b,pneumonia,1,0,1\n", text("results.csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"})
    void numbersHaveADotInEveryLocale(String tag) throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            writeOne();
        } finally {
            Locale.setDefault(before);
        }
        assertTrue(text("results.csv").endsWith("a.png,pneumonia,0.750000,0.250000,0.750000\n"), text("results.csv"));
    }

    private void writeOne() {
        try (ResultRun run = open(identity("1", "a.png"))) {
            run.ledger().plan(1);
            run.add(row("a.png", 0.75), List.of());
            run.finish();
        }
    }

    @Test
    void aKilledRunIsRecognisedAndContinued() throws IOException {
        try (ResultRun run = open(identity("1", "a.png", "b.png", "c.png"))) {
            run.ledger().plan(3);
            run.add(row("a.png", 0.75), List.of());
            run.add(row("b.png", 0.125), List.of());
            run.fail(new Failure("c.png", "read", "gone"));
        }
        assertEquals("running", ledger().get("status").getAsString());
        assertFalse(files().contains("results.csv"));
        Path journal = temporary.resolve("out/.lesionj-unfinished.csv");
        Files.writeString(journal, "c.png,,,,,norm", StandardOpenOption.APPEND);

        try (ResultRun run = open(identity("1", "a.png", "b.png", "c.png"))) {
            run.ledger().plan(3);
            assertTrue(run.earlier(ItemKey.of("c.png")).isEmpty());
            assertEquals(row("a.png", 0.75), run.earlier(ItemKey.of("a.png")).orElseThrow());
            run.reuse(ItemKey.of("a.png"));
            run.reuse(ItemKey.of("b.png"));
            run.add(row("c.png", 1), List.of());
            assertEquals(ExitStatus.DONE, run.finish().status().exitStatus());
        }
        assertEquals(2, ledger().get("reused").getAsInt());
        assertEquals(1, ledger().get("predicted").getAsInt());
        String continued = text("results.csv");
        assertEquals(4, continued.lines().count());
        assertFalse(Files.exists(journal));
    }

    @Test
    void aDoneRunIsReusedWholeAndAMovedFolderToo() throws IOException {
        writeOne();
        String before = text("results.csv");
        Map<String, String> keys = new LinkedHashMap<>(identity("1", "a.png").keys());
        keys.put("output", "/elsewhere");
        RunIdentity moved = new RunIdentity("Classify Image...", keys, identity("1").models(), identity("1", "a.png").inputs());
        try (ResultRun run = open(moved)) {
            run.ledger().plan(1);
            run.reuse(ItemKey.of("a.png"));
            run.finish();
        }
        assertEquals(before, text("results.csv"));
        assertEquals(1, ledger().get("reused").getAsInt());
    }

    @Test
    void aCancelledRunKeepsWhatItHas() throws IOException {
        try (ResultRun run = open(identity("1", "a.png", "b.png"))) {
            run.ledger().plan(2);
            run.add(row("a.png", 0.75), List.of());
            assertEquals(RunStatus.CANCELLED, run.abort(new CancelledException()).status());
        }
        assertEquals("cancelled", ledger().get("status").getAsString());
        assertEquals(2, text("results.csv").lines().count());
        try (ResultRun run = open(identity("1", "a.png", "b.png"))) {
            assertTrue(run.earlier(ItemKey.of("a.png")).isPresent());
            run.ledger().plan(2);
            // Not even the first item again before the second cancel: the row must stay.
            run.abort(new CancelledException());
        }
        assertEquals(2, text("results.csv").lines().count());
    }

    @Test
    void refusesOtherSettingsAndSaysWhatDiffers() {
        try (ResultRun run = open(identity("1", "a.png", "b.png"))) {
            run.abort(new CancelledException());
        }
        Map<String, String> inputs = new LinkedHashMap<>(Map.of("a.png", "other"));
        inputs.put("new.png", "1");
        RunIdentity other = new RunIdentity("Classify Image...", Map.of("seed", "2"), List.of(new RunIdentity.Model("m", "ffff", "")), inputs);
        String message = assertThrows(UsageException.class, () -> open(other)).getMessage();
        for (String part : List.of("seed was \"1\" and is \"2\"", "model was m (01234567) and is m (ffff)", "changed: a.png",
            "new: new.png", "no longer there: b.png")) {
            assertTrue(message.contains(part), message);
        }
        // The refusal let go of the folder.
        open(identity("1", "a.png", "b.png")).close();
    }

    @Test
    void refusesAnotherCardAndOtherLabelsOfTheSameWeightsAndPixels() {
        RunIdentity before = identity("1", "a.png");
        open(labelled(before, "card", "labels")).close();
        assertEquals(List.of(), labelled(before, "card", "labels").differencesFrom(labelled(before, "card", "labels")));
        String message = assertThrows(UsageException.class, () -> open(labelled(before, "other card", "other labels"))).getMessage();
        assertTrue(message.contains("the card of the model has changed") && message.contains("the true labels have changed"), message);
        assertTrue(assertThrows(UsageException.class, () -> open(before)).getMessage().contains("the true labels have changed"));
        open(labelled(before, "card", "labels")).close();
    }

    private static RunIdentity labelled(RunIdentity run, String card, String labels) {
        return new RunIdentity(run.command(), run.keys(), List.of(new RunIdentity.Model("m", "0123456789", card)), run.inputs(), labels);
    }

    @Test
    void aRunThatFailedWithoutARowMayBeRepeatedWithOtherSettings() {
        try (ResultRun run = open(identity("1", "a.png"))) {
            run.abort(new LesionJException("device=gpu cannot be used"));
        }
        try (ResultRun run = open(identity("2", "a.png"))) {
            run.ledger().plan(1);
            run.add(row("a.png", 0.75), List.of());
            run.abort(new LesionJException("x"));
        }
        assertThrows(UsageException.class, () -> open(identity("1", "a.png")));
    }

    @Test
    void refusesASecondRunInTheSameProcess() {
        try (ResultRun run = open(identity("1", "a.png"))) {
            String message = assertThrows(UsageException.class, () -> open(identity("1", "a.png"))).getMessage();
            assertTrue(message.contains("Another run"), message);
        }
        open(identity("1", "a.png")).close();
    }

    @Test
    void refusesASecondProcess() throws Exception {
        Path out = Files.createDirectories(temporary.resolve("out"));
        Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            System.getProperty("java.class.path"), LockHolder.class.getName(), out.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            assertEquals('L', holder.getInputStream().read());
            assertThrows(UsageException.class, () -> open(identity("1", "a.png")));
            assertThrows(UsageException.class, () -> open(identity("1", "a.png")));
        } finally {
            holder.destroyForcibly().waitFor();
        }
        open(identity("1", "a.png")).close();
    }

    /** Holds a folder until it is killed. */
    static final class LockHolder {
        public static void main(String[] arguments) throws Exception {
            FolderLock lock = FolderLock.of(Path.of(arguments[0]));
            System.out.print('L');
            System.out.flush();
            Thread.sleep(60_000);
            lock.close();
        }
    }

    @Test
    void refusesFoldersThatWouldBeReadOrLost() throws IOException {
        Path input = Files.createDirectories(temporary.resolve("in/put"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), input);
        assertThrows(UsageException.class, () -> ResultFolder.check(input, input));
        assertThrows(UsageException.class, () -> ResultFolder.check(link, input));
        Path images = Files.createDirectories(input.resolve("images"));
        ResultFolder.check(images, input);
        Files.createFile(images.resolve("a.png"));
        assertThrows(UsageException.class, () -> ResultFolder.check(images, input));
        assertThrows(UsageException.class, () -> ResultFolder.check(link.resolve("images"), input));
        ResultFolder.check(input.resolve("a/b"), input);
        ResultFolder.check(link.resolve("new"), input);
        assertThrows(UsageException.class, () -> ResultFolder.check(Files.createFile(temporary.resolve("file")), input));
        ResultFolder.check(temporary.resolve("in/put2"), input);
        ResultFolder.check(temporary.resolve("in"), input);

        Files.createDirectories(temporary.resolve("out"));
        Files.writeString(temporary.resolve("out/results.csv"), "somebody's\n");
        assertThrows(UsageException.class, () -> open(identity("1", "a.png")));
        assertEquals("somebody's\n", text("results.csv"));
    }

    @Test
    void refusesABrokenLedgerAndAFolderThatCannotBeMade() throws IOException {
        Files.createDirectories(temporary.resolve("out"));
        Files.writeString(temporary.resolve("out/run.json"), "{\"command\": ");
        assertTrue(ResultFolder.isResultFolder(temporary.resolve("out")));
        assertThrows(UsageException.class, () -> open(identity("1", "a.png")));
        Path file = Files.createFile(temporary.resolve("file"));
        assertThrows(LesionJException.class, () -> ResultRun.open(file.resolve("out"), null, identity("1"), CLASSES));
    }

    @Test
    void countsThatDoNotAddUpAreAnError() throws IOException {
        try (ResultRun run = open(identity("1", "a.png", "b.png"))) {
            run.ledger().plan(2);
            run.add(row("a.png", 0.75), List.of());
            assertThrows(LesionJException.class, run::finish);
        }
        assertEquals("failed", ledger().get("status").getAsString());
        assertTrue(ledger().get("error").getAsString().contains("planned 2"));
    }

    @Test
    void allFailedIsFailed() {
        try (ResultRun run = open(identity("1", "a.png"))) {
            run.ledger().plan(1);
            run.fail(new Failure("a.png", "read", "no"));
            assertEquals(ExitStatus.FAILED, run.finish().status().exitStatus());
        }
    }

    @Test
    void worksWithoutAFolder() {
        try (ResultRun run = ResultRun.open(null, null, identity("1", "a.png"), CLASSES)) {
            run.ledger().plan(1);
            run.add(row("a.png", 0.75), List.of());
            assertEquals(1, run.finish().rows().size());
        }
    }

    private static Region region(String name) {
        return new Region(name, "pneumonia", 0.75, 0.5,
            List.of(List.of(new Region.Vertex(1.5, 2), new Region.Vertex(4, 2), new Region.Vertex(3, 5.25))));
    }

    @Test
    void regionsOfReusedItemsComeBackAndAStacksRoisKeepTheirSlices() throws IOException {
        ItemKey first = ItemKey.of("s.tif", 1, 1, 1);
        ItemKey second = ItemKey.of("s.tif", 1, 2, 1);
        try (ResultRun run = open(identity("1", "s.tif"))) {
            addWithRoi(run, second);
        }
        try (ResultRun run = open(identity("1", "s.tif"))) {
            run.ledger().plan(2);
            addWithRoi(run, first);
            run.reuse(second);
            ResultSet results = run.finish(Map.of("geojson", new GeoJsonExporter()));
            assertEquals(List.of(region("s 0.75")), results.regions().get(second));
        }
        List<Roi> all = RoiFiles.read(temporary.resolve("out/rois.zip"));
        assertEquals(List.of(1, 2), all.stream().map(Roi::getPosition).toList());
        assertTrue(Files.exists(temporary.resolve("out/rois/s.tif_c1_z2_t1.zip")));
        assertTrue(Files.exists(temporary.resolve("out/geojson/s.tif_c1_z1_t1.geojson")));
    }

    private void addWithRoi(ResultRun run, ItemKey item) {
        Roi roi = Regions.toRoi(region("s 0.75"), ClassColors.of(CLASSES, "pneumonia"));
        Regions.place(roi, item, false);
        run.folder().orElseThrow().writeRois(item, List.of(roi));
        run.add(row(item, 0.75), List.of(region("s 0.75")));
    }

    @Test
    void anExporterThatFailsCostsNothingElse() throws IOException {
        try (ResultRun run = open(identity("1", "a.png"))) {
            run.ledger().plan(1);
            run.add(row("a.png", 0.75), List.of());
            ResultSet results = run.finish(Map.of("broken", (set, folder) -> {
                throw new IllegalStateException("no idea");
            }));
            assertEquals(RunStatus.PARTIAL, results.status());
        }
        assertEquals("image,stage,reason\n,export,broken: no idea\n", text("failures.csv"));
        assertEquals(2, text("results.csv").lines().count());
    }

    @Test
    void theLedgerSaysWhatWasUsed() throws IOException {
        try (ResultRun run = open(identity("7", "a.png"))) {
            run.ledger().plan(1);
            run.ledger().engine("DJL 0.36.0", "2.16.2", "cpu", "no GPU works");
            run.ledger().pixelSize("a.png", 0.5, Double.NaN, "file");
            run.ledger().remark("a.png", "inverted LUT applied");
            run.ledger().remark("a.png", "inverted LUT applied");
            run.ledger().time("read", 1_500_000_000L);
            run.add(row("a.png", 0.75), List.of());
            run.finish();
        }
        JsonObject ledger = ledger();
        assertEquals("cpu", ledger.get("device").getAsString());
        assertEquals("7", ledger.get("seed").getAsString());
        assertEquals("sha-a.png", ledger.getAsJsonObject("inputs").get("a.png").getAsString());
        assertEquals("0123456789", ledger.getAsJsonArray("models").get(0).getAsJsonObject().get("checksum").getAsString());
        assertTrue(ledger.getAsJsonObject("um_per_px").getAsJsonObject("a.png").get("y").isJsonNull());
        assertEquals(1, ledger.getAsJsonObject("remarks").getAsJsonArray("a.png").size());
        assertEquals(1.5, ledger.getAsJsonObject("timings_s").get("read").getAsDouble());
        assertTrue(ledger.get("error").isJsonNull());
    }
}
