package io.github.lesionj.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.UsageException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class ClassifierHeadTest {

    private static final NetworkPlan PLAN = new NetworkPlan(3, 2, 2, 2, 0, Map.of("focus", "0.5", "peak", "4"));

    private record Found(FloatTensor attention, FloatTensor cam, FloatTensor peaks, float entropy, FloatTensor gradient) {
    }

    /** The head on one map of 3 x 2 positions and 2 channels, weights given. */
    private static Found found(float attentionWeight) {
        float[][][][] map = {{{{1, 0}, {0, 2}}, {{3, 1}, {0, 0}}, {{1, 1}, {2, 5}}}};
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            ResourceVariables variables = new ResourceVariables(tf, "");
            Placeholder<TFloat32> image = tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.shape(-1, 3, 2, 2)));
            NetworkGraph head = ClassifierHead.withAttention(new InferenceLayers(tf, variables), image, PLAN, "head");
            Operand<TFloat32> gradient = tf.gradients(tf.reduceSum(new SoftmaxLoss(LossPlan.PLAIN).of(tf, head.logits(),
                tf.constant(new float[][] {{0, 1}})).values(), tf.constant(0)), List.of(variables.entry("attention.weight").value())).dy(0);
            try (Session session = new Session(graph); TFloat32 fed = TFloat32.tensorOf(org.tensorflow.ndarray.StdArrays.ndCopyOf(map))) {
                variables.write(session, Map.of(
                    "attention.weight", new FloatTensor(new float[] {attentionWeight, 0}, 1, 1, 2, 1),
                    "attention.bias", new FloatTensor(new float[] {0}, 1),
                    "head.weight", new FloatTensor(new float[] {1, 0, 0, 1}, 2, 2),
                    "head.bias", new FloatTensor(new float[] {0, 0}, 2)));
                try (Result r = session.runner().feed(image, fed).fetch(head.attention().orElseThrow()).fetch(head.cam().orElseThrow())
                        .fetch(head.auxiliaryLogits().orElseThrow()).fetch(head.regularizer().orElseThrow()).fetch(gradient).run()) {
                    return new Found(copy(r, 0), copy(r, 1), copy(r, 2), copy(r, 3).values()[0], copy(r, 4));
                }
            }
        }
    }

    private static FloatTensor copy(Result result, int index) {
        return Tensors.copy((TFloat32) result.get(index));
    }

    @Test
    void withoutWeightsAttentionIsOneHalfEverywhere() {
        Found found = found(0);
        for (float a : found.attention().values()) {
            assertEquals(0.5f, a, 1e-6f);
        }
        assertEquals(0.5, found.entropy(), 1e-5, "the largest entropy, times its weight");
    }

    /** Sigmoid of channel 0 at positions 1 0 / 3 0 / 1 2, then the mean over the neighbours that exist. */
    @Test
    void attentionIsTheMeanOfNeighbours() {
        double s0 = 0.5;
        double s1 = 1 / (1 + Math.exp(-1));
        double s2 = 1 / (1 + Math.exp(-2));
        double s3 = 1 / (1 + Math.exp(-3));
        Found found = found(1);
        assertEquals((s1 + s0 + s3 + s0) / 4, found.attention().values()[0], 1e-6);
        assertEquals((s1 + s0 + s3 + s0 + s1 + s2) / 6, found.attention().values()[2], 1e-6);
        assertTrue(found.entropy() < 0.5);
    }

    @Test
    void attentionGetsAGradient() {
        float[] gradient = found(0).gradient().values();
        // by hand at even attention: d pooled / d w_j = mean((1 - a) (f_i - mean f_i) smoothed f_j) is not zero
        assertTrue(Math.abs(gradient[0]) > 1e-3 && Math.abs(gradient[1]) > 1e-3, () -> gradient[0] + " " + gradient[1]);
    }

    /** The kernel is the identity, so the map of class 1 is channel 1: 0 2 / 1 0 / 1 5. */
    @Test
    void theSecondOpinionIsASoftMaximum() {
        Found found = found(0);
        assertEquals(5f, found.cam().values()[11]);
        double mean = 0;
        for (double v : new double[] {0, 2, 1, 0, 1, 5}) {
            mean += Math.exp(4 * v) / 6;
        }
        assertEquals(Math.log(mean) / 4, found.peaks().values()[1], 1e-5);
    }

    @Test
    void optionsOutsideTheirRangeAreRefused() {
        for (Map<String, String> options : List.of(Map.of("width", "3"), Map.of("depth", "1.5"), Map.of("stem", "tiny"),
                Map.of("peak", "-1"), Map.of("focus", "0,1"), Map.of("colour", "red"))) {
            try (Graph graph = new Graph()) {
                Ops tf = Ops.create(graph);
                Operand<TFloat32> image = tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.shape(-1, 32, 32, 1)));
                assertThrows(UsageException.class, () -> new ExplainableCnn().build(
                    new InferenceLayers(tf, new ResourceVariables(tf, "")), image, new NetworkPlan(32, 32, 1, 2, 0, options)));
            }
        }
    }
}
