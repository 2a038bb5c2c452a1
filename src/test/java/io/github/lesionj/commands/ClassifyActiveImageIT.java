package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.ImageRoi;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code Classify Image...} on the image that is open in ImageJ. */
@ExtendWith(Door.Extension.class)
class ClassifyActiveImageIT {

    @TempDir
    private Path folder;

    private static Door.Run classify(Door door, ImagePlus image, Object... more) {
        Object[] keys = new Object[2 + more.length];
        keys[0] = "model";
        keys[1] = "brightness";
        System.arraycopy(more, 0, keys, 2, more.length);
        return door.runOn(image, ClassifyImage.class, keys);
    }

    private static ImagePlus square() {
        return new ImagePlus("square", TestImages.square(64, 64, 32, 16, 255));
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

    private static List<Roi> ours(ImagePlus image) {
        return image.getOverlay() == null ? List.of()
            : Arrays.stream(image.getOverlay().toArray()).filter(roi -> roi.getProperty("lesionj") != null).toList();
    }

    private static String column(String name) {
        ResultsTable table = ResultsTable.getResultsTable();
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < table.size(); row++) {
            text.append(row == 0 ? "" : " ").append(table.getStringValue(name, row));
        }
        return text.toString();
    }

    @Test
    void tableAndOverlayWithoutAnOutput(Door door) {
        ImagePlus image = square();
        byte[] before = ((byte[]) image.getProcessor().getPixels()).clone();
        Door.Run run = classify(door, image);
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        assertEquals("square", column("image"));
        assertEquals("normal", column("label"));
        assertEquals(1 / 16.0, ResultsTable.getResultsTable().getValue("p_lesion", 0), 1e-6);
        assertArrayEquals(before, (byte[]) image.getProcessor().getPixels());
        assertFalse(image.changes);
        Roi outline = ours(image).stream().filter(roi -> roi.getName() != null && roi.getName().contains("attention>=")).findFirst().orElseThrow();
        assertTrue(outline.contains(40, 24) && !outline.contains(16, 24) && !outline.contains(40, 50), outline.toString());
        ImageRoi heat = (ImageRoi) ours(image).stream().filter(ImageRoi.class::isInstance).findFirst().orElseThrow();
        assertEquals(new java.awt.Rectangle(0, 0, 64, 64), heat.getBounds());
    }

    @Test
    void theUsersOverlayStaysAndOursIsReplaced(Door door) {
        ImagePlus image = square();
        Roi mine = new OvalRoi(1, 2, 3, 4);
        mine.setName("mine");
        image.setOverlay(new Overlay(mine));
        classify(door, image);
        int elements = ours(image).size();
        assertTrue(elements >= 2, "heat map and outline");
        classify(door, image);
        assertEquals(elements, ours(image).size());
        assertEquals(elements + 1, image.getOverlay().size());
        assertSame(mine, Arrays.stream(image.getOverlay().toArray()).filter(roi -> "mine".equals(roi.getName())).findFirst().orElseThrow());
        assertEquals(ExitStatus.DONE, classify(door, image, "explain", "none").status());
        assertEquals(1, image.getOverlay().size(), "an old map does not stay on an image that was classified again");
    }

    @Test
    void aRefusedRunLeavesTheOldOverlay(Door door) {
        ImagePlus image = square();
        classify(door, image);
        int elements = ours(image).size();
        assertEquals(ExitStatus.USAGE, classify(door, image, "channel", 5).status());
        assertEquals(elements, ours(image).size());
    }

    @Test
    void everySliceOfAStackIsARow(Door door) {
        ImagePlus image = stack(0, 51, 102, 255);
        assertEquals(ExitStatus.DONE, classify(door, image, "output", folder.resolve("out")).status());
        assertEquals("0 0.2 0.4 1", column("p_lesion").replaceAll("\\.?0+(?= |$)", "").replaceAll("^(?= )", "0"));
        assertEquals("1 2 3 4", column("z"));
        assertEquals("1 1 1 1", column("t"));
        assertTrue(Files.exists(folder.resolve("out/overlays/stack_c1_z3_t1.png")));
        assertEquals(List.of(2, 3, 4), ours(image).stream().filter(ImageRoi.class::isInstance).map(Roi::getPosition).distinct().sorted()
            .filter(position -> position > 1).toList());
    }

