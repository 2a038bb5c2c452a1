package io.github.lesionj.geometry;

/**
 * How the boxes of two tiles fit together in one direction.
 *
 * @param across from left to right, else from top to bottom
 * @param step   how many tiles the second is behind the first in this direction: 1, -1, or 0 where the seam between them lies along it
 */
record SeamDirection(boolean across, int step) {

    /** How far both ends of two intervals may be apart together, px. */
    private static final double ENDS = 2;
    /** The same as a part of the longer one, where they are nearly the same. */
    private static final double SAME = 0.1;
    /** The same along a seam, where parts of one object are seen. */
    private static final double ALIKE = 0.5;

    double near(Box box) {
        return across ? box.x0() : box.y0();
    }

    private double far(Box box) {
        return across ? box.x1() : box.y1();
    }

    private double length(Box box) {
        return far(box) - near(box);
    }

    private boolean is(TileBox box, int view) {
        return ((across ? box.across() : box.down()) & view) != 0;
    }

    /** Whether a box is so near the seam that the second tile may have it too. */
    boolean isOpenFirst(TileBox box) {
        return step == 0 || is(box, step > 0 ? TileAxis.OPEN_FAR : TileAxis.OPEN_NEAR);
    }

    /** Whether a box of the second tile is so near the seam that the first may have it too. */
    boolean isOpenSecond(TileBox box) {
        return new SeamDirection(across, -step).isOpenFirst(box);
    }

    /** No box whose near end is farther from that of this one fits it along a seam. */
    double reach(Box box) {
        return 2 * ENDS + length(box);
    }

    /** How far the ends of two looks at a whole object are apart together, px; infinite where they are not that. */
    double sameness(TileBox first, TileBox second) {
        boolean both = step == 0 || is(before(first, second), TileAxis.SHARED_FAR) && is(behind(first, second), TileAxis.SHARED_NEAR);
        return both ? difference(first.box(), second.box(), SAME) : Double.POSITIVE_INFINITY;
    }

    /** The same along the seam, of looks at parts of an object or at one part and the whole; infinite where they are not that. */
    double completion(TileBox first, TileBox second) {
        if (step == 0) {
            return difference(first.box(), second.box(), ALIKE);
        }
        boolean fits = areEnds(first, second) || isPartOf(before(first, second), behind(first, second))
            || Double.isFinite(sameness(first, second));
        return fits ? 0 : Double.POSITIVE_INFINITY;
    }

    /** Whether one goes on in the other: both are cut at the seam, and they meet. */
    boolean areEnds(TileBox first, TileBox second) {
        if (step == 0) {
            return false;
        }
        Box a = before(first, second).box();
        Box b = behind(first, second).box();
        return is(before(first, second), TileAxis.CUT_FAR) && is(behind(first, second), TileAxis.CUT_NEAR)
            && near(a) <= near(b) && far(a) <= far(b) && near(b) - far(a) <= slack(a, b);
    }

    /** Whether one is cut at the seam, and the other has the same end on the side away from the cut. */
    private boolean isPartOf(TileBox before, TileBox behind) {
        Box a = before.box();
        Box b = behind.box();
        return is(before, TileAxis.CUT_FAR) && Math.abs(near(a) - near(b)) <= slack(a, b)
            || is(behind, TileAxis.CUT_NEAR) && Math.abs(far(a) - far(b)) <= slack(a, b);
    }

    private TileBox before(TileBox first, TileBox second) {
        return step > 0 ? first : second;
    }

    private TileBox behind(TileBox first, TileBox second) {
        return step > 0 ? second : first;
    }

    private double difference(Box a, Box b, double part) {
        double apart = Math.abs(near(a) - near(b)) + Math.abs(far(a) - far(b));
        return apart <= ENDS + part * Math.max(length(a), length(b)) ? apart : Double.POSITIVE_INFINITY;
    }

    private double slack(Box a, Box b) {
        return TileAxis.slack(Math.min(length(a), length(b)));
    }
}
