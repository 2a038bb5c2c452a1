package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.network.Initializer;
import io.github.lesionj.network.ResourceVariables;
import io.github.lesionj.network.VariableSpec;
import io.github.lesionj.network.VariableSpec.Role;
import io.github.lesionj.runtime.OptimizerSettings;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Seven steps of each optimiser beside PyTorch's, with clipping and averages; see {@code src/test/python/optimizer_reference.py}. */
class OptimizerReferenceTest {

    private record Step(double loss, double[] w, double[] b, double[] average) {
    }

    private record Case(String kind, double decay, double momentum, double clip, double ema, double[] rates, List<Step> steps) {

        @Override
        public String toString() {
            return kind + " decay " + decay + " momentum " + momentum + " clip " + clip;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (var in = OptimizerReferenceTest.class.getResourceAsStream("/training/optimizers.json");
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return Stream.of(new Gson().fromJson(reader, Case[].class));
        }
    }

    private static Operand<TFloat32> loss(Ops tf, Operand<TFloat32> w, Operand<TFloat32> b) {
        Operand<TFloat32> away = tf.math.sub(w, tf.constant(new float[] {1, -2, 3}));
        Operand<TFloat32> bowl = tf.math.mul(tf.math.mul(away, away), tf.constant(new float[] {0.5f, 2, 0.125f}));
        Operand<TFloat32> off = tf.math.sub(b, tf.constant(1f));
        Operand<TFloat32> second = tf.math.mul(tf.math.mul(off, off), tf.constant(0.5f));
        return tf.reduceSum(tf.math.add(tf.math.add(bowl, second), tf.math.mul(tf.math.mul(w, b), tf.constant(0.25f))), tf.constant(0));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void sevenSteps(Case expected) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            ResourceVariables variables = new ResourceVariables(tf, "");
            WeightAverage average = new WeightAverage(tf, expected.ema());
            VariableSpec kernel = new VariableSpec("w", new int[] {3}, Role.KERNEL, Initializer.constant(0));
            average.averages().get(kernel);
            Operand<TFloat32> w = variables.get(kernel);
            Operand<TFloat32> b = variables.get(new VariableSpec("b", new int[] {3}, Role.TRAINED, Initializer.constant(0)));
            Gradients gradients = new Gradients(tf, Objective.of(loss(tf, w, b), tf.constant(1f)), variables.trained(), 1);
            Optimizer optimizer = Optimizer.of(tf, new OptimizerSettings(OptimizerSettings.Kind.valueOf(expected.kind()
                .toUpperCase(Locale.ROOT)), expected.momentum(), expected.decay(), expected.clip(), expected.ema()));
            optimizer.add(variables.trained(), gradients.clipped(gradients.norm(), expected.clip()), 1);
            Op step = tf.withControlDependencies(average.updates(variables, optimizer.updates(), name -> false)).noOp();
            try (Session session = new Session(graph)) {
                FloatTensor first = new FloatTensor(new float[] {0.5f, 0.5f, -0.5f}, 3);
                variables.write(session, Map.of("w", first, "b", new FloatTensor(new float[] {0, 0.2f, 0.1f}, 3)));
                average.averages().write(session, Map.of("w", first));
                optimizer.reset(session);
                for (int t = 0; t < expected.rates().length; t++) {
                    Session.Runner runner = session.runner().fetch(gradients.loss()).addTarget(step);
                    try (Feeds feeds = new Feeds(runner)) {
                        optimizer.feed(feeds, expected.rates()[t], t);
                        average.feed(feeds, t);
                        try (var result = runner.run()) {
                            assertEquals(expected.steps().get(t).loss(), ((TFloat32) result.get(0)).getFloat(), 1e-5);
                        }
                    }
                    assertClose(expected.steps().get(t).w(), variables.read(session).get("w"));
                    assertClose(expected.steps().get(t).b(), variables.read(session).get("b"));
                    assertClose(expected.steps().get(t).average(), average.averages().read(session).get("w"));
                }
            }
        }
    }

    private static void assertClose(double[] expected, FloatTensor found) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found.values()[i], 1e-6 * Math.max(1, Math.abs(expected[i])));
        }
    }
}
