package io.github.lesionj.geometry;

import java.awt.Rectangle;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Tiles of one size that cover an image, or a rectangle of it, row by row. Neighbours overlap; the last of a row or column is
 * pushed back inside. Where the image is smaller than a tile, the tile starts at 0 and reaches beyond it: what is missing there
 * is for the caller to fill. Immutable; nothing is stored for the tiles.
 */
public final class Tiling implements Iterable<Tiling.Tile> {

    private final TileAxis across;
    private final TileAxis down;

    /**
     * One tile.
     *
     * @param column from 0
     * @param row    from 0
     * @param part   of the image, px, always of the tile's size
     */
    public record Tile(int column, int row, Rectangle part) {
    }

    private Tiling(TileAxis across, TileAxis down) {
        this.across = across;
        this.down = down;
    }

    /**
     * Tiles over a whole image.
     *
     * @param width      of the image, px
     * @param height     of the image, px
     * @param tileWidth  px
     * @param tileHeight px
     * @param overlap    of neighbours, px, less than a tile; an object that is no larger is whole in one tile at least
     */
    public static Tiling of(int width, int height, int tileWidth, int tileHeight, int overlap) {
        return new Tiling(new TileAxis(0, width, width, tileWidth, overlap), new TileAxis(0, height, height, tileHeight, overlap));
    }

    /**
     * The same tiles over a rectangle of the image. They stay inside it, but where it is smaller than a tile they show what lies
     * around it.
     *
     * @param area px, within the image
     */
    public Tiling within(Rectangle area) {
        return new Tiling(new TileAxis(area.x, area.width, across.line(), across.tile(), across.overlap()),
            new TileAxis(area.y, area.height, down.line(), down.tile(), down.overlap()));
    }

    /** What the tiles cover, px. */
    public Rectangle area() {
        return new Rectangle(across.from(), down.from(), across.length(), down.length());
    }

    /** In px. */
    public int imageWidth() {
        return across.line();
    }

    /** In px. */
    public int imageHeight() {
        return down.line();
    }

    /** How many tiles lie side by side. */
    public int columns() {
        return across.count();
    }

    /** How many tiles lie one below the other. */
    public int rows() {
        return down.count();
    }

    /** How many tiles there are. */
    public long size() {
        return (long) columns() * rows();
    }

    /** One of them, columns and rows from 0. */
    public Tile tile(int column, int row) {
        if (column < 0 || row < 0 || column >= columns() || row >= rows()) {
            throw new IndexOutOfBoundsException("Tile " + column + ", " + row + " of " + columns() + " x " + rows());
        }
        return new Tile(column, row, new Rectangle(across.start(column), down.start(row), across.tile(), down.tile()));
    }

    /** Of columns. */
    TileAxis across() {
        return across;
    }

    /** Of rows. */
    TileAxis down() {
        return down;
    }

    /** From the upper left corner, row by row. */
    @Override
    public Iterator<Tile> iterator() {
        return new Iterator<>() {
            private long next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public Tile next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Tile tile = tile((int) (next % columns()), (int) (next / columns()));
                next++;
                return tile;
            }
        };
    }
}
