package io.github.lesionj.evaluation.detection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.evaluation.Curves;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.geometry.TrueBox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small cases worked out by hand. */
class DetectionMetricsTest {

    private static final Box FIRST = new Box(0, 0, 10, 10);
    private static final Box SECOND = new Box(50, 50, 60, 60);
    private static final Box NOWHERE = new Box(80, 0, 90, 10);

    private static ScoredBox found(Box box, double score) {
        return new ScoredBox(box, 0, score);
    }

    private static DetectionMetrics measure(double threshold, JudgedImage... images) {
        return DetectionMetrics.of(List.of("cell"), List.of(images), threshold, DetectionMetrics.IOU);
    }

    /** Recall 0.5 0.5 0.5 1 and precision 1 1/2 1/3 1/2 by falling score: the best from there on 1 1/2 1/2 1/2. */
    @Test
    void twoImages() {
        DetectionMetrics metrics = measure(0.5,
            new JudgedImage("a", List.of(TrueBox.of(FIRST, 0), TrueBox.of(SECOND, 0)), List.of(found(SECOND, 0.3), found(FIRST, 0.9), found(NOWHERE, 0.8))),
            new JudgedImage("b", List.of(), List.of(found(FIRST, 0.6))));
        assertEquals((51 + 50 * 0.5) / 101, metrics.map50(), 1e-12);
        assertEquals(metrics.map50(), metrics.map(), 1e-12, "the boxes that hit do so exactly");
        assertEquals((6 + 5 * 0.5) / 11, metrics.map50Voc11(), 1e-12);
        assertEquals(0.75, metrics.map50VocAll(), 1e-12);
        assertEquals(1.0 / 3, metrics.all().precision(), 1e-12);
        assertEquals(0.5, metrics.all().recall(), 1e-12);
        assertEquals(0.4, metrics.all().f1(), 1e-12);
        assertEquals(1, metrics.all().misses());
        assertEquals(List.of(new Curves.Point(0, 0), new Curves.Point(0, 0.5), new Curves.Point(0.5, 0.5), new Curves.Point(1, 0.5),
            new Curves.Point(1, 1)), metrics.froc().points());
        assertEquals(0.5, metrics.froc().sensitivity(0.5));
        assertEquals(1, metrics.froc().sensitivity(1));
        assertEquals((3 * 0.5 + 4) / 7, metrics.froc().score(), 1e-12);
        assertEquals(Map.of("cell", metrics.map50()), metrics.toMap().get("ap50_per_class"));
    }

    /** Two boxes on one object: the surer one hits, the other is a false alarm, as is one of another class. */
    @Test
    void oneObjectIsHitOnce() {
        Box near = new Box(0, 0, 10, 9);
        JudgedImage image = new JudgedImage("a", List.of(TrueBox.of(FIRST, 0)), List.of(found(near, 0.9), found(FIRST, 0.8), new ScoredBox(FIRST, 1, 1)));
        DetectionMetrics metrics = DetectionMetrics.of(List.of("cell", "other"), List.of(image), 0, DetectionMetrics.IOU);
        assertEquals(1, metrics.all().hits());
        assertEquals(2, metrics.all().falseAlarms());
        assertArrayEquals(new int[] {0, -1}, ImageMatching.of(image, 0, MatchRule.of(0.5)).hit());
        assertArrayEquals(new int[] {-1, 0}, ImageMatching.of(image, 0, MatchRule.of(0.95)).hit());
        assertEquals(List.of(), ImageMatching.of(image, 0, MatchRule.of(0.5)).missed());
        // nine of ten IoU thresholds are at most 0.9; at 0.95 the second box hits, with precision 1/2
        assertEquals((9 + 0.5) / 10, metrics.map(), 1e-12);
        assertTrue(metrics.notes().get(0).contains("no object of the class other"), metrics.notes()::toString);
    }

