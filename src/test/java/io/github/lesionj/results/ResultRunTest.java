package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import ij.gui.Roi;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.image.RoiFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run from its first row to its end, and how one is continued. */
class ResultRunTest {

    @TempDir
    private Path temporary;
    private SampleRuns runs;

    @BeforeEach
    void runsInTheFolder() {
        runs = new SampleRuns(temporary);
    }

    @Test
    void writesRowsInTheOrderOfTheInputs() throws IOException {
        try (ResultRun run = runs.open(SampleRuns.identity("1", "b,1.png", "ü \"a\".png", "c.png"))) {
            run.ledger().plan(3);
            run.add(SampleRuns.row("ü \"a\".png", 0.25), List.of());
            run.fail(new Failure("c.png", "read", "It is empty, sadly."));
            run.add(SampleRuns.row("b,1.png", 0.123456789), List.of());
            ResultSet results = run.finish();
            assertEquals(ExitStatus.PARTIAL, results.status().exitStatus());
            assertEquals("b,1.png", results.rows().get(0).item().image());
        }
        assertEquals("image,label,probability,p_normal,p_pneumonia\n\"b,1.png\",normal,0.876543,0.876543,0.123457\n"
            + "\"ü \"\"a\"\".png\",normal,0.750000,0.750000,0.250000\n", runs.text("results.csv"));
        assertEquals("image,stage,reason\nc.png,read,\"It is empty, sadly.\"\n", runs.text("failures.csv"));
        assertEquals(List.of("failures.csv", "results.csv", "run.json"), runs.files());
        assertEquals("partial", runs.ledger().get("status").getAsString());
        assertEquals(3, runs.ledger().get("planned").getAsInt());
        assertEquals(2, runs.ledger().get("predicted").getAsInt());
        assertEquals(1, runs.ledger().get("failed").getAsInt());
        assertTrue(runs.ledger().get("peak_memory_mb").getAsLong() > 0);
    }

    @Test
    void planesAndRegionsHaveTheirColumns() throws IOException {
        try (ResultRun run = runs.open(SampleRuns.identity("1", "s.tif"))) {
            run.ledger().plan(2);
            run.add(SampleRuns.row(ItemKey.of("s.tif", 1, 2, 1).region("a;b"), 1), List.of());
            run.add(SampleRuns.row(ItemKey.of("s.tif", 1, 1, 1), 0), List.of());
            run.finish();
        }
        assertEquals("image,c,z,t,roi,label,probability,p_normal,p_pneumonia\ns.tif,1,1,1,,normal,1,1,0\n"
            + "s.tif,1,2,1,a;b,pneumonia,1,0,1\n", runs.text("results.csv"));
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
        assertTrue(runs.text("results.csv").endsWith("a.png,pneumonia,0.750000,0.250000,0.750000\n"), runs.text("results.csv"));
    }

    private void writeOne() {
        try (ResultRun run = runs.open(SampleRuns.identity("1", "a.png"))) {
            run.ledger().plan(1);
            run.add(SampleRuns.row("a.png", 0.75), List.of());
            run.finish();
        }
    }

    @Test
    void aKilledRunIsRecognisedAndContinued() throws IOException {
        try (ResultRun run = runs.open(SampleRuns.identity("1", "a.png", "b.png", "c.png"))) {
            run.ledger().plan(3);
            run.add(SampleRuns.row("a.png", 0.75), List.of());
            run.add(SampleRuns.row("b.png", 0.125), List.of());
            run.fail(new Failure("c.png", "read", "gone"));
        }
        assertEquals("running", runs.ledger().get("status").getAsString());
        assertFalse(runs.files().contains("results.csv"));
        Path journal = temporary.resolve("out/.lesionj-unfinished.csv");
        Files.writeString(journal, "c.png,,,,,norm", StandardOpenOption.APPEND);

        try (ResultRun run = runs.open(SampleRuns.identity("1", "a.png", "b.png", "c.png"))) {
            run.ledger().plan(3);
            assertTrue(run.earlier(ItemKey.of("c.png")).isEmpty());
            assertEquals(SampleRuns.row("a.png", 0.75), run.earlier(ItemKey.of("a.png")).orElseThrow());
            run.reuse(ItemKey.of("a.png"));
            run.reuse(ItemKey.of("b.png"));
            run.add(SampleRuns.row("c.png", 1), List.of());
            assertEquals(ExitStatus.DONE, run.finish().status().exitStatus());
        }
        assertEquals(2, runs.ledger().get("reused").getAsInt());
        assertEquals(1, runs.ledger().get("predicted").getAsInt());
        String continued = runs.text("results.csv");
        assertEquals(4, continued.lines().count());
        assertFalse(Files.exists(journal));
    }

