package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.LabelledSets;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.RectangleSet;
import io.github.lesionj.door.RectangleSet.Shape;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox;
import io.github.lesionj.image.RoiMark;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Train Detector...} and {@code Detect Lesions...} at the user's door: boxes in, a package, boxes out. */
@ExtendWith(Door.Extension.class)
class TrainDetectorIT {

    private static final int EDGE = 64;
    private static final RectangleSet SET = new RectangleSet(EDGE, 80, 5);

    /** Trained once for all tests. */
    @TempDir
    private static Path shared;
    private static Path model;

    @TempDir
    private Path folder;

    @AfterAll
    static void forget() {
        model = null;
    }

    private static Door.Run train(Door door, Path data, Path output, Object... more) {
        List<Object> keys = new ArrayList<>(List.of("data", data.toString(), "output", output, "epochs", 1, "batch", 8, "size", "64", "scale", "1",
            "options", "width=8,neck=16,strides=4;8", "augment", "none", "learning_rate", 0.01, "ema", 0));
        keys.addAll(Arrays.asList(more));
        Door.Run run = door.run(TrainDetectorCommand.class, keys.toArray());
        assertFalse((run.err() + run.out()).contains("\tat "), run.err());
        return run;
    }

    private static void assertSays(ExitStatus status, String part, Door.Run run) {
        assertEquals(status, run.status(), run.sentence() + run.out() + run.err());
        assertTrue(run.sentence().contains(part), run.sentence());
    }

    private static Path model(Door door) throws IOException {
        if (model == null) {
            Door.Run run = train(door, SET.voc(shared.resolve("voc")), shared.resolve("bright-and-dark"), "epochs", 20, "augment", "light,flip_x",
                "class_names", "bright,dark");
            assertSays(ExitStatus.DONE, "", run);
            model = shared.resolve("bright-and-dark/model");
        }
        return model;
    }

    /** The one box of a shape, of all boxes of an image. */
    private static void assertFoundOnce(List<Shape> shapes, List<Map<String, String>> rows) {
        for (Shape shape : shapes) {
            Rectangle wanted = shape.bounds();
            Box truth = Box.ofSize(wanted.x, wanted.y, wanted.width, wanted.height);
            long hits = rows.stream().filter(row -> row.get("label").equals(shape.label()) && truth.iou(box(row)) > 0.5).count();
            assertEquals(1, hits, shape + " in " + rows);
        }
        assertEquals(shapes.size(), rows.size(), "no false alarm: " + rows);
    }

    private static Box box(Map<String, String> row) {
        return Box.ofSize(Double.parseDouble(row.get("x")), Double.parseDouble(row.get("y")), Double.parseDouble(row.get("width")),
            Double.parseDouble(row.get("height")));
    }

    @Test
    void boxesBecomeAPackageThatFindsThem(Door door) throws IOException {
        Path trained = model(door).getParent();
        assertEquals("done", ResultFiles.ledger(trained).get("status").getAsString());
        double map = ResultFiles.json(trained.resolve("metrics.json")).get("map50").getAsDouble();
        assertTrue(map > 0.9, "mAP50 " + map);
        String card = Files.readString(trained.resolve("model/rdf.yaml"));
        assertTrue(card.contains("task: detection") && card.contains("scale: 1.0") && card.contains("validation_map50"), card);
        assertTrue(Files.exists(trained.resolve("plots/augmentation.png")) && Files.exists(trained.resolve("plots/training.png")));
        assertSays(ExitStatus.DONE, "", door.run(ManageModels.class, "action", "verify", "model", model(door)));

        Path output = folder.resolve("found");
        Door.Run run = door.run(DetectLesions.class, "input", shared.resolve("voc") + "#val", "model", model(door), "output", output);
        assertSays(ExitStatus.DONE, "", run);
        assertEquals(20, Files.readAllLines(output.resolve("images.csv")).size() - 1);
        // read beside the images it is a set with the same boxes
        Path beside = Files.copy(output.resolve("coco.json"), shared.resolve("voc/JPEGImages/found.json"));
        LabelledSet found = LabelledSets.open(DataReference.parse(beside.toString()), ClassNaming.FREE);
        Files.delete(beside);
        assertEquals(List.of(), found.rejected());
        List<Map<String, String>> rows = ResultFiles.rows(output);
        assertEquals(rows.size(), found.items().stream().mapToInt(item -> item.boxes().size()).sum());
        assertEquals(rows.stream().map(TrainDetectorIT::box).toList(), found.items().stream().flatMap(item -> item.boxes().stream())
            .map(TrueBox::box).toList());
    }

