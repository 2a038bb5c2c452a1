package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.io.FileSaver;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.image.RoiFiles;
import io.github.lesionj.results.ClassColors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code Classify Image... rois=}: one row per ROI, and what is left on the ROIs; the network says how bright it sees them. */
@ExtendWith(Door.Extension.class)
class ClassifyObjectsIT {

    private static final List<String> CLASSES = List.of("normal", "lesion");

    @TempDir
    private Path folder;

    private Path output() {
        return folder.resolve("out");
    }

    private Door.Run classify(Door door, ImagePlus image, Object... more) {
        Object[] keys = new Object[6 + more.length];
        System.arraycopy(new Object[] {"model", "brightness", "output", output(), "margin", "0"}, 0, keys, 0, 6);
        System.arraycopy(more, 0, keys, 6, more.length);
        return image == null ? door.run(ClassifyImage.class, keys) : door.runOn(image, ClassifyImage.class, keys);
    }

    /** White at 32, 16 with an edge of 16 px, black elsewhere. */
    private static ImagePlus square(Roi... rois) {
        ImagePlus image = new ImagePlus("square.tif", TestImages.square(64, 64, 32, 16, 255));
        image.setOverlay(overlay(rois));
        return image;
    }

    private static Overlay overlay(Roi... rois) {
        Overlay overlay = new Overlay();
        Arrays.asList(rois).forEach(overlay::add);
        return overlay;
    }

    private static Roi named(String name, Roi roi) {
        roi.setName(name);
        return roi;
    }

    private static List<String> names(List<Roi> rois) {
        return rois.stream().map(Roi::getName).toList();
    }

    private List<String> column(String name) {
        return ResultFiles.rows(output()).stream().map(row -> row.get(name)).toList();
    }

    @Test
    void eachRoiIsARowAndIsNamedGroupedAndColoured(Door door) throws Exception {
        ImagePlus image = square(named("bright", new Roi(32, 16, 16, 16)), named("dark", new Roi(2, 2, 10, 10)), new OvalRoi(40, 16, 16, 16));
        image.setRoi(new Roi(0, 0, 5, 5));
        Door.Run run = classify(door, image, "rois", "overlay");
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        assertEquals("image,roi,label,probability,p_normal,p_lesion", Files.readString(output().resolve("results.csv")).lines().findFirst().orElseThrow());
        assertEquals(List.of("bright", "dark", "roi-3"), column("roi"));
        assertEquals(List.of("lesion", "normal"), column("label").subList(0, 2));
        assertEquals(List.of("1", "0", "0.500000"), column("p_lesion"));
        List<Roi> rois = Arrays.asList(image.getOverlay().toArray());
        assertEquals(List.of("lesion 1.00", "normal 1.00"), names(rois).subList(0, 2));
        assertEquals(List.of(2, 1), rois.stream().limit(2).map(Roi::getGroup).toList());
        assertEquals(ClassColors.of(CLASSES, "lesion"), rois.get(0).getStrokeColor());
        assertEquals(ClassColors.of(CLASSES, "normal"), rois.get(1).getStrokeColor());
        assertNull(rois.get(0).getProperty("lesionj"), "the ROIs stay the user's");
        assertEquals(3, rois.size(), "no map is drawn");
        assertEquals("bright", ResultsTable.getResultsTable().getStringValue("roi", 0));
        assertEquals(names(rois), names(RoiFiles.read(output().resolve("rois/square.tif.zip"))));
        assertEquals(names(rois), names(RoiFiles.read(output().resolve("rois.zip"))));
        assertEquals(2, RoiFiles.read(output().resolve("rois.zip")).get(0).getGroup());
        String geojson = Files.readString(output().resolve("geojson/square.tif.geojson"));
        assertTrue(geojson.contains("[[[32.0,16.0],[48.0,16.0],[48.0,32.0],[32.0,32.0],[32.0,16.0]]]") && geojson.contains("\"name\":\"lesion\"")
            && geojson.contains("{\"probability\":1.0}"), geojson);
        assertTrue(ResultFiles.ledger(output()).get("crop").getAsString().contains("0 percent"));
        assertEquals("[\"The bounds of the ROIs were used; pixels outside their outlines are kept.\"]",
            ResultFiles.ledger(output()).get("remarks").getAsJsonObject().get("square.tif").toString());
    }

    @Test
    void aSecondRunSpeaksOfTheSameRois(Door door) throws Exception {
        ImagePlus image = square(named("bright", new Roi(32, 16, 16, 16)), named("dark", new Roi(2, 2, 10, 10)));
        classify(door, image, "rois", "overlay");
        String table = Files.readString(output().resolve("results.csv"));
        assertEquals(ExitStatus.DONE, classify(door, image, "rois", "overlay").status());
        assertEquals("done 2/2/0/0", ResultFiles.counts(output()));
        assertEquals(table, Files.readString(output().resolve("results.csv")));
        image.getOverlay().get(1).setName("corrected");
        assertEquals(ExitStatus.DONE, classify(door, image, "rois", "overlay", "output", folder.resolve("second")).status());
        assertEquals(List.of("bright", "corrected"), ResultFiles.rows(folder.resolve("second")).stream().map(row -> row.get("roi")).toList());
        assertEquals("normal 1.00", image.getOverlay().get(1).getName());
        Door.Run third = classify(door, square(), "rois", output().resolve("rois.zip"), "output", folder.resolve("third"));
        assertEquals(ExitStatus.DONE, third.status(), third.sentence());
        assertEquals(List.of("bright", "dark"), ResultFiles.rows(folder.resolve("third")).stream().map(row -> row.get("roi")).toList());
    }

