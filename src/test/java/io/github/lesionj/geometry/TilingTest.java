package io.github.lesionj.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilingTest {

    private static List<Rectangle> parts(Tiling tiling) {
        List<Rectangle> parts = new ArrayList<>();
        tiling.forEach(tile -> parts.add(tile.part()));
        return parts;
    }

    /** Tiles of 4 px with an overlap of 1 px: from 0, 3, 6 ... , the last one pushed back. */
    @ParameterizedTest
    @CsvSource({"1, 0", "3, 0", "4, 0", "5, 0 1", "6, 0 2", "7, 0 3", "8, 0 3 4", "9, 0 3 5", "10, 0 3 6", "11, 0 3 6 7"})
    void oneRow(int width, String starts) {
        List<Rectangle> expected = new ArrayList<>();
        for (String start : starts.split(" ")) {
            expected.add(new Rectangle(Integer.parseInt(start), 0, 4, 2));
        }
        assertEquals(expected, parts(Tiling.of(width, 2, 4, 2, 1)));
    }

    @Test
    void rowByRow() {
        Tiling tiling = Tiling.of(5, 7, 4, 4, 0);
        assertEquals(List.of(new Rectangle(0, 0, 4, 4), new Rectangle(1, 0, 4, 4), new Rectangle(0, 3, 4, 4), new Rectangle(1, 3, 4, 4)),
            parts(tiling));
        assertEquals(new Tiling.Tile(1, 0, new Rectangle(1, 0, 4, 4)), tiling.tile(1, 0));
        assertEquals(List.of(2, 2, 4L), List.of(tiling.columns(), tiling.rows(), tiling.size()));
        assertThrows(IndexOutOfBoundsException.class, () -> tiling.tile(2, 0));
        Iterator<Tiling.Tile> tiles = Tiling.of(1, 1, 1, 1, 0).iterator();
        tiles.next();
        assertThrows(NoSuchElementException.class, tiles::next);
    }

    /** A part that is large enough is covered from its corner; around a smaller one its surroundings are seen. */
    @Test
    void aPartOfTheImage() {
        Tiling whole = Tiling.of(100, 50, 20, 10, 5);
        assertEquals(List.of(new Rectangle(30, 10, 20, 10), new Rectangle(38, 10, 20, 10), new Rectangle(30, 15, 20, 10), new Rectangle(38, 15, 20, 10)),
            parts(whole.within(new Rectangle(30, 10, 28, 15))));
        assertEquals(List.of(new Rectangle(24, 7, 20, 10)), parts(whole.within(new Rectangle(30, 10, 8, 4))));
        assertEquals(List.of(new Rectangle(80, 40, 20, 10)), parts(whole.within(new Rectangle(95, 48, 5, 2))));
        assertEquals(List.of(new Rectangle(0, 0, 20, 10)), parts(whole.within(new Rectangle(0, 0, 1, 1))));
        assertEquals(List.of(new Rectangle(0, 0, 20, 10)), parts(Tiling.of(7, 3, 20, 10, 5).within(new Rectangle(5, 1, 2, 2))));
        assertEquals(new Rectangle(30, 10, 8, 4), whole.within(new Rectangle(30, 10, 8, 4)).area());
    }

    @Test
    void everyPixelIsSeenAndNothingBeyond() {
        SplittableRandom random = new SplittableRandom(8);
        for (int round = 0; round < 300; round++) {
            int width = 1 + random.nextInt(60);
            int height = 1 + random.nextInt(60);
            int tileWidth = 1 + random.nextInt(20);
            int tileHeight = 1 + random.nextInt(20);
            int overlap = random.nextInt(Math.min(tileWidth, tileHeight));
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            Rectangle area = new Rectangle(x, y, 1 + random.nextInt(width - x), 1 + random.nextInt(height - y));
            Tiling tiling = Tiling.of(width, height, tileWidth, tileHeight, overlap).within(area);
            check(tiling, area, new Rectangle(width, height), overlap);
        }
    }

    private static void check(Tiling tiling, Rectangle area, Rectangle image, int overlap) {
        int[][] seen = new int[image.height][image.width];
        long count = 0;
        Rectangle before = null;
        for (Tiling.Tile tile : tiling) {
            Rectangle part = tile.part();
            count++;
            assertTrue(image.contains(part) || part.width > image.width || part.height > image.height, part + " of " + image);
            assertTrue(part.width > area.width || part.x >= area.x && part.x + part.width <= area.x + area.width, part + " in " + area);
            if (tile.column() > 0) {
                assertTrue(part.x > before.x && before.x + before.width - part.x >= overlap, before + " and " + part);
            }
            for (int y = part.y; y < Math.min(image.height, part.y + part.height); y++) {
                for (int x = part.x; x < Math.min(image.width, part.x + part.width); x++) {
                    seen[y][x]++;
                }
            }
            before = part;
        }
        assertEquals(tiling.size(), count);
        for (int y = area.y; y < area.y + area.height; y++) {
            for (int x = area.x; x < area.x + area.width; x++) {
                assertTrue(seen[y][x] > 0, x + ", " + y + " of " + area);
            }
        }
    }

    @Test
    void thereMayBeMoreTilesThanMemoryHolds() {
        Tiling tiling = Tiling.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 512, 512, 511);
        assertEquals((Integer.MAX_VALUE - 511L) * (Integer.MAX_VALUE - 511L), tiling.size());
        int last = Integer.MAX_VALUE - 512;
        assertEquals(new Rectangle(last, last, 512, 512), tiling.tile(last, last).part());
        assertEquals(new Rectangle(1, 0, 512, 512), tiling.tile(1, 0).part());
        Tiling coarse = Tiling.of(Integer.MAX_VALUE, 1, Integer.MAX_VALUE - 1, 1, 0);
        assertEquals(List.of(new Rectangle(0, 0, Integer.MAX_VALUE - 1, 1), new Rectangle(1, 0, Integer.MAX_VALUE - 1, 1)), parts(coarse));
    }

    @ParameterizedTest
    @CsvSource({"0, 4, 0", "10, 0, 0", "10, 4, 4", "10, 4, -1"})
    void whatIsNoTiling(int width, int tile, int overlap) {
        assertThrows(IllegalArgumentException.class, () -> Tiling.of(width, 10, tile, 4, overlap));
    }

    @Test
    void aPartThatIsNotInTheImage() {
        Tiling tiling = Tiling.of(10, 10, 4, 4, 1);
        for (Rectangle part : List.of(new Rectangle(-1, 0, 3, 3), new Rectangle(5, 5, 6, 3), new Rectangle(5, 5, 3, 0))) {
            assertThrows(IllegalArgumentException.class, () -> tiling.within(part));
        }
    }
}
