package io.github.lesionj.geometry;

import java.util.Comparator;

/**
 * A box that a tile's detector found and no other tile can see better.
 *
 * @param found  in px of the image
 * @param column of the tile
 * @param row    of the tile
 * @param across {@link TileAxis#view} of it
 * @param down   the same from top to bottom
 */
record TileBox(ScoredBox found, int column, int row, int across, int down) {

    /** Sure ones first, then from the top to the bottom and from left to right: an order that does not depend on the tiles. */
    static final Comparator<ScoredBox> ORDER = Comparator.comparingDouble((ScoredBox box) -> -box.score())
        .thenComparingDouble(box -> box.box().y0()).thenComparingDouble(box -> box.box().x0())
        .thenComparingDouble(box -> box.box().y1()).thenComparingDouble(box -> box.box().x1()).thenComparingInt(ScoredBox::label);

    /** The same; equal boxes of several tiles by their tile. */
    static final Comparator<TileBox> SURE_FIRST = Comparator.comparing(TileBox::found, ORDER).thenComparingLong(TileBox::tile);

    Box box() {
        return found.box();
    }

    int label() {
        return found.label();
    }

    /** Which tile it is from. */
    long tile() {
        return key(column, row);
    }

    static long key(int column, int row) {
        return (long) row << Integer.SIZE | column;
    }
}
