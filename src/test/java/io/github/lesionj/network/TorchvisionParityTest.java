package io.github.lesionj.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.network.weights.WeightLayout;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Networks beside torchvision's on the same weights and images; see {@code torchvision_reference.py}. */
class TorchvisionParityTest {

    private static final int SIZE = 64;
    private static final float TOLERANCE = 1e-4f;

    /** One case of the file; features and statistics are every 32nd value. */
    record Case(String network, int channels, boolean training, int batch, float[][] logits, float[][] features,
            float[] running_mean, float[] running_var) {

        @Override
        public String toString() {
            return network + ", " + channels + " channels" + (training ? ", training" : "");
        }

        Architecture architecture() {
            return Networks.named(network);
        }

        NetworkPlan plan() {
            return new NetworkPlan(SIZE, SIZE, channels, 10, 0, Map.of("stem", "large"));
        }
    }

    static List<Case> inference() throws IOException {
        return cases().filter(c -> !c.training()).toList();
    }

    static List<Case> training() throws IOException {
        return cases().filter(Case::training).toList();
    }

    private static Stream<Case> cases() throws IOException {
        try (Reader in = new InputStreamReader(TorchvisionParityTest.class.getResourceAsStream("/network/torchvision.json"),
                StandardCharsets.UTF_8)) {
            return Stream.of(new Gson().fromJson(in, Case[].class));
        }
    }

    private static Placeholder<TFloat32> image(Ops tf, Case expected) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.shape(-1, SIZE, SIZE, expected.channels())));
    }

    private static Map<String, FloatTensor> weights(ResourceVariables variables) {
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        for (ResourceVariables.Entry entry : variables.entries()) {
            FloatTensor ours = new FloatTensor(new float[entry.spec().size()], entry.spec().shape());
            int[] shape = WeightLayout.TORCH.fromTensorFlow(ours).shape();
            weights.put(entry.spec().name(), WeightLayout.TORCH.toTensorFlow(HashedValues.weight(entry.spec().name(), shape)));
        }
        return weights;
    }

    private static void assertEqualsCase(Case expected, FloatTensor logits, FloatTensor features) {
        for (int item = 0; item < expected.batch(); item++) {
            assertArrayEquals(expected.logits()[item], logits.item(item).values(), TOLERANCE, "logits");
            assertArrayEquals(expected.features()[item], every32nd(features.item(item)), TOLERANCE, "features");
        }
    }

    private static float[] every32nd(FloatTensor tensor) {
        float[] values = new float[(tensor.values().length + 31) / 32];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.values()[32 * i];
        }
        return values;
    }

    /** As trained, and with batch normalisation folded as in the exported model. */
    @ParameterizedTest
    @MethodSource("inference")
    void logitsAndFeaturesAreTorchvisions(Case expected) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> image = image(tf, expected);
            ResourceVariables variables = new ResourceVariables(tf, "kept/");
            NetworkGraph kept = expected.architecture().build(new InferenceLayers(tf, variables), image, expected.plan());
            Map<String, FloatTensor> weights = weights(variables);
            ConstantVariables constants = new ConstantVariables(tf.withSubScope("folded"), weights);
            NetworkGraph folded = expected.architecture().build(new FoldedLayers(tf, constants), image, expected.plan());
            try (Session session = new Session(graph);
                    TFloat32 fed = Tensors.of(HashedValues.images(expected.batch(), expected.channels(), SIZE))) {
                variables.write(session, weights);
                constants.initialize(session);
                for (NetworkGraph network : List.of(kept, folded)) {
                    try (Result found = session.runner().feed(image, fed).fetch(network.logits())
                            .fetch(network.features().orElseThrow()).run()) {
                        assertEqualsCase(expected, Tensors.copy((TFloat32) found.get(0)), Tensors.copy((TFloat32) found.get(1)));
                    }
                }
            }
        }
    }

    /** With statistics of the batch; the moving averages move as torchvision's do. */
    @ParameterizedTest
    @MethodSource("training")
    void trainingIsTorchvisions(Case expected) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> image = image(tf, expected);
            ResourceVariables variables = new ResourceVariables(tf, "");
            TrainingLayers layers = new TrainingLayers(tf, variables, tf.constant(0L), 0);
            NetworkGraph network = expected.architecture().build(layers, image, expected.plan());
            Op updates = tf.withControlDependencies(layers.updates()).noOp();
            String last = expected.network().equals("densenet121") ? "features.norm5" : "layer4.1.bn2";
            try (Session session = new Session(graph);
                    TFloat32 fed = Tensors.of(HashedValues.images(expected.batch(), expected.channels(), SIZE))) {
                variables.write(session, weights(variables));
                try (Result found = session.runner().feed(image, fed).fetch(network.logits())
                        .fetch(network.features().orElseThrow()).addTarget(updates).run()) {
                    assertEqualsCase(expected, Tensors.copy((TFloat32) found.get(0)), Tensors.copy((TFloat32) found.get(1)));
                }
                Map<String, FloatTensor> after = variables.read(session);
                assertArrayEquals(expected.running_mean(), every32nd(after.get(last + ".running_mean")), TOLERANCE);
                assertArrayEquals(expected.running_var(), every32nd(after.get(last + ".running_var")), TOLERANCE);
            }
        }
    }

    /** Every variable gets a gradient: TensorFlow-Java has none for some operations, and says so only when it is asked. */
    @ParameterizedTest
    @MethodSource("training")
    void everyWeightIsTrained(Case expected) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> image = image(tf, expected);
            ResourceVariables variables = new ResourceVariables(tf, "");
            NetworkGraph network = expected.architecture().build(new TrainingLayers(tf, variables, tf.constant(0L), 0), image, expected.plan());
            List<Operand<TFloat32>> trained = variables.trained().stream().map(ResourceVariables.Entry::value).toList();
            var gradients = tf.gradients(tf.math.mean(tf.math.square(network.logits()), tf.constant(new int[] {0, 1})), trained);
            Session.Runner runner;
            try (Session session = new Session(graph);
                    TFloat32 fed = Tensors.of(HashedValues.images(expected.batch(), expected.channels(), SIZE))) {
                variables.write(session, weights(variables));
                runner = session.runner().feed(image, fed);
                for (int i = 0; i < trained.size(); i++) {
                    runner.fetch(tf.reduceSum(tf.math.abs(gradients.<TFloat32>dy(i)), tf.range(tf.constant(0), tf.rank(gradients.<TFloat32>dy(i)), tf.constant(1))));
                }
                try (Result found = runner.run()) {
                    for (int i = 0; i < trained.size(); i++) {
                        float sum = ((TFloat32) found.get(i)).getFloat();
                        assertEquals(true, Float.isFinite(sum) && sum > 0, variables.trained().get(i).spec().name() + ": " + sum);
                    }
                }
            }
        }
    }
}