    /** VOC looks only at the object of the largest overlap, COCO goes on to the next that is free. */
    @Test
    void conventionsDiffer() {
        Box wide = new Box(0, 0, 14, 10);
        List<TrueBox> truth = List.of(TrueBox.of(FIRST, 0), TrueBox.of(wide, 0));
        JudgedImage image = new JudgedImage("a", truth, List.of(found(FIRST, 0.9), found(new Box(0, 0, 11, 10), 0.8)));
        assertArrayEquals(new int[] {0, 1}, ImageMatching.of(image, 0, MatchRule.of(0.5)).hit());
        assertArrayEquals(new int[] {0, -1}, ImageMatching.of(image, 0,
            new MatchRule(0.5, MatchRule.Convention.BEST, MatchRule.AreaRange.ALL, 100)).hit());
    }

    @Test
    void whatIsMissedIsNamed() {
        TrueBox second = TrueBox.of(SECOND, 0);
        TrueBox difficult = new TrueBox(NOWHERE, 0, 100, TrueBox.Role.IGNORED);
        JudgedImage image = new JudgedImage("a", List.of(TrueBox.of(FIRST, 0), second, difficult), List.of(found(FIRST, 0.9)));
        assertEquals(List.of(second), ImageMatching.of(image, 0, MatchRule.of(0.5)).missed());
        assertThrows(IllegalArgumentException.class, () -> MatchRule.of(0));
    }

    /** On a slide an object may be wider than COCO's bounds of an area have it. */
    @Test
    void hugeObjectsCount() {
        Box huge = new Box(0, 0, 200_000, 200_000);
        DetectionMetrics metrics = measure(0.5, new JudgedImage("a", List.of(TrueBox.of(huge, 0)), List.of(found(huge, 0.9))));
        assertEquals(1, metrics.map50());
        assertEquals(1, metrics.coco().apLarge());
    }

    @Test
    void difficultOnesAndCrowdsCountNeitherWay() {
        TrueBox difficult = new TrueBox(SECOND, 0, 100, TrueBox.Role.IGNORED);
        TrueBox crowd = new TrueBox(new Box(70, 0, 100, 30), 0, 900, TrueBox.Role.CROWD);
        DetectionMetrics metrics = measure(0, new JudgedImage("a", List.of(TrueBox.of(FIRST, 0), difficult, crowd),
            List.of(found(FIRST, 0.9), found(SECOND, 0.8), found(NOWHERE, 0.7), found(new Box(71, 1, 75, 5), 0.6))));
        assertEquals(1, metrics.all().objects());
        assertEquals(1, metrics.all().precision());
        assertEquals(1, metrics.map50());
    }

    @Test
    void withoutObjectsNothingExistsButFalseAlarms() {
        DetectionMetrics metrics = measure(0.5, new JudgedImage("a", List.of(), List.of(found(FIRST, 0.9))));
        assertNull(metrics.toMap().get("map50"));
        assertNull(metrics.toMap().get("recall"));
        assertEquals(0.0, metrics.toMap().get("precision"));
        assertTrue(metrics.notes().get(0).contains("no object on any image"), metrics.notes()::toString);
        assertTrue(Double.isNaN(metrics.froc().sensitivity(1)));
        DetectionMetrics none = measure(0.5);
        assertTrue(none.notes().get(0).contains("no image"), none.notes()::toString);
        assertNull(none.toMap().get("precision"));
    }

    @Test
    void withoutBoxesAllAreMissed() {
        DetectionMetrics metrics = measure(0.5, new JudgedImage("a", List.of(TrueBox.of(FIRST, 0)), List.of()));
        assertEquals(0.0, metrics.map50());
        assertEquals(0.0, metrics.all().recall());
        assertEquals(0.0, metrics.all().f1());
        assertNull(metrics.toMap().get("precision"));
        assertEquals(0, metrics.froc().sensitivity(8));
    }

    /** Boxes of equal score come together: there is no threshold that keeps only the hit. */
    @Test
    void equalScoresMakeOnePointOfTheFroc() {
        DetectionMetrics metrics = measure(0, new JudgedImage("a", List.of(TrueBox.of(FIRST, 0)), List.of(found(FIRST, 0.5), found(NOWHERE, 0.5))));
        assertEquals(List.of(new Curves.Point(0, 0), new Curves.Point(1, 1)), metrics.froc().points());
        assertEquals(0, metrics.froc().sensitivity(0.5));
    }
}
