package io.github.lesionj.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class LossTest {

    /** Losses of the items, then the gradients of their sum by the logits. */
    private static float[][] of(Loss loss, float[][] logits, float[][] targets) {
        try (Graph graph = new Graph(); Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> x = tf.constant(logits);
            Operand<TFloat32> perItem = loss.of(tf, x, tf.constant(targets)).values();
            Operand<TFloat32> gradient = tf.gradients(tf.reduceSum(perItem, tf.constant(0)), java.util.List.of(x)).dy(0);
            try (Result result = session.runner().fetch(perItem).fetch(gradient).run()) {
                return new float[][] {Tensors.copy((TFloat32) result.get(0)).values(), Tensors.copy((TFloat32) result.get(1)).values()};
            }
        }
    }

    /** An item of the common class is drawn to its own smoothed truth, however much a rare class weighs. */
    @Test
    void smoothingKeepsTheWeightOfTheItem() {
        LossPlan rare = LossPlan.PLAIN.smoothed(0.1).weighted(0.5f, 50);
        float logit = (float) Math.log(0.95 / 0.05);
        float[][] common = of(new SoftmaxLoss(rare), new float[][] {{logit, 0}}, new float[][] {{1, 0}});
        assertEquals(0, common[1][0], 1e-6);
        float[][] absent = of(new SigmoidLoss(LossPlan.PLAIN.smoothed(0.1).weighted(50)), new float[][] {{-logit}}, new float[][] {{0}});
        assertEquals(0, absent[1][0], 1e-6);
        float[][] present = of(new SigmoidLoss(LossPlan.PLAIN.smoothed(0.1).weighted(50)), new float[][] {{0}}, new float[][] {{1}});
        assertEquals(50 * (0.5 - 0.95), present[1][0], 1e-5);
    }

    @Test
    void softmaxByHand() {
        float[][] found = of(new SoftmaxLoss(LossPlan.PLAIN), new float[][] {{0, 0}, {(float) Math.log(3), 0}, {1000, 0}},
            new float[][] {{1, 0}, {1, 0}, {0, 1}});
        assertArrayEquals(new float[] {(float) Math.log(2), (float) Math.log(4.0 / 3), 1000}, found[0], 1e-6f);
        assertArrayEquals(new float[] {-0.5f, 0.5f, -0.25f, 0.25f, 1, -1}, found[1], 1e-6f);
        // smoothing 0.1 over two classes: targets 0.95 and 0.05
        float[][] smooth = of(new SoftmaxLoss(LossPlan.PLAIN.smoothed(0.1)), new float[][] {{(float) Math.log(3), 0}}, new float[][] {{1, 0}});
        assertEquals(-0.95 * Math.log(0.75) - 0.05 * Math.log(0.25), smooth[0][0], 1e-6);
        assertEquals(0.75 - 0.95, smooth[1][0], 1e-6);
    }

    @Test
    void sigmoidByHand() {
        float[][] found = of(new SigmoidLoss(LossPlan.PLAIN), new float[][] {{0, (float) Math.log(3)}, {-200, 200}},
            new float[][] {{1, 1}, {1, 0}});
        assertEquals((Math.log(2) - Math.log(0.75)) / 2, found[0][0], 1e-6);
        assertEquals(200, found[0][1], 1e-4);
        assertArrayEquals(new float[] {-0.25f, -0.125f, -0.5f, 0.5f}, found[1], 1e-6f);
        float[][] smooth = of(new SigmoidLoss(LossPlan.PLAIN.smoothed(0.2)), new float[][] {{(float) Math.log(3)}}, new float[][] {{1}});
        assertEquals(-0.9 * Math.log(0.75) - 0.1 * Math.log(0.25), smooth[0][0], 1e-6);
    }
}
