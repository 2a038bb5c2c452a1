package io.github.lesionj.geometry;

/**
 * A direction in which tiles follow each other; the seams between them lie across it.
 *
 * @param across from left to right, else from top to bottom
 */
record SeamDirection(boolean across) {

    /** How far both ends of two equal intervals may be apart together, px. */
    private static final double ENDS = 2;

    /** Along the seams. */
    SeamDirection along() {
        return new SeamDirection(!across);
    }

    /** What a tile knows of its box in this direction, {@link TileAxis#view}. */
    boolean is(TileBox box, int view) {
        return ((across ? box.across() : box.down()) & view) != 0;
    }

    /** The tile behind that of a box. */
    long next(TileBox box) {
        return across ? TileBox.key(box.column() + 1, box.row()) : TileBox.key(box.column(), box.row() + 1);
    }

    double near(Box box) {
        return across ? box.x0() : box.y0();
    }

    double far(Box box) {
        return across ? box.x1() : box.y1();
    }

    double length(Box box) {
        return far(box) - near(box);
    }

    /** How far the ends of two boxes are apart together, or infinity where that is more than some pixels and a part of the longer one. */
    double difference(Box a, Box b, double part) {
        double apart = Math.abs(near(a) - near(b)) + Math.abs(far(a) - far(b));
        return apart <= ENDS + part * Math.max(length(a), length(b)) ? apart : Double.POSITIVE_INFINITY;
    }

    /** No box whose near end is farther from that of this one has a finite {@link #difference} of up to half the longer one. */
    double reach(Box box) {
        return 2 * ENDS + length(box);
    }
}