    @Test
    void theMarginTakesInTheSurroundingsAndTheEdgeIsRepeated(Door door) {
        ImagePlus image = square(named("inner", new Roi(36, 20, 8, 8)), named("whole", new Roi(32, 16, 16, 16)));
        classify(door, image, "rois", "overlay", "margin", "50");
        assertEquals(List.of("1", "0.250000"), column("p_lesion"));
        ImagePlus white = new ImagePlus("white", TestImages.square(32, 32, 0, 0, 255));
        white.setProcessor(new ByteProcessor(32, 32));
        white.getProcessor().invert();
        white.setOverlay(overlay(new Roi(0, 0, 8, 8)));
        classify(door, white, "rois", "overlay", "margin", "200", "output", folder.resolve("white"));
        assertEquals("1", ResultFiles.rows(folder.resolve("white")).get(0).get("p_lesion"));
    }

    private static ImagePlus stack(int... greys) {
        ImageStack stack = new ImageStack(32, 32);
        for (int grey : greys) {
            ByteProcessor slice = new ByteProcessor(32, 32);
            slice.setColor(grey);
            slice.fill();
            stack.addSlice(slice);
        }
        return new ImagePlus("stack", stack);
    }

    private static Roi at(int... position) {
        Roi roi = new Roi(4, 4, 8, 8);
        if (position.length == 1) {
            roi.setPosition(position[0]);
        } else {
            roi.setPosition(position[0], position[1], position[2]);
        }
        return roi;
    }

    @Test
    void eachRoiIsClassifiedOnItsSlice(Door door) {
        ImagePlus image = stack(0, 51, 102, 153, 204, 255);
        image.setSlice(2);
        image.setOverlay(overlay(at(6), at(1), at(0), at(9)));
        Door.Run run = classify(door, image, "rois", "overlay");
        assertEquals(ExitStatus.PARTIAL, run.status(), run.sentence());
        assertEquals(List.of("1 roi-2 0", "2 roi-3 0.2", "6 roi-1 1"), ResultFiles.rows(output()).stream()
            .map(row -> row.get("z") + " " + row.get("roi") + " " + row.get("p_lesion").replaceAll("0+$", "0").replaceAll("(\\.\\d)0+$", "$1")).toList());
        assertEquals("The ROI belongs to slice 9, frame 1, but the image has 1 channels, 6 slices, 1 frames.",
            ResultFiles.failures(output()).get(0).get("reason"));

        ImagePlus hyperstack = stack(0, 51, 102, 153, 204, 255);
        hyperstack.setDimensions(2, 3, 1);
        hyperstack.setOpenAsHyperStack(true);
        hyperstack.setOverlay(overlay(at(2, 3, 1), at(1, 2, 1)));
        assertEquals(ExitStatus.DONE, classify(door, hyperstack, "rois", "overlay", "output", folder.resolve("hyper")).status());
        assertEquals(List.of("1 2 0.400000", "2 3 1"), ResultFiles.rows(folder.resolve("hyper")).stream()
            .map(row -> row.get("c") + " " + row.get("z") + " " + row.get("p_lesion")).toList());
        assertEquals("2 3 1", hyperstack.getOverlay().get(0).getCPosition() + " " + hyperstack.getOverlay().get(0).getZPosition() + " "
            + hyperstack.getOverlay().get(0).getTPosition());
    }

    @Test
    void anotherSliceIsAnotherRun(Door door) {
        ImagePlus image = stack(0, 255);
        image.setOverlay(overlay(at(0)));
        image.setSlice(1);
        classify(door, image, "rois", "overlay");
        assertEquals(List.of("0"), column("p_lesion"));
        image.setSlice(2);
        assertUsage(classify(door, image, "rois", "overlay"), "input that is changed: stack");
        classify(door, image, "rois", "overlay", "output", folder.resolve("second"));
        assertEquals("1", ResultFiles.rows(folder.resolve("second")).get(0).get("p_lesion"));
    }

