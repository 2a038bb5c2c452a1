package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.gui.Roi;
import io.github.lesionj.core.Csv;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.LabelledSets;
import io.github.lesionj.dataset.ObjectClasses;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.geometry.TrueBox;
import io.github.lesionj.image.RoiFiles;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Boxes that were written are read again as others read them, and are the same. */
class DetectionRoundTripTest {

    private static final int WIDTH = 1400;
    private static final int HEIGHT = 900;

    @TempDir
    private Path folder;

    static Stream<Detections> samples() {
        List<String> one = List.of("lesion");
        return Stream.of(
            new Detections(ItemKey.of("none.png"), WIDTH, HEIGHT, one, List.of()),
            new Detections(ItemKey.of("a b/\u00fc, \"x\".png"), WIDTH, HEIGHT, one, SampleBoxes.atEdges(WIDTH, HEIGHT)),
            new Detections(ItemKey.of("odd.png"), WIDTH, HEIGHT, 0.25, 0.7, SampleBoxes.ODD, SampleBoxes.random(500, WIDTH, HEIGHT, SampleBoxes.ODD.size(), 1), List.of()),
            new Detections(ItemKey.of("many.png"), WIDTH, HEIGHT, one, SampleBoxes.random(50_000, WIDTH, HEIGHT, 1, 2)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void rois(Detections found) {
        Path file = folder.resolve("rois.zip");
        List<Roi> made = DetectionRois.of(found, false);
        RoiFiles.write(file, made);
        List<Roi> rois = RoiFiles.read(file);
        assertEquals(found.boxes().size(), rois.size());
        ObjectClasses named = new ObjectClasses(found.classNames());
        ObjectClasses free = new ObjectClasses(List.of());
        for (int i = 0; i < rois.size(); i++) {
            ScoredBox expected = found.boxes().get(i);
            Rectangle2D.Double bounds = rois.get(i).getFloatBounds();
            // Single precision up to 2048 px: 1/8192 px for each of edge and length.
            assertEqualBoxes(expected.box(), Box.ofSize(bounds.x, bounds.y, bounds.width, bounds.height), 1.0 / 4096);
            assertEquals(found.className(expected), named.of(rois.get(i)));
            assertEquals(found.className(expected), free.of(rois.get(i)));
            assertEquals(expected.score(), Double.parseDouble(rois.get(i).getProperty("lesionj_probability")));
            assertEquals(expected.label() + 1, rois.get(i).getGroup());
            assertEquals(expected.box().x0(), made.get(i).getXBase());
            // What it reads from a file ImageJ colours by the group.
            assertEquals(ClassColors.of(expected.label()), made.get(i).getStrokeColor());
            assertEquals(Roi.RECTANGLE, rois.get(i).getType());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void table(Detections found) {
        new DetectionTables(found.classNames()).write(folder, List.of(found));
        List<List<String>> records = Csv.read(folder.resolve("results.csv"));
        assertEquals(found.boxes().size() + 1, records.size());
        for (int i = 0; i < found.boxes().size(); i++) {
            List<String> record = records.get(i + 1);
            double[] n = record.subList(5, 10).stream().mapToDouble(Double::parseDouble).toArray();
            assertEquals(found.item().image(), record.get(0));
            assertEquals(found.className(found.boxes().get(i)), record.get(4));
            assertEquals(found.boxes().get(i).score(), n[0]);
            assertEqualBoxes(found.boxes().get(i).box(), Box.ofSize(n[1], n[2], n[3], n[4]), 1e-9);
            if (found.isCalibrated()) {
                assertEquals(n[1] * 0.25, Double.parseDouble(record.get(10)), 1e-6);
                assertEquals(n[2] * 0.7, Double.parseDouble(record.get(11)), 1e-6);
                assertEquals(n[3] * 0.25, Double.parseDouble(record.get(12)), 1e-6);
                assertEquals(n[4] * 0.7, Double.parseDouble(record.get(13)), 1e-6);
            }
        }
    }

    @Test
    void cocoAsADataSet() throws IOException {
        List<Detections> items = new ArrayList<>();
        for (String name : List.of("z.png", "a b/\u00fc.png", "none.png")) {
            items.add(new Detections(ItemKey.of(name), WIDTH, HEIGHT, SampleBoxes.ODD,
                name.equals("none.png") ? List.of() : SampleBoxes.random(300, WIDTH, HEIGHT, SampleBoxes.ODD.size(), name.length())));
            Path image = folder.resolve(name);
            Files.createDirectories(image.getParent());
            ImageIO.write(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY), "png", image.toFile());
        }
        new DetectionTables(SampleBoxes.ODD).write(folder, items);
        LabelledSet set = LabelledSets.open(DataReference.parse(folder.resolve("coco.json").toString()), ClassNaming.FREE);
        assertEquals(List.of(), set.rejected());
        assertEquals(SampleBoxes.ODD, set.classNames());
        assertEquals(items.stream().map(item -> item.item().image()).toList(), set.items().stream().map(LabelledItem::name).toList());
        for (int i = 0; i < items.size(); i++) {
            assertEqualBoxes(items.get(i).boxes(), set.items().get(i).boxes());
        }
    }

    private static void assertEqualBoxes(List<ScoredBox> expected, List<TrueBox> read) {
        assertEquals(expected.size(), read.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).label(), read.get(i).label());
            assertEqualBoxes(expected.get(i).box(), read.get(i).box(), 1e-9);
            assertEquals(expected.get(i).box().area(), read.get(i).area(), 1e-6);
            assertEquals(TrueBox.Role.COUNTED, read.get(i).role());
        }
    }

    @Test
    void cocoInFull() throws IOException {
        Detections plain = new Detections(ItemKey.of("p.png"), 10, 20, List.of("a", "b"), List.of(SampleBoxes.box(1, 2, 3.5, 6, 1, 0.75)));
        Detections plane = new Detections(ItemKey.of("s.tif", 1, 2, 3), 10, 20, List.of("a", "b"), List.of(SampleBoxes.box(0, 0, 10, 20, 0, 1)));
        new DetectionTables(List.of("a", "b")).write(folder, List.of(plain, plane));
        assertEquals("{\"info\":{\"description\":\"Boxes found by LesionJ\"},\"images\":[{\"id\":1,\"file_name\":\"p.png\",\"width\":10,\"height\":20},"
            + "{\"id\":2,\"file_name\":\"s.tif_c1_z2_t3\",\"width\":10,\"height\":20,\"stack\":\"s.tif\",\"c\":1,\"z\":2,\"t\":3}],"
            + "\"categories\":[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}],\"annotations\":["
            + "{\"id\":1,\"image_id\":1,\"category_id\":2,\"bbox\":[1,2,2.5,4],\"area\":10,\"iscrowd\":0,\"score\":0.75},"
            + "{\"id\":2,\"image_id\":2,\"category_id\":1,\"bbox\":[0,0,10,20],\"area\":200,\"iscrowd\":0,\"score\":1}]}",
            Files.readString(folder.resolve("coco.json")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void geoJson(Detections found) throws IOException {
        ResultFolder files = new ResultFolder(folder);
        GeoJsonExporter.write(files, found);
        JsonElement read = JsonParser.parseString(Files.readString(files.file("geojson", found.item(), ".geojson")));
        assertEquals(List.of(), JsonSchema.ofQuPath().problems(read));
        JsonArray features = read.getAsJsonObject().getAsJsonArray("features");
        assertEquals(found.boxes().size(), features.size());
        for (int i = 0; i < features.size(); i++) {
            ScoredBox expected = found.boxes().get(i);
            JsonObject feature = features.get(i).getAsJsonObject();
            JsonObject properties = feature.getAsJsonObject("properties");
            assertEquals("detection", properties.get("objectType").getAsString());
            assertEquals(found.className(expected), properties.getAsJsonObject("classification").get("name").getAsString());
            assertEquals(expected.score(), properties.getAsJsonObject("measurements").get("score").getAsDouble());
            assertEquals(expected.box(), bounds(feature.getAsJsonObject("geometry")));
            if (found.isCalibrated()) {
                assertEquals(expected.box().area() * 0.25 * 0.7, properties.getAsJsonObject("measurements").get("area_um2").getAsDouble(), 1e-3);
            }
        }
    }

    /** That of a closed ring of four right angles. */
    private static Box bounds(JsonObject geometry) {
        JsonArray ring = geometry.getAsJsonArray("coordinates").get(0).getAsJsonArray();
        assertEquals(5, ring.size());
        assertEquals(ring.get(0), ring.get(4));
        double[] x = new double[4];
        double[] y = new double[4];
        for (int i = 0; i < 4; i++) {
            x[i] = ring.get(i).getAsJsonArray().get(0).getAsDouble();
            y[i] = ring.get(i).getAsJsonArray().get(1).getAsDouble();
        }
        assertTrue(x[0] == x[3] && x[1] == x[2] && y[0] == y[1] && y[2] == y[3], geometry.toString());
        return new Box(x[0], y[0], x[2], y[2]);
    }

    @Test
    void geoJsonSaysThePlane() throws IOException {
        ResultFolder files = new ResultFolder(folder);
        for (ItemKey item : List.of(ItemKey.of("s.tif", 2, 3, 4), ItemKey.of("h.tif", 0, 1, 1))) {
            Detections found = new Detections(item, 20, 20, List.of("a"), List.of(SampleBoxes.box(1, 2, 3, 4, 0, 0.5)));
            GeoJsonExporter.write(files, found);
            JsonElement read = JsonParser.parseString(Files.readString(files.file("geojson", item, ".geojson")));
            assertEquals(List.of(), JsonSchema.ofQuPath().problems(read));
            String expected = item.c() == 2 ? "{\"c\":1,\"z\":2,\"t\":3}" : "{\"c\":-1,\"z\":0,\"t\":0}";
            assertEquals(expected, read.getAsJsonObject().getAsJsonArray("features").get(0).getAsJsonObject().getAsJsonObject("geometry").get("plane").toString());
        }
    }

    @Test
    void roisOfAStackAreOnTheirPlanes() {
        Detections found = new Detections(ItemKey.of("s.tif", 1, 2, 3), 20, 20, List.of("a"), List.of(SampleBoxes.box(1, 2, 3, 4, 0, 0.5)));
        Path file = folder.resolve("rois.zip");
        RoiFiles.write(file, DetectionRois.of(found, true));
        Roi hyper = RoiFiles.read(file).get(0);
        assertEquals(List.of(1, 2, 3), List.of(hyper.getCPosition(), hyper.getZPosition(), hyper.getTPosition()));
        RoiFiles.write(file, DetectionRois.of(found, false));
        assertEquals(3, RoiFiles.read(file).get(0).getPosition());
    }

    @Test
    void roisOfADetectionAreASetToTrainFrom() throws IOException {
        Detections found = new Detections(ItemKey.of("a/b.png"), WIDTH, HEIGHT, SampleBoxes.ODD, SampleBoxes.random(200, WIDTH, HEIGHT, SampleBoxes.ODD.size(), 9));
        RoiFiles.write(folder.resolve("rois/a/b.png.zip"), DetectionRois.of(found, false));
        WholeFile.writeFile(folder.resolve("images/a/b.png"),
            file -> ImageIO.write(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile()));
        LabelledSet set = LabelledSets.open(DataReference.parse(folder.toString()), new ClassNaming(SampleBoxes.ODD));
        assertEquals(List.of(), set.rejected());
        List<TrueBox> read = set.items().get(0).boxes();
        assertEquals(200, read.size());
        for (int i = 0; i < read.size(); i++) {
            assertEquals(found.boxes().get(i).label(), read.get(i).label());
            assertEqualBoxes(found.boxes().get(i).box(), read.get(i).box(), 1.0 / 4096);
        }
    }

    private static void assertEqualBoxes(Box expected, Box read, double tolerance) {
        assertEquals(expected.x0(), read.x0(), tolerance);
        assertEquals(expected.y0(), read.y0(), tolerance);
        assertEquals(expected.x1(), read.x1(), tolerance);
        assertEquals(expected.y1(), read.y1(), tolerance);
    }
}
