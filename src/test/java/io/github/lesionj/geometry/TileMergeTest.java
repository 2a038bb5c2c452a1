package io.github.lesionj.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A detector that knows the objects, and sees in a tile what lies in it. */
class TileMergeTest {

    private static final double NMS = 0.5;
    private static final int MANY = 1_000_000;

    /** A third of an object must be seen; the more of it, the surer. */
    private static List<ScoredBox> detect(List<ScoredBox> objects, Rectangle part, double jitter) {
        Box seen = Box.ofSize(part.x, part.y, part.width, part.height);
        List<ScoredBox> found = new ArrayList<>();
        for (ScoredBox object : objects) {
            Box box = object.box().intersection(seen);
            double visible = box.area() / object.box().area();
            if (visible >= 1.0 / 3) {
                found.add(new ScoredBox(shaken(box, jitter, object.hashCode() * 31L + part.hashCode()), object.label(), object.score() * visible));
            }
        }
        return found;
    }

    private static Box shaken(Box box, double jitter, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] by = random.doubles(4, -1, 1).map(value -> jitter * value).toArray();
        return new Box(box.x0() + by[0], box.y0() + by[1], box.x1() + by[2], box.y1() + by[3]);
    }

    private static List<ScoredBox> tiled(List<ScoredBox> objects, Tiling tiling, double jitter) {
        TileMerge merge = new TileMerge(tiling, MANY);
        for (Tiling.Tile tile : tiling) {
            // beyond the image there is nothing to see
            merge.add(tile, detect(objects, tile.part().intersection(new Rectangle(tiling.imageWidth(), tiling.imageHeight())), jitter));
        }
        return merge.merged(0, NMS, MANY);
    }

    /** As in one piece: what the detector says of the whole image, after the same non-maximum suppression. */
    private static List<ScoredBox> untiled(List<ScoredBox> objects, int width, int height) {
        List<ScoredBox> found = detect(objects, new Rectangle(width, height), 0);
        Boxes boxes = Boxes.of(found.stream().map(ScoredBox::box).toList());
        float[] scores = new float[found.size()];
        int[] labels = new int[found.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) found.get(i).score();
            labels[i] = found.get(i).label();
        }
        return Arrays.stream(new NonMaximumSuppression(NMS, MANY).keep(boxes, scores, labels)).mapToObj(found::get)
            .sorted(Comparator.comparingDouble(ScoredBox::score).reversed()).toList();
    }

    private static void checkEqual(List<ScoredBox> expected, List<ScoredBox> found, double tolerance, String what) {
        assertEquals(expected.size(), found.size(), what + ": " + found);
        for (int i = 0; i < expected.size(); i++) {
            ScoredBox a = expected.get(i);
            ScoredBox b = found.get(i);
            assertEquals(a.label(), b.label(), what);
            assertEquals(a.score(), b.score(), tolerance, what);
            assertTrue(isAt(a.box(), b.box(), tolerance), what + ": " + a + " and " + b);
        }
    }

    private static boolean isAt(Box a, Box b, double tolerance) {
        return Math.abs(a.x0() - b.x0()) <= tolerance && Math.abs(a.y0() - b.y0()) <= tolerance && Math.abs(a.x1() - b.x1()) <= tolerance
            && Math.abs(a.y1() - b.y1()) <= tolerance;
    }

    /** One object at every place where its middle or an edge can meet a seam, on both axes, up to the size of the overlap. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 8, 16, 31, 32})
    void anObjectOnEverySeam(int side) {
        int width = 230;
        int height = 171;
        Tiling tiling = Tiling.of(width, height, 96, 80, 32);
        List<Double> xs = places(tiling.across(), side, width);
        List<Double> ys = places(tiling.down(), side, height);
        for (double x : xs) {
            for (double y : ys) {
                List<ScoredBox> object = List.of(new ScoredBox(Box.ofSize(x, y, side, side).within(width, height), 2, 0.8));
                checkEqual(untiled(object, width, height), tiled(object, tiling, 0), 1e-3, "at " + x + ", " + y);
                List<ScoredBox> shaken = tiled(object, tiling, 0.5);
                assertEquals(1, shaken.size(), "shaken at " + x + ", " + y + ": " + shaken);
                assertTrue(isAt(object.get(0).box(), shaken.get(0).box(), 0.5 + 1e-9), "shaken at " + x + ", " + y + ": " + shaken);
            }
        }
    }

    private static List<Double> places(TileAxis axis, int side, int line) {
        double least = Math.max(3, side / 3.0);
        List<Double> places = new ArrayList<>(List.of(least - side, 0.0, 0.3, (double) line - side, line - least));
        for (int tile = 0; tile < axis.count(); tile++) {
            for (double border : new double[] {axis.start(tile), axis.start(tile) + axis.tile()}) {
                for (double offset : new double[] {-side - 0.5, -side, -side + 0.4, -side + 1, -0.66 * side, -0.5 * side, -0.34 * side, -1, -0.4, 0, 0.5}) {
                    places.add(border + offset);
                }
            }
            double middle = (axis.start(tile) + axis.overlap() / 2.0) - side / 2.0;
            places.addAll(List.of(middle, middle + 0.7, middle - 1.5));
        }
        return places.stream().filter(at -> at >= least - side && at <= line - least).toList();
    }

    /** Crowds of several classes in images and tiles of any size: every object once, as without tiles. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void crowds(double jitter) {
        for (int seed = 0; seed < 1500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int tileWidth = 20 + random.nextInt(100);
            int tileHeight = 20 + random.nextInt(100);
            int overlap = 4 + random.nextInt(Math.min(tileWidth, tileHeight) / 2 - 4);
            int width = 1 + tileWidth / 2 + random.nextInt(4 * tileWidth);
            int height = 1 + tileHeight / 2 + random.nextInt(4 * tileHeight);
            List<ScoredBox> objects = crowd(random, width, height, overlap, jitter);
            Tiling tiling = Tiling.of(width, height, tileWidth, tileHeight, overlap);
            List<ScoredBox> expected = untiled(objects, width, height);
            List<ScoredBox> found = tiled(objects, tiling, jitter);
            if (jitter == 0) {
                checkEqual(expected, found, 1e-3, "seed " + seed);
            } else {
                checkMatch(expected, found, "seed " + seed + " overlap " + overlap);
            }
        }
    }

    /** Neighbours overlap by an IoU of up to 0.3; shaken ones that are small keep apart, for else they are one by themselves. */
    private static List<ScoredBox> crowd(SplittableRandom random, int width, int height, int overlap, double jitter) {
        List<ScoredBox> objects = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            double w = 3 + (overlap - 3) * random.nextDouble();
            double h = 3 + (overlap - 3) * random.nextDouble();
            Box box = Box.ofSize((width + w) * random.nextDouble() - w, (height + h) * random.nextDouble() - h, w, h).within(width, height);
            if (Math.min(box.width(), box.height()) < 3) {
                continue;
            }
            boolean small = jitter > 0 && Math.min(box.width(), box.height()) < 10;
            Box around = small ? new Box(box.x0() - 2, box.y0() - 2, box.x1() + 2, box.y1() + 2) : box;
            int label = random.nextInt(2);
            double limit = small ? 0 : 0.3;
            if (objects.stream().allMatch(other -> other.label() != label || crowdOverlap(other.box(), around, jitter) <= limit)) {
                objects.add(new ScoredBox(box, label, 0.3 + 0.7 * random.nextDouble()));
            }
        }
        return objects;
    }

    private static double crowdOverlap(Box other, Box box, double jitter) {
        boolean small = jitter > 0 && Math.min(other.width(), other.height()) < 10;
        return other.iou(box) * (small ? 1e9 : 1);
    }

    /** Each found exactly once, no farther away than the detector shakes. */
    private static void checkMatch(List<ScoredBox> expected, List<ScoredBox> found, String what) {
        List<ScoredBox> left = new ArrayList<>(found);
        for (ScoredBox object : expected) {
            List<ScoredBox> same = left.stream().filter(box -> box.label() == object.label() && isAt(object.box(), box.box(), 1 + 1e-9)).toList();
            assertTrue(same.size() == 1, what + ": " + object + " as " + same + " of "
                + left.stream().filter(box -> box.box().iou(object.box()) > 0.1).toList());
            left.removeAll(same);
        }
        assertEquals(List.of(), left, what);
    }

    /** Larger than the overlap, so that no tile may see it whole: its pieces become one. */
    @ParameterizedTest
    @CsvSource({"0, 50, 10", "0, 150, 140", "16, 18, 20", "16, 60, 60", "16, 100, 17", "16, 300, 40", "30, 31, 31", "30, 200, 210", "0, 7, 9"})
    void anObjectLargerThanTheOverlap(int overlap, int objectWidth, int objectHeight) {
        int width = 400;
        int height = 300;
        Tiling tiling = Tiling.of(width, height, 64, 64, overlap);
        SplittableRandom random = new SplittableRandom(objectWidth);
        for (int i = 0; i < 200; i++) {
            Box box = Box.ofSize((width - objectWidth) * random.nextDouble(), (height - objectHeight) * random.nextDouble(), objectWidth, objectHeight);
            List<ScoredBox> object = List.of(new ScoredBox(box, 0, 0.9));
            // here a tile sees whatever lies in it
            TileMerge merge = new TileMerge(tiling, MANY);
            for (Tiling.Tile tile : tiling) {
                Box seen = box.intersection(Box.ofSize(tile.part().x, tile.part().y, 64, 64));
                merge.add(tile, seen.isEmpty() ? List.of() : List.of(new ScoredBox(seen, 0, 0.5 + 0.4 * seen.area() / box.area())));
            }
            List<ScoredBox> found = merge.merged(0, NMS, MANY);
            assertEquals(1, found.size(), box + " as " + found);
            assertTrue(isAt(box, found.get(0).box(), 1e-9), box + " as " + found);
        }
    }

    /** Of an object over three tiles the middle one says nothing: what the others saw does not vanish. */
    @Test
    void aPieceWithoutItsCounterpartStays() {
        Tiling tiling = Tiling.of(96, 32, 32, 32, 0);
        TileMerge merge = new TileMerge(tiling, 9);
        merge.add(tiling.tile(0, 0), List.of(new ScoredBox(new Box(20, 4, 32, 12), 0, 0.7)));
        merge.add(tiling.tile(2, 0), List.of(new ScoredBox(new Box(64, 4, 70, 12), 0, 0.4)));
        assertEquals(List.of(new ScoredBox(new Box(20, 4, 32, 12), 0, 0.7), new ScoredBox(new Box(64, 4, 70, 12), 0, 0.4)), merge.merged(0, NMS, 9));
    }

    /** Two cells that meet a seam at different heights, and two of different classes at the same one, are not joined. */
    @Test
    void whatDoesNotFitIsNotJoined() {
        Tiling tiling = Tiling.of(64, 64, 32, 64, 0);
        TileMerge merge = new TileMerge(tiling, 9);
        List<ScoredBox> left = List.of(new ScoredBox(new Box(20, 4, 32, 16), 0, 0.9), new ScoredBox(new Box(22, 40, 32, 52), 0, 0.8));
        List<ScoredBox> right = List.of(new ScoredBox(new Box(32, 13, 44, 25), 0, 0.7), new ScoredBox(new Box(32, 40, 44, 52), 1, 0.6));
        merge.add(tiling.tile(0, 0), left);
        merge.add(tiling.tile(1, 0), right);
        List<ScoredBox> all = new ArrayList<>(left);
        all.addAll(right);
        assertEquals(all, merge.merged(0, NMS, 9));
    }

    /** A cut cell that looks like another class is not believed, where the next tile sees it whole. */
    @Test
    void theTileThatSeesMoreDecides() {
        Tiling tiling = Tiling.of(100, 50, 60, 50, 20);
        TileMerge merge = new TileMerge(tiling, 9);
        merge.add(tiling.tile(0, 0), List.of(new ScoredBox(new Box(48, 10, 60, 30), 1, 0.99)));
        merge.add(tiling.tile(1, 0), List.of(new ScoredBox(new Box(48, 10, 68, 30), 0, 0.6)));
        assertEquals(List.of(new ScoredBox(new Box(48, 10, 68, 30), 0, 0.6)), merge.merged(0, NMS, 9));
    }

    /** A tile that is the image, and one that is larger than it: nothing but non-maximum suppression, and boxes end at the image. */
    @Test
    void oneTile() {
        for (int tile : new int[] {50, 80}) {
            Tiling tiling = Tiling.of(50, 40, tile, tile, 10);
            TileMerge merge = new TileMerge(tiling, 9);
            assertEquals(1, tiling.size());
            merge.add(tiling.tile(0, 0), List.of(new ScoredBox(new Box(30, 20, 70, 60), 0, 0.5), new ScoredBox(new Box(0, 0, 10, 10), 0, 0.8),
                new ScoredBox(new Box(1, 0, 11, 10), 0, 0.7), new ScoredBox(new Box(1, 0, 11, 10), 1, 0.7), new ScoredBox(new Box(55, 5, 60, 10), 0, 0.9)));
            assertEquals(List.of(new ScoredBox(new Box(0, 0, 10, 10), 0, 0.8), new ScoredBox(new Box(1, 0, 11, 10), 1, 0.7),
                new ScoredBox(new Box(30, 20, 50, 40), 0, 0.5)), merge.merged(0, NMS, 9));
            assertEquals(2, merge.merged(0.6, NMS, 9).size());
            assertEquals(List.of(new ScoredBox(new Box(0, 0, 10, 10), 0, 0.8)), merge.merged(0, NMS, 1));
            assertEquals(4, merge.merged(0, 0.9, 9).size());
        }
    }

    @Test
    void onlyWhatLiesInTheSearchedPart() {
        Tiling tiling = Tiling.of(200, 100, 60, 60, 20).within(new Rectangle(100, 10, 30, 20));
        TileMerge merge = new TileMerge(tiling, 9);
        merge.add(tiling.tile(0, 0), List.of(new ScoredBox(new Box(98, 12, 108, 22), 0, 0.9), new ScoredBox(new Box(88, 12, 108, 22), 0, 0.8),
            new ScoredBox(new Box(125, 26, 133, 32), 0, 0.7), new ScoredBox(new Box(126, 26, 134, 32), 0, 0.6)));
        assertEquals(List.of(new ScoredBox(new Box(98, 12, 108, 22), 0, 0.9), new ScoredBox(new Box(125, 26, 133, 32), 0, 0.7)),
            merge.merged(0, NMS, 9));
    }

    @Test
    void onlyTheSurestAreRemembered() {
        Tiling tiling = Tiling.of(1000, 10, 100, 10, 0);
        TileMerge merge = new TileMerge(tiling, 3);
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        Collections.shuffle(order, new Random(4));
        for (int column : order) {
            merge.add(tiling.tile(column, 0), List.of(new ScoredBox(Box.ofSize(100 * column + 40, 2, 5, 5), 0, column < 5 ? 0.5 : 0.1)));
        }
        assertEquals(7, merge.leftOut());
        assertEquals(List.of(40.0, 140.0, 240.0), merge.merged(0, NMS, 9).stream().map(found -> found.box().x0()).toList());
    }

    @Test
    void theOrderOfTheTilesDoesNotMatter() {
        SplittableRandom random = new SplittableRandom(77);
        List<ScoredBox> objects = crowd(random, 500, 400, 30, 0.5).stream().map(box -> new ScoredBox(box.box(), box.label(), 0.5)).toList();
        Tiling tiling = Tiling.of(500, 400, 96, 64, 30);
        List<Tiling.Tile> tiles = new ArrayList<>();
        tiling.forEach(tiles::add);
        List<ScoredBox> expected = null;
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(tiles, new Random(seed));
            TileMerge merge = new TileMerge(tiling, 100);
            tiles.forEach(tile -> merge.add(tile, detect(objects, tile.part(), 0.5)));
            List<ScoredBox> found = merge.merged(0, NMS, MANY);
            expected = expected == null ? found : expected;
            assertEquals(expected, found);
            for (int i = 1; i < found.size(); i++) {
                assertTrue(found.get(i - 1).score() >= found.get(i).score());
            }
        }
    }

    @Test
    void aBoxWithoutAPlaceIsRefused() {
        Tiling tiling = Tiling.of(10, 10, 10, 10, 0);
        TileMerge merge = new TileMerge(tiling, 9);
        assertThrows(IllegalArgumentException.class, () -> merge.add(tiling.tile(0, 0), List.of(new ScoredBox(new Box(0, 0, Double.NaN, 1), 0, 1))));
        assertThrows(IllegalArgumentException.class, () -> new TileMerge(tiling, 0));
        merge.add(tiling.tile(0, 0), List.of(new ScoredBox(new Box(3, 3, 3, 9), 0, 1)));
        assertEquals(List.of(), merge.merged(0, NMS, 9));
    }
}
