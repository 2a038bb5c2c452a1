package io.github.lesionj.network.detection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.BoxCoding;
import io.github.lesionj.geometry.Boxes;
import io.github.lesionj.geometry.NonMaximumSuppression;
import io.github.lesionj.network.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The boxes of the graph are those of Java: random ones, among them empty, inverted, equal, and touching ones. */
class BoxOpsTest {

    private static final int COUNT = 120;

    private static Boxes random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[4 * COUNT];
        for (int i = 0; i < COUNT; i++) {
            // whole numbers of a small range: equal and touching edges are frequent, and areas exact
            int x = random.nextInt(12);
            int y = random.nextInt(12);
            int width = random.nextInt(9) - 1;
            int height = random.nextInt(9) - 1;
            float[] edges = {x, y, x + width, y + height};
            System.arraycopy(edges, 0, values, 4 * i, 4);
        }
        return new Boxes(values);
    }

    private static float[][] matrix(Boxes boxes) {
        return IntStream.range(0, boxes.size()).mapToObj(i -> Arrays.copyOfRange(boxes.values(), 4 * i, 4 * i + 4)).toArray(float[][]::new);
    }

    private static float[] run(BiFunction<Ops, BoxOps, Operand<TFloat32>> build) {
        try (Graph graph = new Graph(); Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            try (Result result = session.runner().fetch(build.apply(tf, new BoxOps(tf))).run()) {
                return Tensors.copy((TFloat32) result.get(0)).values();
            }
        }
    }

    @Test
    void overlapsOfEachWithEach() {
        Boxes a = random(1);
        Boxes b = random(2);
        float[] found = run((tf, boxes) -> boxes.matrix(tf.constant(matrix(a)), tf.constant(matrix(b))));
        float[][] expected = a.iou(b);
        for (int i = 0; i < COUNT; i++) {
            assertArrayEquals(expected[i], Arrays.copyOfRange(found, COUNT * i, COUNT * (i + 1)), 1e-6f, "box " + i);
        }
        assertTrue(IntStream.range(0, COUNT * COUNT).filter(i -> found[i] > 0).count() > 1000, "many overlap");
    }

    @Test
    void generalizedOverlapAndArea() {
        Boxes a = random(3);
        Boxes b = random(4);
        float[] found = run((tf, boxes) -> boxes.giou(tf.constant(matrix(a)), tf.constant(matrix(b))));
        float[] areas = run((tf, boxes) -> boxes.area(tf.constant(matrix(a))));
        for (int i = 0; i < COUNT; i++) {
            assertEquals(a.get(i).giou(b.get(i)), found[i], 1e-6, a.get(i) + " and " + b.get(i));
            assertEquals(a.get(i).area(), areas[i]);
        }
    }

    /** What trains a network must be finite also where boxes are empty. */
    @Test
    void gradientsAreFinite() {
        Boxes a = random(5);
        Boxes b = random(6);
        float[] found = run((tf, boxes) -> {
            Operand<TFloat32> x = tf.constant(matrix(a));
            return tf.gradients(boxes.giou(x, tf.constant(matrix(b))), List.of(x)).dy(0);
        });
        for (float value : found) {
            assertTrue(Float.isFinite(value));
        }
        assertTrue(IntStream.range(0, found.length).anyMatch(i -> found[i] != 0));
    }

    /** By each edge of a box, beside the differences of Java's. */
    @Test
    void gradientIsThatOfTheDefinition() {
        Box box = new Box(0.2, 0.1, 1.4, 1.3);
        Box other = new Box(0.9, 0.4, 2.5, 1.7);
        double step = 1e-6;
        double[] expected = {
            (new Box(0.2 + step, 0.1, 1.4, 1.3).giou(other) - box.giou(other)) / step, (new Box(0.2, 0.1 + step, 1.4, 1.3).giou(other) - box.giou(other)) / step,
            (new Box(0.2, 0.1, 1.4 + step, 1.3).giou(other) - box.giou(other)) / step, (new Box(0.2, 0.1, 1.4, 1.3 + step).giou(other) - box.giou(other)) / step};
        float[] found = run((tf, boxes) -> {
            Operand<TFloat32> x = tf.constant(matrix(Boxes.of(List.of(box))));
            return tf.gradients(boxes.giou(x, tf.constant(matrix(Boxes.of(List.of(other))))), List.of(x)).dy(0);
        });
        for (int i = 0; i < 4; i++) {
            assertEquals(expected[i], found[i], 1e-4);
        }
    }

    @Test
    void suppression() {
        SplittableRandom random = new SplittableRandom(9);
        Boxes boxes = random(7);
        float[] scores = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            scores[i] = random.nextInt(30) / 30f;
        }
        for (double limit : new double[] {0.1, 0.5, 0.75}) {
            for (int most : new int[] {5, COUNT}) {
                try (Graph graph = new Graph(); Session session = new Session(graph)) {
                    Ops tf = Ops.create(graph);
                    Operand<TInt32> kept = new BoxOps(tf).nonMaximumSuppression(tf.constant(matrix(boxes)), tf.constant(scores), limit, tf.constant(most));
                    try (Result result = session.runner().fetch(kept).run()) {
                        TInt32 indices = (TInt32) result.get(0);
                        int[] found = IntStream.range(0, (int) indices.size()).map(i -> indices.getInt(i)).toArray();
                        assertArrayEquals(new NonMaximumSuppression(limit, most).keep(boxes, scores), found, "limit " + limit);
                    }
                }
            }
        }
    }

    @Test
    void coding() {
        SplittableRandom random = new SplittableRandom(12);
        List<Box> some = IntStream.range(0, 50).mapToObj(i -> Box.ofSize(100 * random.nextDouble(), 100 * random.nextDouble(),
            1 + 30 * random.nextDouble(), 1 + 30 * random.nextDouble())).toList();
        List<Box> anchors = IntStream.range(0, 50).mapToObj(i -> Box.ofSize(100 * random.nextDouble(), 100 * random.nextDouble(),
            1 + 30 * random.nextDouble(), 1 + 30 * random.nextDouble())).toList();
        for (BoxCoding coding : List.of(BoxCoding.PROPOSALS, BoxCoding.HEAD)) {
            float[] codes = run((tf, boxes) -> boxes.encode(coding, tf.constant(matrix(Boxes.of(some))), tf.constant(matrix(Boxes.of(anchors)))));
            float[] back = run((tf, boxes) -> boxes.decode(coding, tf.reshape(tf.constant(codes), tf.constant(new int[] {-1, 4})),
                tf.constant(matrix(Boxes.of(anchors)))));
            for (int i = 0; i < some.size(); i++) {
                double[] expected = coding.encode(some.get(i), anchors.get(i));
                for (int k = 0; k < 4; k++) {
                    assertEquals(expected[k], codes[4 * i + k], 1e-5 * Math.max(1, Math.abs(expected[k])));
                }
                assertArrayEquals(Boxes.of(List.of(some.get(i))).values(), Arrays.copyOfRange(back, 4 * i, 4 * i + 4), 1e-3f);
            }
        }
        float[] far = run((tf, boxes) -> boxes.decode(BoxCoding.PROPOSALS, tf.constant(new float[][] {{0, 0, 100, -100}}),
            tf.constant(new float[][] {{0, 0, 16, 16}})));
        assertEquals(1000, far[2] - far[0], 1e-2, "no wider than 62.5 times the anchor");
        assertEquals(0, far[3] - far[1], 1e-6);
    }

    @Test
    void within() {
        float[] found = run((tf, boxes) -> boxes.within(tf.constant(new float[][] {{-2, -1, 9, 3}, {5, 5, 6, 6}}), tf.constant(8f), tf.constant(4f)));
        assertArrayEquals(new float[] {0, 0, 4, 3, 4, 5, 4, 6}, found);
    }
}