    @Test
    void whatIsNoObjectIsListedAndTheRestGoesOn(Door door) {
        Door.Run run = classify(door, square(named("line", new Line(1, 1, 9, 9)), named("point", new PointRoi(3, 3)),
            named("text", new TextRoi(3, 3, "scale")), named("far", new Roi(100, 100, 9, 9)), named("flat", new PolygonRoi(new int[] {3, 10, 6}, new int[] {4, 4, 4}, 3, Roi.POLYGON)),
            named("good", new Roi(32, 16, 16, 16)), named("edge", new Roi(-10, -10, 20, 20))), "rois", "overlay");
        assertEquals(ExitStatus.PARTIAL, run.status(), run.sentence());
        assertEquals("partial 7/0/2/5", ResultFiles.counts(output()));
        assertEquals(List.of("good", "edge"), column("roi"));
        assertEquals(List.of("square.tif_line read The ROI is a line, point, text or picture without an area.",
            "square.tif_point read The ROI is a line, point, text or picture without an area.",
            "square.tif_text read The ROI is a line, point, text or picture without an area.",
            "square.tif_far read The object lies outside the image (at 100, 100 in an image of 64 x 64 px).",
            "square.tif_flat read The object has no area (7 x 0 px)."), ResultFiles.failures(output()).stream()
            .map(row -> row.get("image") + " " + row.get("stage") + " " + row.get("reason")).toList());
        assertEquals(7, RoiFiles.read(output().resolve("rois.zip")).size(), "those that failed are kept as they were");
    }

    @Test
    void wrongUseIsSaidBeforeAnythingIsDone(Door door) throws Exception {
        Files.createDirectories(folder.resolve("two"));
        for (String name : List.of("a.tif", "b.tif")) {
            new FileSaver(square()).saveAsTiff(folder.resolve("two").resolve(name).toString());
        }
        Files.writeString(folder.resolve("empty.zip"), "no archive");
        assertUsage(classify(door, square(), "rois", "overlay"), "square.tif has no ROI in its overlay");
        assertUsage(classify(door, square(), "rois", "manager"), "Without a display there is no ROI Manager: use rois=overlay, or save the ROIs"
            + " and name the file with rois=FILE.zip.");
        assertUsage(classify(door, square(), "rois", folder.resolve("nosuch.zip")), "There is no file or folder");
        assertUsage(classify(door, square(), "rois", folder.resolve("empty.zip")), "it is no whole archive");
        assertUsage(classify(door, square(new Roi(1, 1, 5, 5)), "rois", "overlay", "explain", "cam"), "Maps are not drawn for ROIs");
        assertUsage(classify(door, null, "input", folder.resolve("two"), "rois", folder.resolve("empty.zip")), "belong to one image");
        assertFalse(Files.exists(output()));
    }

    private static void assertUsage(Door.Run run, String part) {
        assertEquals(ExitStatus.USAGE, run.status(), run.sentence());
        assertTrue(run.sentence().contains(part), run.sentence());
    }

    @Test
    void aFolderOfTiffsWithOverlays(Door door) throws Exception {
        Path input = Files.createDirectories(folder.resolve("in"));
        new FileSaver(square(named("bright", new Roi(32, 16, 16, 16)))).saveAsTiff(input.resolve("one.tif").toString());
        ImagePlus stack = stack(0, 255);
        stack.setOverlay(overlay(named("second", at(2)), named("first", at(1))));
        new FileSaver(stack).saveAsTiff(input.resolve("stack.tif").toString());
        new FileSaver(square()).saveAsPng(input.resolve("without.png").toString());
        Door.Run run = classify(door, null, "input", input, "rois", "overlay");
        assertEquals(ExitStatus.PARTIAL, run.status(), run.sentence());
        assertEquals(List.of("bright 1", "first 0", "second 1"), Stream.of(0, 1, 2).map(i -> column("roi").get(i) + " " + column("p_lesion").get(i)).toList());
        assertTrue(ResultFiles.failures(output()).get(0).get("reason").contains("without.png has no ROI in its overlay"));
        assertEquals(List.of("lesion 1.00", "normal 1.00"), names(RoiFiles.read(output().resolve("rois/stack.tif.zip"))));
        assertFalse(Files.exists(output().resolve("rois.zip")), "several images");

        Door.Run again = classify(door, null, "input", input, "rois", output().resolve("rois"), "output", folder.resolve("again"));
        assertEquals(ExitStatus.PARTIAL, again.status(), again.sentence());
        assertEquals(List.of("bright", "first", "second"), ResultFiles.rows(folder.resolve("again")).stream().map(row -> row.get("roi")).toList());
        assertTrue(ResultFiles.failures(folder.resolve("again")).get(0).get("reason").contains("There is no ROI for without.png in"));
    }

    @Test
    void roisOfAFileAreAddedToTheOverlayAndReplaced(Door door) {
        Path zip = folder.resolve("cells.zip");
        RoiFiles.write(zip, List.of(named("bright", new Roi(32, 16, 16, 16)), named("dark", new Roi(2, 2, 10, 10))));
        ImagePlus image = square(named("mine", new Roi(1, 1, 3, 3)));
        classify(door, image, "rois", zip);
        classify(door, image, "rois", zip, "output", folder.resolve("second"));
        assertEquals(List.of("mine", "lesion 1.00", "normal 1.00"), names(Arrays.asList(image.getOverlay().toArray())));
        assertEquals("object", image.getOverlay().get(1).getProperty("lesionj"));
    }
}
