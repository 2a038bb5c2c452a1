package io.github.lesionj.geometry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NonMaximumSuppressionTest {

    /** As its definition says, pair by pair. */
    private static int[] plain(Boxes boxes, float[] scores, int[] classes, double limit) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, scores.length).boxed().toList());
        order.sort((i, j) -> scores[i] == scores[j] ? i - j : Float.compare(scores[j], scores[i]));
        List<Integer> kept = new ArrayList<>();
        for (int i : order) {
            if (kept.stream().noneMatch(j -> classes[i] == classes[j] && boxes.get(i).iou(boxes.get(j)) > limit)) {
                kept.add(i);
            }
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Boxes of all sizes, some without extent, some equal, some about the origin, in several classes. */
    @Test
    void findsWhatComparingAllPairsFinds() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 60; round++) {
            int count = 1 + random.nextInt(250);
            float[] values = new float[4 * count];
            float[] scores = new float[count];
            int[] classes = new int[count];
            double spread = Math.pow(10, 1 + random.nextInt(4));
            for (int i = 0; i < count; i++) {
                double side = Math.pow(10, -3 + 6 * random.nextDouble());
                double x = spread * (random.nextDouble() - 0.5);
                double y = spread * (random.nextDouble() - 0.5);
                int like = random.nextInt(count);
                boolean copy = i > like && random.nextInt(3) == 0;
                for (int edge = 0; edge < 4; edge++) {
                    double at = edge == 0 ? x : edge == 1 ? y : edge == 2 ? x + side * random.nextDouble() : y + side * random.nextDouble();
                    values[4 * i + edge] = copy ? values[4 * like + edge] * 1.01f : (float) at;
                }
                scores[i] = random.nextInt(5) == 0 ? random.nextInt(3) - 1 : (float) (random.nextDouble() - 0.5);
                classes[i] = random.nextInt(3) * 16_384;
            }
            Boxes boxes = new Boxes(values);
            for (double limit : new double[] {0, 0.05, 0.3, 0.5, 0.9, 1}) {
                assertArrayEquals(plain(boxes, scores, classes, limit),
                    new NonMaximumSuppression(limit, Integer.MAX_VALUE).keep(boxes, scores, classes), "limit " + limit + ", round " + round);
            }
        }
    }

    @Test
    void equalIsNotMoreAndEmptyBoxesStay() {
        Boxes boxes = Boxes.of(List.of(new Box(0, 0, 2, 1), new Box(1, 0, 3, 1), new Box(5, 5, 5, 9), new Box(5, 5, 5, 9)));
        float[] scores = {0.9f, 0.8f, 0.1f, 0.1f};
        // one of three square pixels is shared
        assertEquals(1.0 / 3, boxes.get(0).iou(boxes.get(1)), 1e-12);
        assertArrayEquals(new int[] {0, 1, 2, 3}, new NonMaximumSuppression(1.0 / 3 + 1e-9, 10).keep(boxes, scores));
        assertArrayEquals(new int[] {0, 2, 3}, new NonMaximumSuppression(1.0 / 3 - 1e-9, 10).keep(boxes, scores));
        assertArrayEquals(new int[] {0}, new NonMaximumSuppression(0.5, 1).keep(boxes, scores));
        assertArrayEquals(new int[0], new NonMaximumSuppression(0.5, 0).keep(boxes, scores));
        assertArrayEquals(new int[0], new NonMaximumSuppression(0.5, 5).keep(new Boxes(new float[0]), new float[0]));
        assertThrows(IllegalArgumentException.class, () -> new NonMaximumSuppression(0.5, 5).keep(boxes, new float[] {1, 2, Float.NaN, 3}));
    }

    /** Far from the origin, where cells share keys, and wider than any cell of small boxes. */
    @Test
    void hugeCoordinates() {
        Boxes boxes = Boxes.of(List.of(new Box(-1e9, -1e9, 1e9, 1e9), new Box(1e7, 1e7, 1e7 + 8, 1e7 + 8), new Box(1e7 + 2, 1e7, 1e7 + 8, 1e7 + 8),
            new Box(-1e9, -1e9, 1e9, 1e9)));
        assertArrayEquals(new int[] {3, 2}, new NonMaximumSuppression(0.1, 9).keep(boxes, new float[] {1, 2, 3, 4}));
        assertArrayEquals(new int[] {3}, new NonMaximumSuppression(0, 9).keep(boxes, new float[] {1, 2, 3, 4}));
    }

    /** Where a cell's number no longer fits: a small box far below, two that are nearly one, and the widest there can be. */
    @Test
    void theLimitsOfSinglePrecision() {
        Boxes boxes = new Boxes(new float[] {0, 0, 1, 1, 1e30f, 1e30f, 2e30f, 2e30f, 1e30f, 1e30f, 1.9e30f, 2e30f,
            -Float.MAX_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE});
        int[] classes = new int[4];
        float[] scores = {4, 3, 2, 1};
        for (double limit : new double[] {0, 0.01, 0.5}) {
            assertArrayEquals(plain(boxes, scores, classes, limit), new NonMaximumSuppression(limit, 9).keep(boxes, scores), "limit " + limit);
        }
        assertArrayEquals(new int[] {0, 1, 3}, new NonMaximumSuppression(0.5, 9).keep(boxes, scores));
    }

    @Test
    void scoresOfAllSigns() {
        float[] scores = {-0f, 0f, -1f, Float.NEGATIVE_INFINITY, 2f, 1e-30f, Float.POSITIVE_INFINITY, -1e-30f, 2f};
        assertEquals("[6, 4, 8, 5, 0, 1, 7, 2, 3]", Arrays.toString(NonMaximumSuppression.byScore(scores)));
    }
}
