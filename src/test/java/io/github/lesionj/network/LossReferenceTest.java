package io.github.lesionj.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import io.github.lesionj.core.LabelKind;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Every form of the loss beside PyTorch's, values and gradients; see {@code src/test/python/loss_reference.py}. */
class LossReferenceTest {

    private static final double TOLERANCE = 1e-6;

    private record Case(String form, boolean extreme, boolean mixed, double smoothing, float[] weights, double gamma, float[] alpha,
            float[][] logits, float[][] targets, double mean, double[][] gradient) {

        LabelKind kind() {
            return form.equals("sigmoid") ? LabelKind.MULTI_LABEL : LabelKind.MULTI_CLASS;
        }

        LossPlan plan() {
            return new LossPlan(smoothing, weights, gamma, alpha);
        }

        @Override
        public String toString() {
            return form + " " + logits[0].length + (extreme ? " extreme" : "") + (mixed ? " mixed" : "") + " smoothing " + smoothing
                + " weights " + weights.length + " gamma " + gamma + " alpha " + alpha.length;
        }
    }

    private static List<Case> cases() throws IOException {
        try (var in = LossReferenceTest.class.getResourceAsStream("/training/losses.json");
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return List.of(new Gson().fromJson(reader, Case[].class));
        }
    }

    /** The mean loss, then its gradient by the logits, row after row. */
    private static float[][] of(LabelKind kind, LossPlan plan, float[][] logits, float[][] targets) {
        try (Graph graph = new Graph(); Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> x = tf.constant(logits);
            Loss.Terms terms = Loss.of(kind, plan).of(tf, x, tf.constant(targets));
            Operand<TFloat32> mean = tf.math.div(terms.sum(tf), terms.weight(tf));
            Operand<TFloat32> gradient = tf.gradients(mean, List.of(x)).dy(0);
            try (Result result = session.runner().fetch(mean).fetch(gradient).run()) {
                return new float[][] {Tensors.copy((TFloat32) result.get(0)).values(), Tensors.copy((TFloat32) result.get(1)).values()};
            }
        }
    }

    @Test
    void valuesAndGradientsArePyTorchs() throws IOException {
        List<Case> cases = cases();
        assertEquals(165, cases.size());
        for (Case each : cases) {
            float[][] found = of(each.kind(), each.plan(), each.logits(), each.targets());
            assertEquals(each.mean(), found[0][0], TOLERANCE * Math.max(1, each.mean()), each::toString);
            int i = 0;
            for (double[] row : each.gradient()) {
                for (double expected : row) {
                    assertEquals(expected, found[1][i++], TOLERANCE * Math.max(1, Math.abs(expected)), each::toString);
                }
            }
        }
    }

    @Test
    void gammaZeroIsCrossEntropyToTheLastBit() throws IOException {
        for (Case each : cases()) {
            LossPlan plain = LossPlan.PLAIN.smoothed(each.smoothing()).weighted(each.weights());
            float[][] cross = of(each.kind(), plain, each.logits(), each.targets());
            float[][] focal = of(each.kind(), plain.focal(0), each.logits(), each.targets());
            assertArrayEquals(cross[0], focal[0], 0f, each::toString);
            assertArrayEquals(cross[1], focal[1], 0f, each::toString);
        }
    }

    /** A power below 1 has an infinite derivative where the answer is certain. */
    @Test
    void certainAnswersGiveNoNaN() {
        for (double gamma : new double[] {0, 0.1, 0.5, 1, 2, 8}) {
            for (LabelKind kind : List.of(LabelKind.BINARY, LabelKind.MULTI_LABEL)) {
                for (float size : new float[] {0, 20, 50, 100, 1000}) {
                    float[][] found = of(kind, LossPlan.PLAIN.smoothed(0.1).focal(gamma, 0.25f, 0.75f),
                        new float[][] {{size, -size}, {-size, size}}, new float[][] {{1, 0}, {1, 0}});
                    assertTrue(Float.isFinite(found[0][0]) && found[0][0] >= 0, kind + " " + gamma + " " + size + ": " + found[0][0]);
                    for (float gradient : found[1]) {
                        assertTrue(Float.isFinite(gradient), kind + " " + gamma + " " + size + ": " + gradient);
                    }
                }
            }
        }
    }
}
