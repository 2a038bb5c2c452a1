package io.github.lesionj.results;

import static io.github.lesionj.results.SampleBoxes.box;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.gui.Roi;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.image.RoiFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A detection's result folder from its first item to its end, and how it is continued. */
class DetectionRunTest {

    private static final List<String> CLASSES = List.of("RBC", "WBC, \"odd\"");
    private static final Map<String, ResultExporter> EXPORTERS = new LinkedHashMap<>(Map.of("geojson", new GeoJsonExporter(), "report", new ReportExporter()));
    private static final Detections FIRST = new Detections(ItemKey.of("a/\u00fc b.png"), 64, 48, 0.25, 0.5, CLASSES,
        List.of(box(1.5, 2, 11.25, 42, 1, 0.93), box(0, 0, 64, 48, 0, 1)), List.of("Read as RGB.", "Cut at the edge."));
    private static final Detections NOTHING = new Detections(ItemKey.of("b.png"), 32, 32, CLASSES, List.of());
    private static final Detections PLANE = new Detections(ItemKey.of("s.tif", 0, 2, 1), 20_000, 10, CLASSES,
        List.of(box(19_999.9999, 0.1, 20_000, 9.7, 0, 0.000001)));
    private static final List<Detections> ALL = List.of(FIRST, NOTHING, PLANE);

    @TempDir
    private Path temporary;

    private DetectionRun open(String folder) {
        return DetectionRun.open(temporary.resolve(folder), null, SampleRuns.identity("1", "a/\u00fc b.png", "b.png", "s.tif"), CLASSES);
    }

