package io.github.lesionj.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.FloatTensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

class LayersTest {

    private static float[] run(Map<String, FloatTensor> weights, long step, boolean update,
            Function<Layers, Operand<TFloat32>> build, String... statistics) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            ResourceVariables variables = new ResourceVariables(tf, "");
            Placeholder<TInt64> number = tf.placeholder(TInt64.class, Placeholder.shape(org.tensorflow.ndarray.Shape.scalar()));
            TrainingLayers layers = new TrainingLayers(tf, variables, number, 3);
            Operand<TFloat32> y = build.apply(layers);
            try (Session session = new Session(graph); TInt64 fed = TInt64.scalarOf(step)) {
                variables.write(session, weights.isEmpty() ? variables.initialValues(0) : weights);
                Session.Runner runner = session.runner().feed(number, fed).fetch(y);
                if (update) {
                    for (Op op : layers.updates()) {
                        runner.addTarget(op);
                    }
                }
                try (Result result = runner.run()) {
                    float[] values = Tensors.copy((TFloat32) result.get(0)).values();
                    return statistics.length == 0 ? values : variables.read(session).get(statistics[0]).values();
                }
            }
        }
    }

    /** PyTorch pads by half the kernel on both sides; TensorFlow's SAME would put all of it at the end. */
    @Test
    void strideTwoIsPaddedOnBothSides() {
        float[][][][] image = new float[1][4][4][1];
        for (int i = 0; i < 16; i++) {
            image[0][i / 4][i % 4][0] = i + 1;
        }
        FloatTensor ones = new FloatTensor(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, 3, 3, 1, 1);
        float[] sums = run(Map.of("c.weight", ones), 0, false,
            layers -> layers.convolution("c", layers.tf().constant(image), 3, 1, 2));
        // around (0,0): 1+2+5+6; (0,2): 2+3+4+6+7+8; (2,0): 5+6+9+10+13+14; (2,2): 6+7+8+10+11+12+14+15+16
        assertArrayEquals(new float[] {14, 30, 57, 99}, sums);
        float[] largest = run(Map.of(), 0, false, layers -> layers.maxPool(layers.tf().constant(image)));
        assertArrayEquals(new float[] {6, 8, 14, 16}, largest);
    }

    /** A 1x1 convolution with a stride sees every second pixel of every second row, from the first on. */
    @Test
    void aStridedConvolutionOfOnePixelTakesEverySecond() {
        float[][][][] image = new float[1][3][4][1];
        for (int i = 0; i < 12; i++) {
            image[0][i / 4][i % 4][0] = i + 1;
        }
        FloatTensor twice = new FloatTensor(new float[] {2}, 1, 1, 1, 1);
        assertArrayEquals(new float[] {2, 6, 18, 22}, run(Map.of("c.weight", twice), 0, false,
            layers -> layers.convolution("c", layers.tf().constant(image), 1, 1, 2)));
    }

    /** Values 1, 3 of one channel: mean 2, variance 1, and 2 with the n - 1 that moving averages take. */
    @Test
    void batchNormUsesTheBatchAndMovesTheAverages() {
        float[][][][] x = {{{{1}}}, {{{3}}}};
        Function<Layers, Operand<TFloat32>> norm = layers -> layers.batchNorm("n", layers.tf().constant(x));
        assertArrayEquals(new float[] {-1, 1}, run(Map.of(), 0, true, norm), 1e-4f);
        assertArrayEquals(new float[] {0.2f}, run(Map.of(), 0, true, norm, "n.running_mean"), 1e-6f);
        assertArrayEquals(new float[] {0.9f * 1 + 0.1f * 2}, run(Map.of(), 0, true, norm, "n.running_var"), 1e-6f);
    }

    @Test
    void dropoutDependsOnStepAndLayerAndKeepsTheMean() {
        float[][] x = new float[1][4000];
        java.util.Arrays.fill(x[0], 1);
        Function<Layers, Operand<TFloat32>> drop = layers -> layers.dropout("d", layers.tf().constant(x), 0.25);
        float[] first = run(Map.of(), 0, false, drop);
        assertArrayEquals(first, run(Map.of(), 0, false, drop));
        assertNotEquals(List.of(first), List.of(run(Map.of(), 1, false, drop)));
        int dropped = 0;
        int differs = 0;
        float[] second = run(Map.of(), 1, false, drop);
        for (int i = 0; i < first.length; i++) {
            assertTrue(first[i] == 0 || Math.abs(first[i] - 4f / 3) < 1e-6);
            dropped += first[i] == 0 ? 1 : 0;
            differs += first[i] != second[i] ? 1 : 0;
        }
        assertEquals(1000, dropped, 130);
        assertEquals(2 * 0.25 * 0.75 * 4000, differs, 200);
    }
}
