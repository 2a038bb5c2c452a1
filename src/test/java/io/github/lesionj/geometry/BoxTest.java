package io.github.lesionj.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BoxTest {

    private static final Box EMPTY = new Box(3, 3, 3, 7);
    private static final Box INVERTED = new Box(9, 9, 2, 2);
    private static final Box BOX = new Box(2, 3, 6, 5);

    @Test
    void onePixelHasAnAreaOfOne() {
        assertEquals(1, new Box(3, 5, 4, 6).area());
        assertEquals(new Box(3, 5, 4, 6), Box.ofSize(3, 5, 1, 1));
        // neighbours share an edge and no pixel
        assertEquals(0, new Box(3, 5, 4, 6).iou(new Box(4, 5, 5, 6)));
    }

    /** A 4 x 2 and a 4 x 4 box that share 2 x 2: 4 / 20; hull 6 x 4, of which 4 are in neither. */
    @Test
    void byHand() {
        Box other = new Box(4, 3, 8, 7);
        assertEquals(4.0 / 20, BOX.iou(other), 1e-12);
        assertEquals(4.0 / 20 - 4.0 / 24, BOX.giou(other), 1e-12);
        assertEquals(new Box(4, 3, 6, 5), BOX.intersection(other));
        assertEquals(1, BOX.iou(BOX));
        assertEquals(1, BOX.giou(BOX));
        // two single pixels at the ends of a row of ten
        assertEquals(-0.8, new Box(0, 0, 1, 1).giou(new Box(9, 0, 10, 1)), 1e-12);
    }

    @Test
    void emptyBoxesOverlapNothing() {
        assertTrue(EMPTY.isEmpty() && INVERTED.isEmpty() && new Box(Double.NaN, 0, 1, 1).isEmpty());
        assertFalse(BOX.isEmpty());
        assertEquals(0, INVERTED.area());
        assertEquals(0, BOX.iou(EMPTY));
        assertEquals(0, EMPTY.iou(EMPTY));
        assertEquals(0, INVERTED.iou(BOX));
        assertEquals(0, EMPTY.giou(EMPTY));
        assertTrue(Double.isFinite(BOX.giou(INVERTED)));
    }

    @Test
    void stayInTheImageAndMove() {
        assertEquals(new Box(0, 0, 4, 3), new Box(-2, -1, 9, 3).within(4, 8));
        assertTrue(new Box(5, 5, 6, 6).within(4, 4).isEmpty());
        assertEquals(new Box(1, 5, 5, 7), BOX.moved(-1, 2));
        assertEquals(new Box(4, 1.5, 12, 2.5), BOX.scaled(2, 0.5));
    }
}
