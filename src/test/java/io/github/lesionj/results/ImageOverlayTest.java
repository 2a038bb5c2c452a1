package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import io.github.lesionj.image.Placement;
import io.github.lesionj.image.RoiMark;
import java.awt.Color;
import java.awt.Rectangle;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageOverlayTest {

    private static HeatMap map(int width, int height) {
        return new HeatMap(new Explanation(Explanation.Kind.ATTENTION, "lesion", 0.9, 2, 2, new float[] {0, 0, 0, 1},
            new Placement(0, 0, width, height), Explanation.Extent.of(width, height)));
    }

    private static void add(ImagePlus image, ItemKey item) {
        HeatMap map = map(image.getWidth(), image.getHeight());
        Classification row = new Classification(item, List.of("lesion"), 0.9, List.of(0.9), null, null);
        assertTrue(ImageOverlay.add(image, row, map, AttentionRegions.outline(map).stream().toList(), Color.CYAN));
    }

    private static long ours(ImagePlus image) {
        return Arrays.stream(image.getOverlay().toArray()).filter(RoiMark::isOurs).count();
    }

    @Test
    void keepsTheUsersElementsAndReplacesOurs() {
        ImagePlus image = IJ.createImage("x", "8-bit ramp", 224, 160, 1);
        byte[] before = ((byte[]) image.getProcessor().getPixels()).clone();
        Roi users = new Roi(1, 2, 3, 4);
        image.setOverlay(new Overlay(users));
        ImageOverlay.clear(image);
        add(image, ItemKey.of("x"));
        long count = ours(image);
        ImageOverlay.clear(image);
        add(image, ItemKey.of("x"));
        assertEquals(count, ours(image));
        assertEquals(count + 1, image.getOverlay().size());
        assertSame(users, image.getOverlay().get(0));
        assertArrayEquals(before, (byte[]) image.getProcessor().getPixels());
        ImageOverlay.clear(image);
        assertEquals(1, image.getOverlay().size());
        image.setOverlay(null);
        add(image, ItemKey.of("x"));
        ImageOverlay.clear(image);
        assertNull(image.getOverlay());
    }

    @Test
    void heatIsWhereTheMapIsAndTheLegendIsElsewhere() {
        ImagePlus image = IJ.createImage("x", "8-bit black", 224, 160, 1);
        add(image, ItemKey.of("x"));
        ImageRoi heat = (ImageRoi) image.getOverlay().get(0);
        assertEquals(new Rectangle(0, 0, 224, 160), heat.getBounds());
        assertEquals(0, heat.getProcessor().get(20, 20) & 0xffffff);
        int hot = heat.getProcessor().get(180, 130);
        assertTrue(new Color(hot).getRed() > 240 && new Color(hot).getGreen() > 230, Integer.toHexString(hot));
        for (Roi element : image.getOverlay().toArray()) {
            if ("legend".equals(element.getProperty("lesionj"))) {
                assertTrue(!element.getBounds().contains(180, 130));
            }
        }
    }

    @Test
    void planesOfAStackAndAHyperstack() {
        ImagePlus stack = IJ.createImage("s", "8-bit black", 64, 64, 3);
        add(stack, ItemKey.of("s", 1, 2, 1));
        assertTrue(Arrays.stream(stack.getOverlay().toArray()).allMatch(roi -> roi.getPosition() == 2));
        ImagePlus hyper = IJ.createHyperStack("h", 64, 64, 2, 3, 4, 8);
        add(hyper, ItemKey.of("h", 0, 3, 4));
        for (Roi roi : hyper.getOverlay().toArray()) {
            assertEquals(List.of(0, 3, 4), List.of(roi.getCPosition(), roi.getZPosition(), roi.getTPosition()));
        }
        add(hyper, ItemKey.of("h", 0, 1, 4));
        assertEquals(2, Arrays.stream(hyper.getOverlay().toArray()).filter(roi -> "outline".equals(roi.getProperty("lesionj"))).count());
    }

    @Test
    void tinyImagesGetAnOverlayWithoutFailing() {
        for (int size : new int[] {1, 2, 5, 28}) {
            ImagePlus image = IJ.createImage("x", "8-bit black", size, size, 1);
            add(image, ItemKey.of("x"));
            assertTrue(image.getOverlay().size() >= 2);
        }
    }

    @Test
    void tableHasTheColumnsOfTheCsv() {
        Classification row = new Classification(ItemKey.of("s.tif", 1, 2, 1), List.of("lesion"), 0.9, List.of(0.1, 0.9), null, List.of("normal"));
        ResultSet results = new ResultSet(RunStatus.DONE, new RunIdentity("c", Map.of(), List.of(), Map.of()),
            List.of("normal", "lesion"), List.of(row), List.of(), Map.of());
        ResultsTable table = Tables.of(results);
        Tables.publish(table);
        ResultsTable published = ResultsTable.getResultsTable();
        assertEquals("image,c,z,t,label,probability,p_normal,p_lesion,truth", String.join(",", published.getHeadings()));
        assertEquals(0.9, published.getValue("p_lesion", 0));
        assertEquals(2, published.getValue("z", 0));
        assertEquals("lesion", published.getStringValue("label", 0));
        assertEquals("s.tif\t1\t2\t1\tlesion\t0.900000\t0.100000\t0.900000\tnormal", published.getRowAsString(0));
    }

    private static Detections boxes(ItemKey item, double umX) {
        return new Detections(item, 64, 64, umX, umX * 2, List.of("a", "b"), List.of(SampleBoxes.box(1, 2, 3.5, 8, 1, 0.93),
            SampleBoxes.box(0, 0, 64, 64, 0, 0.5)), List.of());
    }

    @Test
    void boxesReplaceOursAndKeepTheUsers() {
        ImagePlus image = IJ.createImage("x", "8-bit black", 64, 64, 1);
        Roi users = new Roi(1, 2, 3, 4);
        image.setOverlay(new Overlay(users));
        for (int turn = 0; turn < 2; turn++) {
            ImageOverlay.clear(image);
            ImageOverlay.addBoxes(image, DetectionRois.of(boxes(ItemKey.of("x"), 1), image.isHyperStack()));
        }
        assertEquals(List.of("a 0.50", "b 0.93"), Arrays.stream(image.getOverlay().toArray()).filter(RoiMark::isOurs).map(Roi::getName).sorted().toList());
        assertSame(users, image.getOverlay().get(0));
        assertEquals(3, image.getOverlay().size());
        assertTrue(Arrays.stream(image.getOverlay().toArray()).noneMatch(RoiMark::isExplanation));
        ImageOverlay.clear(image);
        assertEquals(1, image.getOverlay().size());
    }

    @Test
    void boxesOfAHyperstackAreOnTheirPlanes() {
        ImagePlus hyper = IJ.createHyperStack("h", 64, 64, 2, 3, 4, 8);
        ImageOverlay.addBoxes(hyper, DetectionRois.of(boxes(ItemKey.of("h", 2, 3, 4), 1), hyper.isHyperStack()));
        for (Roi roi : hyper.getOverlay().toArray()) {
            assertEquals(List.of(2, 3, 4), List.of(roi.getCPosition(), roi.getZPosition(), roi.getTPosition()));
        }
        ImagePlus plain = IJ.createImage("x", "8-bit black", 64, 64, 1);
        ImageOverlay.addBoxes(plain, DetectionRois.of(boxes(ItemKey.of("x"), 1), plain.isHyperStack()));
        assertEquals(0, plain.getOverlay().get(0).getPosition());
    }

    @Test
    void tableOfBoxesHasTheirCalibratedSizes() {
        ResultsTable table = Tables.of(List.of(boxes(ItemKey.of("s.tif", 1, 2, 1), 0.5), boxes(ItemKey.of("p.png"), Double.NaN)));
        assertEquals("image,c,z,t,label,score,x,y,width,height,x_um,y_um,width_um,height_um,area,area_um2", String.join(",", table.getHeadings()));
        assertEquals(4, table.size());
        assertEquals(2, table.getValue("z", 0));
        assertEquals("b", table.getStringValue("label", 0));
        assertEquals(0.93, table.getValue("score", 0));
        assertEquals(2.5, table.getValue("width", 0));
        assertEquals(15, table.getValue("area", 0));
        assertEquals(1.25, table.getValue("width_um", 0));
        assertEquals(6, table.getValue("height_um", 0));
        assertEquals(7.5, table.getValue("area_um2", 0));
        assertEquals("p.png", table.getStringValue("image", 2));
        assertEquals("", table.getStringValue("z", 2));
        assertTrue(Double.isNaN(table.getValue("width_um", 2)));
        ResultsTable uncalibrated = Tables.of(List.of(boxes(ItemKey.of("p.png"), Double.NaN)));
        assertEquals("image,c,z,t,label,score,x,y,width,height,area", String.join(",", uncalibrated.getHeadings()));
    }
}