    private static void add(DetectionRun run, Detections found) {
        Thumbnail background = new Thumbnail(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), 64.0 / found.width(), 48.0 / found.height());
        run.folder().ifPresent(folder -> DetectionFiles.write(folder, found, background, false));
        run.add(found);
    }

    private void runWhole(String folder) {
        try (DetectionRun run = open(folder)) {
            run.ledger().plan(3);
            ALL.forEach(found -> add(run, found));
            assertEquals(RunStatus.DONE, run.finish(EXPORTERS).status());
        }
    }

    /** Every file but the ledger, which tells times, by its path. */
    private Map<String, String> files(String folder) throws IOException {
        Path root = temporary.resolve(folder);
        Map<String, String> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (!name.equals("run.json")) {
                    files.put(name, new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).replace(folder, "FOLDER"));
                }
            }
        }
        // An archive tells when it was written.
        files.replaceAll((name, content) -> name.endsWith(".zip") ? RoiFiles.read(root.resolve(name)).stream().map(Roi::getName).toList().toString() : content);
        return files;
    }

    private JsonObject ledger(String folder) throws IOException {
        return JsonParser.parseString(Files.readString(temporary.resolve(folder).resolve("run.json"))).getAsJsonObject();
    }

    @Test
    void tablesSayWhatWasFoundAndWhereNothingWas() throws IOException {
        runWhole("out");
        Path out = temporary.resolve("out");
        assertEquals("""
            image,c,z,t,label,score,x,y,width,height,x_um,y_um,width_um,height_um
            a/\u00fc b.png,,,,"WBC, ""odd""\",0.93,1.5,2,9.75,40,0.375,1,2.4375,20
            a/\u00fc b.png,,,,RBC,1,0,0,64,48,0,0,16,24
            s.tif,,2,1,RBC,0.000001,19999.9999,0.1,0.0001,9.6,,,,
            """, Files.readString(out.resolve("results.csv")));
        assertEquals("""
            image,c,z,t,width,height,um_per_px_x,um_per_px_y,boxes,notes
            a/\u00fc b.png,,,,64,48,0.25,0.5,2,"Read as RGB.
            Cut at the edge."
            b.png,,,,32,32,,,0,
            s.tif,,2,1,20000,10,,,1,
            """, Files.readString(out.resolve("images.csv")));
        assertEquals(java.util.Set.of("results.csv", "images.csv", "coco.json", "failures.csv", "index.html", "overlays/a/\u00fc b.png.png",
            "overlays/b.png.png", "overlays/s.tif_z2_t1.png", "rois/a/\u00fc b.png.zip", "rois/s.tif_z2_t1.zip", "geojson/a/\u00fc b.png.geojson",
            "geojson/b.png.geojson", "geojson/s.tif_z2_t1.geojson"), files("out").keySet());
        assertEquals(2, RoiFiles.read(out.resolve("rois/s.tif_z2_t1.zip")).get(0).getPosition());
        assertEquals(3, ledger("out").get("predicted").getAsInt());
        assertEquals("[\"Read as RGB.\",\"Cut at the edge.\"]",
            ledger("out").getAsJsonObject("remarks").get("a/\u00fc b.png").toString());
    }

    @Test
    void withoutCalibrationThereAreNoColumnsInMicrometres() throws IOException {
        try (DetectionRun run = open("out")) {
            run.ledger().plan(1);
            run.add(PLANE);
            run.finish();
        }
        assertEquals("image,c,z,t,label,score,x,y,width,height", Files.readAllLines(temporary.resolve("out/results.csv")).get(0));
    }

    @Test
    void aKilledRunEndsWithTheSameBytes() throws IOException {
        runWhole("whole");
        for (int killedAfter = 0; killedAfter <= 3; killedAfter++) {
            String folder = "killed" + killedAfter;
            try (DetectionRun run = open(folder)) {
                run.ledger().plan(3);
                ALL.subList(0, killedAfter).forEach(found -> add(run, found));
            }
            assertFalse(Files.exists(temporary.resolve(folder).resolve("images.csv")));
            Path journal = temporary.resolve(folder).resolve(".lesionj-unfinished.jsonl");
            Files.writeString(journal, DetectionJson.line(PLANE).substring(0, 70), StandardOpenOption.APPEND);
            try (DetectionRun run = open(folder)) {
                run.ledger().plan(3);
                for (Detections found : ALL) {
                    if (run.earlier(found.item()).isPresent()) {
                        assertEquals(found, run.earlier(found.item()).orElseThrow());
                        run.reuse(found.item());
                    } else {
                        add(run, found);
                    }
                }
                assertEquals(killedAfter, run.ledger().reused());
                run.finish(EXPORTERS);
            }
            assertEquals(files("whole"), files(folder));
        }
    }

    @Test
    void aDoneRunIsTakenOverWhole() throws IOException {
        runWhole("out");
        Map<String, String> before = files("out");
        try (DetectionRun run = open("out")) {
            run.ledger().plan(3);
            ALL.forEach(found -> {
                assertEquals(found, run.earlier(found.item()).orElseThrow());
                run.reuse(found.item());
            });
            assertEquals(ALL, run.finish(EXPORTERS).rows());
        }
        assertEquals(before, files("out"));
        assertEquals(2, ledger("out").getAsJsonObject("remarks").getAsJsonArray("a/\u00fc b.png").size());
    }

    @Test
    void aCancelledRunKeepsWhatItHas() throws IOException {
        try (DetectionRun run = open("out")) {
            run.ledger().plan(3);
            add(run, NOTHING);
            assertEquals(RunStatus.CANCELLED, run.abort(new CancelledException()).status());
        }
        try (DetectionRun run = open("out")) {
            assertEquals(NOTHING, run.earlier(NOTHING.item()).orElseThrow());
            assertTrue(run.earlier(FIRST.item()).isEmpty());
            run.abort(new CancelledException());
        }
        assertEquals(2, Files.readAllLines(temporary.resolve("out/images.csv")).size());
    }

    @Test
    void manyBoxesAndOddNamesComeBackEqual() {
        Detections many = new Detections(ItemKey.of("many.tif"), 40_000, 30_000, 0.2527, 0.2611, SampleBoxes.ODD,
            SampleBoxes.random(50_000, 40_000, 30_000, SampleBoxes.ODD.size(), 3), List.of("\u00e4, \"b\"; c"));
        RunIdentity identity = SampleRuns.identity("1", "many.tif");
        for (int turn = 0; turn < 3; turn++) {
            try (DetectionRun run = DetectionRun.open(temporary.resolve("out"), null, identity, SampleBoxes.ODD)) {
                if (turn == 0) {
                    run.add(many);
                } else {
                    // From the journal of the first turn, then from the tables of the second.
                    assertEquals(many, run.earlier(many.item()).orElseThrow());
                    run.abort(new CancelledException());
                }
            }
        }
    }

    @Test
    void oneImageHasItsRoisBesideTheTables() {
        try (DetectionRun run = DetectionRun.open(temporary.resolve("out"), null, SampleRuns.identity("1", FIRST.item().image()), CLASSES)) {
            run.ledger().plan(1);
            add(run, FIRST);
            run.finish();
        }
        assertEquals(List.of("WBC, \"odd\" 0.93", "RBC 1.00"), RoiFiles.read(temporary.resolve("out/rois.zip")).stream().map(Roi::getName).toList());
    }

    @Test
    void refusesOtherClassesOtherSettingsAndForeignTables() throws IOException {
        try (DetectionRun run = open("out")) {
            Detections other = new Detections(ItemKey.of("b.png"), 8, 8, List.of("RBC"), List.of());
            assertThrows(IllegalArgumentException.class, () -> run.add(other));
            run.add(NOTHING);
            run.abort(new LesionJException("no"));
        }
        RunIdentity other = SampleRuns.identity("2", "a/\u00fc b.png", "b.png", "s.tif");
        assertThrows(UsageException.class, () -> DetectionRun.open(temporary.resolve("out"), null, other, CLASSES));
        for (String table : List.of("images.csv", "coco.json")) {
            Path foreign = Files.createDirectories(temporary.resolve("foreign-" + table));
            Files.writeString(foreign.resolve(table), "mine");
            String message = assertThrows(UsageException.class, () -> DetectionRun.open(foreign, null, other, CLASSES)).getMessage();
            assertTrue(message.contains(table), message);
            assertEquals("mine", Files.readString(foreign.resolve(table)));
        }
    }

    @Test
    void saysWhereATableWasChanged() throws IOException {
        runWhole("out");
        Path results = temporary.resolve("out/results.csv");
        String whole = Files.readString(results);
        List<String> lines = whole.lines().toList();
        for (String changed : List.of(whole.replace(lines.get(2) + "\n", ""), whole.replace(",RBC,1,", ",Thrombocyte,1,"), whole.replace(",64,48,", ",much,48,"),
            whole.replace(",64,48,", ",NaN,48,"))) {
            Files.writeString(results, changed);
            String message = assertThrows(UsageException.class, () -> open("out")).getMessage();
            assertTrue(message.contains("results.csv") && message.contains("changed or damaged"), message);
        }
        Files.writeString(results, whole);
        open("out").close();
    }

    @Test
    void worksWithoutAFolder() {
        try (DetectionRun run = DetectionRun.open(null, null, SampleRuns.identity("1", "b.png"), CLASSES)) {
            run.ledger().plan(1);
            run.add(NOTHING);
            assertEquals(List.of(NOTHING), run.finish(EXPORTERS).rows());
        }
    }
}
