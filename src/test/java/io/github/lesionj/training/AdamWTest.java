package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.network.Initializer;
import io.github.lesionj.network.ResourceVariables;
import io.github.lesionj.network.VariableSpec;
import io.github.lesionj.network.VariableSpec.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** One kernel w and one bias b, each a single number, under the loss 3 w + 4 b: gradients 3 and 4, norm 5. */
class AdamWTest {

    private static double[] train(double decay, double clip, double rate, int steps) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            ResourceVariables variables = new ResourceVariables(tf, "");
            Operand<TFloat32> w = variables.get(new VariableSpec("w", new int[] {1}, Role.KERNEL, Initializer.constant(1)));
            Operand<TFloat32> b = variables.get(new VariableSpec("b", new int[] {1}, Role.TRAINED, Initializer.constant(1)));
            Operand<TFloat32> loss = tf.reduceSum(tf.math.add(tf.math.mul(w, tf.constant(3f)), tf.math.mul(b, tf.constant(4f))),
                tf.constant(0));
            Gradients gradients = new Gradients(tf, Objective.of(loss, tf.constant(1f)), variables.trained(), 1);
            Operand<TFloat32> globalNorm = gradients.norm();
            AdamW adam = new AdamW(tf, decay);
            adam.add(variables.trained(), gradients.clipped(globalNorm, clip), 1);
            Op step = tf.withControlDependencies(adam.updates()).noOp();
            try (Session session = new Session(graph)) {
                variables.write(session, variables.initialValues(0));
                adam.reset(session);
                float norm = 0;
                for (int t = 0; t < steps; t++) {
                    Session.Runner runner = session.runner().fetch(globalNorm).addTarget(step);
                    try (Feeds feeds = new Feeds(runner)) {
                        adam.feed(feeds, rate, t);
                        try (var result = runner.run()) {
                            norm = ((TFloat32) result.get(0)).getFloat();
                        }
                    }
                }
                Map<String, FloatTensor> after = variables.read(session);
                return new double[] {after.get("w").values()[0], after.get("b").values()[0], norm};
            }
        }
    }

    @Test
    void firstStepMovesEachWeightByTheRate() {
        double[] after = train(0, 1e9, 0.1, 1);
        assertEquals(0.9, after[0], 1e-6);
        assertEquals(0.9, after[1], 1e-6);
        assertEquals(5, after[2], 1e-5);
    }

    @Test
    void constantGradientsMoveByTheRateInEachStep() {
        // with g constant both moments are g (1 - b1^t) and g^2 (1 - b2^t): the corrections cancel them exactly
        assertEquals(0.5, train(0, 1e9, 0.1, 5)[0], 1e-5);
    }

    @Test
    void decayTakesItsShareOfTheOldKernelOnly() {
        double[] after = train(0.5, 1e9, 0.1, 1);
        assertEquals(1 - 0.1 - 0.1 * 0.5 * 1, after[0], 1e-6);
        assertEquals(0.9, after[1], 1e-6);
        double second = train(0.5, 1e9, 0.1, 2)[0];
        assertEquals(0.85 - 0.1 - 0.1 * 0.5 * 0.85, second, 5e-6);
    }

    @Test
    void clippingKeepsTheDirectionAndTellsTheNormBefore() {
        // Adam does not see the scale of a constant gradient, only its epsilon does
        double[] after = train(0, 5e-8, 0.1, 1);
        assertEquals(5, after[2], 1e-5);
        // gradients 3e-8 and 4e-8, and 1e-8 in the divisor
        assertEquals(1 - 0.1 * 3 / 4, after[0], 1e-5);
        assertEquals(1 - 0.1 * 4 / 5, after[1], 1e-5);
    }
}