    /** Objects on every kind of seam of tiles of 64 px, in an image of 5 by 4 of them: found once each, as in images of one tile. */
    @Test
    void objectsOnSeamsAreFoundOnce(Door door) throws IOException {
        List<Shape> shapes = List.of(shape("bright", 58, 20, 12, 12), shape("dark", 20, 58, 14, 12), shape("bright", 55, 55, 16, 14),
            shape("dark", 120, 120, 12, 14), shape("bright", 0, 100, 10, 12), shape("dark", 288, 228, 12, 12), shape("bright", 150, 0, 12, 10),
            shape("dark", 236, 100, 12, 12), shape("bright", 200, 176, 16, 16), shape("dark", 100, 228, 12, 12));
        Path image = TestImages.png(folder.resolve("seams.png"), RectangleSet.draw(300, 240, shapes, 3).getBufferedImage());
        Path output = folder.resolve("found");
        assertSays(ExitStatus.DONE, "", door.run(DetectLesions.class, "input", image, "model", model(door), "output", output));
        assertFoundOnce(shapes, ResultFiles.rows(output));
        assertTrue(Files.exists(output.resolve("rois.zip")) && Files.exists(output.resolve("geojson/seams.png.geojson")));
    }

    private static Shape shape(String label, int x, int y, int width, int height) {
        return new Shape(label, new Rectangle(x, y, width, height));
    }

    /** What is found on an open image is corrected there, becomes a set, and is learned from. */
    @Test
    void correctedBoxesGoBackIntoTraining(Door door) throws IOException {
        List<Shape> shapes = List.of(shape("bright", 30, 20, 12, 12), shape("dark", 60, 70, 14, 12));
        ImagePlus image = new ImagePlus("open.tif", RectangleSet.draw(100, 100, shapes, 9));
        assertSays(ExitStatus.DONE, "", door.runOn(image, DetectLesions.class, "model", model(door)));
        Overlay overlay = image.getOverlay();
        assertEquals(2, overlay.size());
        assertTrue(RoiMark.isOurs(overlay.get(0), RoiMark.DETECTION));
        for (int i = 0; i < 2; i++) {
            if (overlay.get(i).getName().startsWith("dark")) {
                overlay.get(i).setName("bright");
            }
        }
        overlay.add(new Roi(2, 3, 8, 9));
        overlay.get(2).setName("dark");
        Path set = folder.resolve("set");
        Door.Run prepared = door.runOn(image, PrepareTrainingSet.class, "output", set, "rois", "overlay", "write", "boxes", "class_names", "bright,dark");
        assertSays(ExitStatus.DONE, "", prepared);
        LabelledSet read = LabelledSets.open(DataReference.parse(set.toString()), ClassNaming.parse("bright,dark"));
        assertArrayEquals(new int[] {2, 1}, read.boxCounts());
        assertTrue(read.items().get(0).boxes().stream().anyMatch(box -> box.box().equals(new Box(2, 3, 10, 12))), read.items().toString());
        // with one ROI that has no class the image is refused: it would be learned as background
        overlay.add(new Roi(50, 3, 8, 9));
        Door.Run refused = door.runOn(image, PrepareTrainingSet.class, "output", set, "rois", "overlay", "write", "boxes", "class_names", "bright,dark");
        assertSays(ExitStatus.FAILED, "would be learned as background", refused);
    }

    @ParameterizedTest
    @CsvSource({"rois", "labels"})
    void setsOfFijiUsersAreLearnedFrom(String form, Door door) throws IOException {
        RectangleSet small = new RectangleSet(EDGE, 12, 7);
        Path data = form.equals("rois") ? small.rois(folder.resolve("data")) : small.labels(folder.resolve("data"));
        Path output = folder.resolve("from-" + form);
        Door.Run run = train(door, data, output, "validation", "0.25");
        assertSays(ExitStatus.DONE, "", run);
        String card = Files.readString(output.resolve("model/rdf.yaml"));
        assertTrue(form.equals("rois") ? card.contains("- bright") && card.contains("- dark") : card.contains("- object"), card);
    }

