package io.github.lesionj.geometry;

/**
 * One direction of a {@link Tiling}: tiles of one length along a line.
 *
 * @param from    where the covered part of the line starts, px
 * @param length  of the covered part, px
 * @param line    of the whole line, which starts at 0, px
 * @param tile    length of a tile, px
 * @param overlap of neighbours, px, less than a tile; more where the last one is pushed back
 */
record TileAxis(int from, int length, int line, int tile, int overlap) {

    /** In {@link #view}: it is so near the border to the tile before that this one may have it as well. */
    static final int OPEN_NEAR = 1;
    /** In {@link #view}: it is so near the border to the tile behind that this one may have it as well. */
    static final int OPEN_FAR = 2;
    /** In {@link #view}: it ends at the border to the tile before, which may see more of it. */
    static final int CUT_NEAR = 4;
    /** In {@link #view}: it ends at the border to the tile behind, which may see more of it. */
    static final int CUT_FAR = 8;
    /** In {@link #view}: the tile before sees it about as well. */
    static final int SHARED_NEAR = 16;
    /** In {@link #view}: the tile behind sees it about as well. */
    static final int SHARED_FAR = 32;
    /** In {@link #view}: a neighbour sees it better. */
    static final int ELSEWHERE = 64;

    /** How far two looks at an edge may be apart, px, and as a part of an object's length. */
    private static final double SLACK = 1;
    private static final double SLACK_OF_LENGTH = 0.1;

    TileAxis {
        if (from < 0 || length < 1 || from > line - length || tile < 1 || overlap < 0 || overlap >= tile) {
            throw new IllegalArgumentException("No tiles of " + tile + " px with an overlap of " + overlap + " px cover " + length
                + " px from " + from + " of " + line);
        }
    }

    private int step() {
        return tile - overlap;
    }

    /** How many tiles there are. */
    int count() {
        return length <= tile ? 1 : (int) (((long) length - tile + step() - 1) / step()) + 1;
    }

    /** Where a tile starts; it ends beyond the line only where that is shorter than a tile. */
    int start(int index) {
        // around a part that is shorter than a tile lie true pixels, which are better than repeated ones
        return length > tile ? from + Math.min(index * step(), length - tile)
            : Math.max(0, Math.min(from - (tile - length) / 2, line - tile));
    }

    /** How far two looks at an object's edge may be apart, px. */
    static double slack(double objectLength) {
        return SLACK + SLACK_OF_LENGTH * objectLength;
    }

    /**
     * What a tile knows of an object that it sees from one place of the line to another. A neighbour sees it better where it is
     * farther there from the border between the two.
     */
    int view(int index, double near, double far) {
        double slack = slack(far - near);
        int view = 0;
        if (index > 0) {
            view |= side(near - start(index), start(index - 1) + tile - far, slack, OPEN_NEAR);
        }
        if (index < count() - 1) {
            view |= side(start(index) + tile - far, near - start(index + 1), slack, OPEN_FAR);
        }
        return view;
    }

    // Both tiles look at the same edges, and may see each of them half the slack away from where it is. What is said of the far
    // side is twice the number of what is said of the near one.
    private static int side(double here, double there, double slack, int open) {
        if (there > here + slack) {
            return ELSEWHERE;
        }
        boolean cut = here <= slack / 2;
        boolean shared = there >= here - 3 * slack;
        boolean near = here <= 2 * slack;
        return (cut || shared || near ? open : 0) | (cut ? open * CUT_NEAR : 0) | (shared ? open * SHARED_NEAR : 0);
    }
}