    @Test
    void aDoneRunIsReusedWholeAndAMovedFolderToo() throws IOException {
        writeOne();
        String before = runs.text("results.csv");
        Map<String, String> keys = new LinkedHashMap<>(SampleRuns.identity("1", "a.png").keys());
        keys.put("output", "/elsewhere");
        RunIdentity moved = new RunIdentity("Classify Image...", keys, SampleRuns.identity("1").models(), SampleRuns.identity("1", "a.png").inputs());
        try (ResultRun run = runs.open(moved)) {
            run.ledger().plan(1);
            run.reuse(ItemKey.of("a.png"));
            run.finish();
        }
        assertEquals(before, runs.text("results.csv"));
        assertEquals(1, runs.ledger().get("reused").getAsInt());
    }

    @Test
    void aCancelledRunKeepsWhatItHas() throws IOException {
        try (ResultRun run = runs.open(SampleRuns.identity("1", "a.png", "b.png"))) {
            run.ledger().plan(2);
            run.add(SampleRuns.row("a.png", 0.75), List.of());
            assertEquals(RunStatus.CANCELLED, run.abort(new CancelledException()).status());
        }
        assertEquals("cancelled", runs.ledger().get("status").getAsString());
        assertEquals(2, runs.text("results.csv").lines().count());
        try (ResultRun run = runs.open(SampleRuns.identity("1", "a.png", "b.png"))) {
            assertTrue(run.earlier(ItemKey.of("a.png")).isPresent());
            run.ledger().plan(2);
            // Not even the first item again before the second cancel: the row must stay.
            run.abort(new CancelledException());
        }
        assertEquals(2, runs.text("results.csv").lines().count());
    }

    @Test
    void countsThatDoNotAddUpAreAnError() throws IOException {
        try (ResultRun run = runs.open(SampleRuns.identity("1", "a.png", "b.png"))) {
            run.ledger().plan(2);
            run.add(SampleRuns.row("a.png", 0.75), List.of());
            assertThrows(LesionJException.class, run::finish);
        }
        assertEquals("failed", runs.ledger().get("status").getAsString());
        assertTrue(runs.ledger().get("error").getAsString().contains("planned 2"));
    }

    @Test
    void allFailedIsFailed() {
        try (ResultRun run = runs.open(SampleRuns.identity("1", "a.png"))) {
            run.ledger().plan(1);
            run.fail(new Failure("a.png", "read", "no"));
            assertEquals(ExitStatus.FAILED, run.finish().status().exitStatus());
        }
    }

    @Test
    void worksWithoutAFolder() {
        try (ResultRun run = ResultRun.open(null, null, SampleRuns.identity("1", "a.png"), SampleRuns.CLASSES)) {
            run.ledger().plan(1);
            run.add(SampleRuns.row("a.png", 0.75), List.of());
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
        try (ResultRun run = runs.open(SampleRuns.identity("1", "s.tif"))) {
            addWithRoi(run, second);
        }
        try (ResultRun run = runs.open(SampleRuns.identity("1", "s.tif"))) {
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
        Roi roi = Regions.toRoi(region("s 0.75"), ClassColors.of(SampleRuns.CLASSES, "pneumonia"));
        Regions.place(roi, item, false);
        run.folder().orElseThrow().writeRois(item, List.of(roi));
        run.add(SampleRuns.row(item, 0.75), List.of(region("s 0.75")));
    }

    @Test
    void anExporterThatFailsCostsNothingElse() throws IOException {
        try (ResultRun run = runs.open(SampleRuns.identity("1", "a.png"))) {
            run.ledger().plan(1);
            run.add(SampleRuns.row("a.png", 0.75), List.of());
            ResultSet results = run.finish(Map.of("broken", (set, folder) -> {
                throw new IllegalStateException("no idea");
            }));
            assertEquals(RunStatus.PARTIAL, results.status());
        }
        assertEquals("image,stage,reason\n,export,broken: no idea\n", runs.text("failures.csv"));
        assertEquals(2, runs.text("results.csv").lines().count());
    }

    @Test
    void theLedgerSaysWhatWasUsed() throws IOException {
        try (ResultRun run = runs.open(SampleRuns.identity("7", "a.png"))) {
            run.ledger().plan(1);
            run.ledger().engine("DJL 0.36.0", "2.16.2", "cpu", "no GPU works");
            run.ledger().pixelSize("a.png", 0.5, Double.NaN, "file");
            run.ledger().remark("a.png", "inverted LUT applied");
            run.ledger().remark("a.png", "inverted LUT applied");
            run.ledger().time("read", 1_500_000_000L);
            run.add(SampleRuns.row("a.png", 0.75), List.of());
            run.finish();
        }
        JsonObject ledger = runs.ledger();
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