    @Test
    void theSameSeedGivesTheSameWeightsAndAFinishedTrainingIsTaken(Door door) throws IOException {
        Path data = new RectangleSet(EDGE, 12, 7).voc(folder.resolve("data"));
        Object[] keys = {"epochs", 2, "augment", "strong,flip_x", "options", "width=4,neck=8,strides=4;8"};
        assertSays(ExitStatus.DONE, "", train(door, data, folder.resolve("one-model"), keys));
        assertSays(ExitStatus.DONE, "", train(door, data, folder.resolve("two-model"), keys));
        assertArrayEquals(Files.readAllBytes(folder.resolve("one-model/model/weights.safetensors")),
            Files.readAllBytes(folder.resolve("two-model/model/weights.safetensors")));
        Door.Run again = train(door, data, folder.resolve("one-model"), keys);
        assertSays(ExitStatus.DONE, "", again);
        assertTrue(again.out().contains("finished already"), again.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "architecture | resnet18     | finds no boxes",
        "size         | 70           | multiples of 32",
        "size         | big          | is not understood",
        "scale        | -1           | is not understood",
        "augment      | rotation:5   | not for boxes",
        "options      | strides=4;16 | each twice the one before",
        "options      | form=grid,cells=7 | a cell must have an edge",
        "options      | anchors=3    | has no option anchors",
    })
    void wrongUse(String key, String value, String sentence, Door door) throws IOException {
        Path data = new RectangleSet(EDGE, 8, 7).voc(folder.resolve("data"));
        assertSays(ExitStatus.USAGE, sentence, train(door, data, folder.resolve("not-there"), key, value));
    }

    @Test
    void aSetWithoutBoxesIsRefused(Door door) {
        for (int i = 0; i < 3; i++) {
            TestImages.flat(folder.resolve("data/a/" + i + ".png"), 20 + i);
            TestImages.flat(folder.resolve("data/b/" + i + ".png"), 200 + i);
        }
        assertSays(ExitStatus.USAGE, "has no boxes", train(door, folder.resolve("data"), folder.resolve("not-there")));
    }

    @Test
    void modelsOfTheOtherTaskAreRefused(Door door) throws IOException {
        Path image = TestImages.flat(folder.resolve("flat.png"), 9);
        assertSays(ExitStatus.USAGE, "is made for detection",
            door.run(ClassifyImage.class, "input", image, "model", model(door), "output", folder.resolve("a")));
        assertSays(ExitStatus.USAGE, "is made for classification",
            door.run(DetectLesions.class, "input", image, "model", "brightness", "output", folder.resolve("b")));
    }

    /** Smaller than a tile, than the coarsest stride, than an object. */
    @ParameterizedTest
    @CsvSource({"1,1", "5,3", "63,20", "64,1000"})
    void imagesOfAnySize(int width, int height, Door door) throws IOException {
        Path image = TestImages.png(folder.resolve("odd.png"), RectangleSet.draw(width, height, List.of(), 2).getBufferedImage());
        Path output = folder.resolve("found");
        assertSays(ExitStatus.DONE, "", door.run(DetectLesions.class, "input", image, "model", model(door), "output", output));
        assertTrue(Files.readString(output.resolve("images.csv")).contains("odd.png,,,," + width + "," + height + ",,,"));
    }

    /** At a threshold of 0 everything is a box, of which no more come than are asked for. */
    @Test
    void anAllBlackImageAndAThresholdOfZero(Door door) throws IOException {
        TestImages.flat(folder.resolve("black.png"), 0);
        assertSays(ExitStatus.DONE, "", door.run(DetectLesions.class, "input", folder.resolve("black.png"), "model", model(door), "output",
            folder.resolve("all"), "threshold", 0, "nms", 1, "max_detections", 50));
        assertEquals(51, Files.readAllLines(folder.resolve("all/results.csv")).size());
    }
}