    @Test
    void aHyperstackAsksForItsChannel(Door door) {
        ImagePlus image = stack(0, 51, 102, 153, 204, 255);
        image.setDimensions(2, 3, 1);
        image.setOpenAsHyperStack(true);
        Door.Run run = classify(door, image);
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains("stack has 2 channels but the model takes 1: choose one with the key channel, from 1 to 2"), run.sentence());
        assertEquals(ExitStatus.DONE, classify(door, image, "channel", 2, "output", folder.resolve("out")).status());
        assertEquals(List.of("2 1 1 0.2", "2 2 1 0.6", "2 3 1 1"), ResultFiles.rows(folder.resolve("out")).stream()
            .map(row -> row.get("c") + " " + row.get("z") + " " + row.get("t") + " " + row.get("p_lesion").replaceAll("\\.?0+$", "")).toList());
        assertTrue(ours(image).stream().filter(ImageRoi.class::isInstance).allMatch(roi -> roi.getCPosition() == 2));
    }

    @Test
    void aRoiMeansItsBounds(Door door) {
        ImagePlus image = square();
        image.setRoi(new OvalRoi(32, 16, 16, 16));
        assertEquals(ExitStatus.DONE, classify(door, image, "output", folder.resolve("out")).status());
        assertEquals("1", ResultFiles.rows(folder.resolve("out")).get(0).get("p_lesion"));
        ImageRoi heat = (ImageRoi) ours(image).stream().filter(ImageRoi.class::isInstance).findFirst().orElseThrow();
        assertEquals(new java.awt.Rectangle(32, 16, 16, 16), heat.getBounds());
        assertTrue(ResultFiles.ledger(folder.resolve("out")).get("remarks").toString().contains("bounds of the ROI"));
        assertTrue(image.getRoi() instanceof OvalRoi, "the ROI stays");
    }

    @Test
    void aLineIsNoRegion(Door door) {
        ImagePlus image = square();
        image.setRoi(new Line(1, 1, 20, 20));
        Door.Run run = classify(door, image);
        assertEquals(ExitStatus.USAGE, run.status(), run.sentence());
        assertTrue(run.sentence().contains("is a line, point or text without an area"), run.sentence());
    }

    @Test
    void anInvertedLutInvertsTheValues(Door door) {
        ImagePlus image = stack(51);
        image.getProcessor().invertLut();
        assertEquals(ExitStatus.DONE, classify(door, image, "output", folder.resolve("out")).status());
        assertEquals("0.800000", ResultFiles.rows(folder.resolve("out")).get(0).get("p_lesion"));
        assertTrue(ResultFiles.ledger(folder.resolve("out")).get("remarks").toString().contains("inverted"));
    }

    @Test
    void colourBecomesGreyByRec601(Door door) {
        ij.process.ColorProcessor pixels = new ij.process.ColorProcessor(8, 8);
        pixels.setColor(new java.awt.Color(255, 0, 0));
        pixels.fill();
        classify(door, new ImagePlus("red", pixels));
        assertEquals(0.299, ResultsTable.getResultsTable().getValue("p_lesion", 0), 2e-3);
    }

    @Test
    void sixteenBitsAreScaledByTheirType(Door door) {
        ij.process.ShortProcessor pixels = new ij.process.ShortProcessor(8, 8);
        pixels.set(13107);
        classify(door, new ImagePlus("short", pixels));
        assertEquals(0.2, ResultsTable.getResultsTable().getValue("p_lesion", 0), 1e-6);
    }

    @Test
    void withoutAnImageItSaysSo(Door door) {
        Door.Run run = door.run(ClassifyImage.class, "model", "brightness");
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains("There is no image: open one"), run.sentence());
    }

    @Test
    void theSameImageAgainIsShownAgain(Door door) {
        Path output = folder.resolve("out");
        classify(door, square(), "output", output);
        ImagePlus image = square();
        assertEquals(ExitStatus.DONE, classify(door, image, "output", output).status());
        assertEquals("done 1/0/1/0", ResultFiles.counts(output));
        assertEquals(1, ResultFiles.rows(output).size());
        assertTrue(ours(image).stream().anyMatch(roi -> roi.getName() != null && roi.getName().contains("attention>=")),
            "the map is computed again, for no file holds it");
    }

    @Test
    void changedPixelsAreAnotherImage(Door door) {
        Path output = folder.resolve("out");
        classify(door, square(), "output", output);
        Door.Run run = classify(door, new ImagePlus("square", TestImages.square(64, 64, 0, 0, 255)), "output", output);
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.sentence().contains("input that is changed: square"), run.sentence());
    }
}
