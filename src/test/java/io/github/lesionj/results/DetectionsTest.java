package io.github.lesionj.results;

import static io.github.lesionj.results.SampleBoxes.box;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lesionj.geometry.ScoredBox;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionsTest {

    private static final List<String> CLASSES = List.of("a", "b");

    private static Detections of(ScoredBox... boxes) {
        return new Detections(ItemKey.of("x.png"), 100, 50, CLASSES, List.of(boxes));
    }

    @Test
    void roundsEdgesAndScores() {
        ScoredBox kept = of(box(1.00004, 2.00006, 3.123449, 4.99999, 1, 0.12345678)).boxes().get(0);
        assertEquals(box(1, 2.0001, 3.1234, 5, 1, 0.123457), kept);
        assertEquals(kept, of(kept).boxes().get(0));
    }

    @Test
    void cutsOffWhatReachesBeyondTheImage() {
        assertEquals(box(0, 0, 100, 50, 0, 1), of(box(-5, -0.1, 100.2, 1e6, 0, 1)).boxes().get(0));
    }

    @Test
    void tinyBoxesStayOneStepWide() {
        assertEquals(box(7, 8, 7.0001, 8.0001, 0, 0), of(box(7.00001, 8.00001, 7.00003, 8.00002, 0, 0)).boxes().get(0));
        assertEquals(box(99.9999, 49.9999, 100, 50, 0, 0), of(box(99.99999, 49.99999, 100, 50, 0, 0)).boxes().get(0));
    }

    @Test
    void roundingTwiceChangesNothing() {
        List<ScoredBox> boxes = SampleBoxes.random(20_000, 40_000, 30_001, 2, 7);
        Detections once = new Detections(ItemKey.of("x"), 40_000, 30_001, CLASSES, boxes);
        assertEquals(once, new Detections(ItemKey.of("x"), 40_000, 30_001, CLASSES, once.boxes()));
    }

    @ParameterizedTest
    @CsvSource({"100,0,101,5,0,0.5", "5,5,5,9,0,0.5", "5,5,4,9,0,0.5", "NaN,0,1,1,0,0.5", "0,0,Infinity,1,0,0.5", "0,0,1,1,2,0.5", "0,0,1,1,-1,0.5",
        "0,0,1,1,0,1.01", "0,0,1,1,0,-0.01"})
    void refusesWhatNoDetectorMeans(double x0, double y0, double x1, double y1, int label, double score) {
        ScoredBox wrong = box(x0, y0, x1, y1, label, score);
        assertThrows(IllegalArgumentException.class, () -> of(wrong));
    }

    @Test
    void countsByClass() {
        assertArrayEquals(new int[] {1, 2}, of(box(0, 0, 1, 1, 1, 1), box(0, 0, 2, 2, 0, 1), box(0, 0, 3, 3, 1, 1)).counts());
        assertArrayEquals(new int[2], of().counts());
    }
}
