package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.gui.Roi;
import ij.gui.ShapeRoi;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.image.Placement;
import io.github.lesionj.image.RoiFiles;
import io.github.lesionj.results.Region.Vertex;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatMapTest {

    private static HeatMap map(int columns, int rows, Placement placement, Explanation.Extent extent, float... values) {
        return new HeatMap(new Explanation(Explanation.Kind.ATTENTION, "lesion", 0.97, columns, rows, values, placement, extent));
    }

    @Test
    void interpolatesBetweenCentres() {
        // Centres at x = 25 and 75, y = 10 and 30.
        HeatMap map = map(2, 2, new Placement(0, 0, 100, 40), Explanation.Extent.of(100, 40), 0, 1, 2, 5);
        assertEquals(0, map.valueAt(25, 10));
        assertEquals(1, map.valueAt(75, 10));
        assertEquals(0.5, map.valueAt(50, 10), 1e-12);
        assertEquals(2, map.valueAt(50, 20), 1e-12, "mean of the four");
        assertEquals(5, map.valueAt(99, 39), "constant beyond the outermost centres");
        assertEquals(0, map.valueAt(0, 0));
    }

    @Test
    void peakIsACellsCentreInImagePixels() {
        HeatMap map = map(2, 2, new Placement(10, -20, 100, 40), Explanation.Extent.of(200, 20), 0, 1, 2, 5);
        HeatMap.Peak peak = map.peak();
        assertEquals(85, peak.x(), 1e-12);
        assertEquals(10, peak.y(), 1e-12);
        assertEquals(5, peak.value());
    }

    @Test
    void peakInThePaddingIsTakenWhereTheImageEnds() {
        // Rows' centres at y = -5 and 15; the image begins at 0, a quarter of the way from 8 down to 0.
        HeatMap map = map(1, 2, new Placement(0, -15, 10, 40), Explanation.Extent.of(10, 10), 8, 0);
        assertEquals(0, map.peak().y(), 1e-12);
        assertEquals(6, map.peak().value(), 1e-12);
    }

    @Test
    void tiesGoToTheCentreOfTheTied() {
        // A saturated 3 x 1 run in the second row: its middle.
        HeatMap map = map(4, 2, new Placement(0, 0, 40, 20), Explanation.Extent.of(40, 20), 0, 0, 0, 0, 0, 1, 1, 1);
        assertEquals(25, map.peak().x(), 1e-9);
        assertEquals(15, map.peak().y(), 1e-9);
        // Two alone: the first in reading order.
        HeatMap two = map(3, 1, new Placement(0, 0, 30, 10), Explanation.Extent.of(30, 10), 1, 0, 1);
        assertEquals(5, two.peak().x(), 1e-9);
    }

    @Test
    void weakAttentionIsNotShownAsStrong() {
        Explanation.Extent whole = Explanation.Extent.of(2, 1);
        Placement view = new Placement(0, 0, 2, 1);
        HeatMap weak = new HeatMap(new Explanation(Explanation.Kind.ATTENTION, "lesion", 0.1, 2, 1, new float[] {0.001f, 0.002f}, view, whole));
        assertEquals(0.2, weak.strongest(), 1e-9);
        assertTrue(AttentionRegions.outline(weak).isEmpty());
        HeatMap strong = new HeatMap(new Explanation(Explanation.Kind.ATTENTION, "lesion", 0.9, 2, 1, new float[] {0.1f, 0.6f}, view, whole));
        assertEquals(0.6, strong.strongest(), 1e-6);
        HeatMap unscaled = new HeatMap(new Explanation(Explanation.Kind.CAM, "lesion", 0.9, 2, 1, new float[] {0.001f, 0.002f}, view, whole));
        assertEquals(0.002, unscaled.strongest(), 1e-6);
    }

    @Test
    void refusesWhatIsNoMap() {
        Placement placement = new Placement(0, 0, 10, 10);
        Explanation.Extent extent = Explanation.Extent.of(10, 10);
        assertThrows(LesionJException.class, () -> map(1, 1, placement, extent, Float.NaN));
        assertThrows(LesionJException.class, () -> map(1, 1, placement, extent, Float.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> map(2, 1, placement, extent, 1));
        assertThrows(IllegalArgumentException.class, () -> map(1, 1, new Placement(20, 0, 5, 5), extent, 1));
    }

    @Test
    void outlineOfARampIsWhereItReachesHalf() {
        // 1 at x = 10, 0 at x = 30: half of the maximum at x = 20, from top to bottom.
        HeatMap map = map(2, 1, new Placement(0, 0, 40, 12), Explanation.Extent.of(40, 12), 1, 0);
        Region region = AttentionRegions.outline(map).orElseThrow();
        assertEquals("lesion 0.97 attention>=0.50", region.name());
        assertEquals(1, region.rings().size());
        assertBounds(region.rings().get(0), 0, 0, 20, 12, 1e-9);
        assertEquals(240, area(region.rings().get(0)), 1e-9);
    }

    @Test
    void outlineStaysInWhatWasSeen() {
        HeatMap letterboxed = map(1, 1, new Placement(0, -30, 100, 100), Explanation.Extent.of(100, 40), 0.8f);
        assertBounds(AttentionRegions.outline(letterboxed).orElseThrow().rings().get(0), 0, 0, 100, 40, 1e-9);
        HeatMap cropped = map(1, 1, new Placement(30, 0, 40, 40), Explanation.Extent.of(100, 40), 0.8f);
        assertBounds(AttentionRegions.outline(cropped).orElseThrow().rings().get(0), 30, 0, 70, 40, 1e-9);
        HeatMap part = map(1, 1, new Placement(500, 300, 40, 40), new Explanation.Extent(500, 300, 40, 40), 0.8f);
        assertBounds(AttentionRegions.outline(part).orElseThrow().rings().get(0), 500, 300, 540, 340, 1e-9);
    }

    @Test
    void holesAndSeveralPartsSurviveTheArchive(@TempDir Path folder) {
        // A ring with a hole on the left, a spot on the right.
        float[] values = {0, 0, 0, 0, 0, 0, 0,
            0, 1, 1, 1, 0, 0, 0,
            0, 1, 0, 1, 0, 1, 0,
            0, 1, 1, 1, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0};
        HeatMap map = map(7, 5, new Placement(0, 0, 700, 500), Explanation.Extent.of(700, 500), values);
        Region region = AttentionRegions.outline(map).orElseThrow();
        assertEquals(3, region.rings().size());
        assertEquals(1, region.rings().stream().filter(ring -> area(ring) < 0).count(), "one hole, against the clock");
        Roi roi = Regions.toRoi(region, ClassColors.of(List.of("lesion"), "lesion"));
        assertTrue(roi instanceof ShapeRoi);
        assertInside(roi, 150, 250, true);
        assertInside(roi, 250, 250, false);
        assertInside(roi, 350, 150, true);
        assertInside(roi, 550, 250, true);
        assertInside(roi, 450, 250, false);

        Path file = folder.resolve("r.zip");
        RoiFiles.write(file, List.of(roi, roi));
        List<Roi> read = RoiFiles.read(file);
        assertEquals(2, read.size());
        Region back = Regions.of(read.get(0)).orElseThrow();
        assertEquals(region.name(), back.name());
        assertEquals(region.level(), back.level());
        assertEquals(3, back.rings().size());
        for (int i = 0; i < 3; i++) {
            assertEquals(area(region.rings().get(i)), area(back.rings().get(i)), 1);
        }
        assertEquals(roi.getStrokeColor(), read.get(0).getStrokeColor());
    }

    @Test
    void onePartKeepsItsCornersToTheArchive(@TempDir Path folder) {
        HeatMap map = map(3, 3, new Placement(0.25, 0.5, 33, 33), Explanation.Extent.of(34, 34), 0, 0, 0, 0, 1, 0, 0, 0, 0);
        Region region = AttentionRegions.outline(map).orElseThrow();
        Path file = folder.resolve("r.zip");
        RoiFiles.write(file, List.of(Regions.toRoi(region, java.awt.Color.RED)));
        List<Vertex> back = Regions.of(RoiFiles.read(file).get(0)).orElseThrow().rings().get(0);
        List<Vertex> ring = region.rings().get(0);
        assertEquals(ring.size(), back.size());
        for (int i = 0; i < ring.size(); i++) {
            assertEquals(ring.get(i).x(), back.get(i).x(), 1e-4);
            assertEquals(ring.get(i).y(), back.get(i).y(), 1e-4);
        }
    }

    @Test
    void tracesBothKindsOfSaddle() {
        // Diagonal high corners: joined where the centre is high, apart where it is low.
        double[] at = {0, 1};
        assertEquals(1, ContourTracer.trace((x, y) -> x == y ? 1 : 0.2, at, at, 0.5).size());
        assertEquals(2, ContourTracer.trace((x, y) -> x == y ? 1 : -0.2, at, at, 0.5).size());
        assertEquals(1, ContourTracer.trace((x, y) -> x != y ? 1 : 0.2, at, at, 0.5).size());
        assertEquals(2, ContourTracer.trace((x, y) -> x != y ? 1 : -0.2, at, at, 0.5).size());
        assertTrue(ContourTracer.trace((x, y) -> 0, at, at, 0.5).isEmpty());
    }

    @Test
    void tracesACircle() {
        double[] at = new double[201];
        for (int i = 0; i <= 200; i++) {
            at[i] = i - 100;
        }
        List<List<Vertex>> rings = ContourTracer.trace((x, y) -> -Math.hypot(x, y), at, at, -60);
        assertEquals(1, rings.size());
        assertEquals(Math.PI * 3600, area(rings.get(0)), 10);
    }

    private static void assertInside(Roi roi, double x, double y, boolean inside) {
        assertEquals(inside, roi.containsPoint(x, y), x + ", " + y);
    }

    private static void assertBounds(List<Vertex> ring, double left, double top, double right, double bottom, double tolerance) {
        assertEquals(left, ring.stream().mapToDouble(Vertex::x).min().orElseThrow(), tolerance);
        assertEquals(right, ring.stream().mapToDouble(Vertex::x).max().orElseThrow(), tolerance);
        assertEquals(top, ring.stream().mapToDouble(Vertex::y).min().orElseThrow(), tolerance);
        assertEquals(bottom, ring.stream().mapToDouble(Vertex::y).max().orElseThrow(), tolerance);
    }

    // Positive for a line that runs clockwise on the screen.
    private static double area(List<Vertex> ring) {
        double sum = 0;
        for (int i = 0; i < ring.size(); i++) {
            Vertex a = ring.get(i);
            Vertex b = ring.get((i + 1) % ring.size());
            sum += a.x() * b.y() - b.x() * a.y();
        }
        return sum / 2;
    }

    @Test
    void seesOnlyItsPart() {
        HeatMap map = map(1, 1, new Placement(30, 0, 40, 40), Explanation.Extent.of(100, 40), 1);
        assertTrue(map.seen(30, 20));
        assertFalse(map.seen(29.9, 20));
        assertFalse(map.allSeen());
    }
}
