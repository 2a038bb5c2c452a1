package io.github.lesionj.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.network.SavedModelWriter.Form;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Writes networks with random weights and statistics as SavedModels, loads them again, and compares. */
class ExportTest {

    private static final NetworkPlan PLAN = new NetworkPlan(32, 24, 3, 3, 0.5, Map.of("width", "6", "depth", "2"));

    @TempDir
    Path folder;

    private static FloatTensor images(int batch) {
        Random random = new Random(11);
        float[] values = new float[batch * 32 * 24 * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new FloatTensor(values, batch, 32, 24, 3);
    }

    /** Every variable random, so that no scale is 1 and no mean is 0. */
    private static Map<String, FloatTensor> scrambled(Map<String, FloatTensor> initial) {
        Random random = new Random(5);
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        initial.forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.shape().length > 1 ? values[i]
                    : name.endsWith("running_var") ? 0.3f + 2 * random.nextFloat()
                    : values[i] + 0.3f * (float) random.nextGaussian();
            }
            weights.put(name, new FloatTensor(values, tensor.shape()));
        });
        return weights;
    }

    private record Trained(Map<String, FloatTensor> weights, FloatTensor logits) {
    }

    /** Logits of the graph that trainings judge with. */
    private static Trained trained(Architecture architecture, FloatTensor images) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            ResourceVariables variables = new ResourceVariables(tf, "");
            Placeholder<TFloat32> image = tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.shape(-1, 32, 24, 3)));
            NetworkGraph network = architecture.build(new InferenceLayers(tf, variables), image, PLAN);
            try (Session session = new Session(graph); TFloat32 fed = Tensors.of(images)) {
                Map<String, FloatTensor> weights = scrambled(variables.initialValues(1));
                variables.write(session, weights);
                try (Result result = session.runner().feed(image, fed).fetch(network.logits()).run()) {
                    return new Trained(weights, Tensors.copy((TFloat32) result.get(0)));
                }
            }
        }
    }

    private Map<String, FloatTensor> exported(Architecture architecture, Map<String, FloatTensor> weights, Form form, FloatTensor images) {
        Path model = folder.resolve(form.name());
        List<String> outputs = SavedModelWriter.write(architecture, PLAN, weights, form, model);
        Map<String, FloatTensor> values = new LinkedHashMap<>();
        try (SavedModelBundle bundle = SavedModelBundle.load(model.toString(), "serve"); TFloat32 fed = Tensors.of(images);
                Result result = bundle.function("serving_default").call(Map.of("image", fed))) {
            outputs.forEach(name -> values.put(name, Tensors.copy((TFloat32) result.get(name).orElseThrow())));
        }
        return values;
    }

    @Test
    void foldedAndKeptAgreeWithTheTrainingGraph() {
        FloatTensor images = images(3);
        ExplainableCnn architecture = new ExplainableCnn();
        Trained trained = trained(architecture, images);
        float largest = 0;
        for (float logit : trained.logits().values()) {
            largest = Math.max(largest, Math.abs(logit));
        }
        assertTrue(largest > 0.1 && largest < 1000, "logits of a useful size: " + largest);
        float size = Math.max(1, largest);
        assertArrayEquals(trained.logits().values(), exported(architecture, trained.weights(), Form.KEPT, images)
            .get("logits").values(), 1e-6f * size);
        assertArrayEquals(trained.logits().values(), exported(architecture, trained.weights(), Form.FOLDED, images)
            .get("logits").values(), 1e-4f * size);
    }

    @Test
    void anOldModelIsReplaced() {
        FloatTensor images = images(1);
        ExplainableCnn architecture = new ExplainableCnn();
        Trained trained = trained(architecture, images);
        Map<String, FloatTensor> zero = new LinkedHashMap<>(trained.weights());
        zero.put("head.weight", new FloatTensor(new float[24 * 3], 24, 3));
        exported(architecture, trained.weights(), Form.FOLDED, images);
        assertArrayEquals(trained.weights().get("head.bias").values(),
            exported(architecture, zero, Form.FOLDED, images).get("logits").values(), 1e-6f);
    }

    @Test
    void camWeightedByAttentionIsTheLogitWithoutBias() {
        FloatTensor images = images(2);
        ExplainableCnn architecture = new ExplainableCnn();
        Trained trained = trained(architecture, images);
        Map<String, FloatTensor> out = exported(architecture, trained.weights(), Form.FOLDED, images);
        FloatTensor attention = out.get("attention");
        FloatTensor cam = out.get("cam");
        assertArrayEquals(new int[] {2, 8, 6, 1}, attention.shape());
        assertArrayEquals(new int[] {2, 8, 6, 3}, cam.shape());
        assertArrayEquals(new int[] {2, 24}, out.get("features").shape());
        float[] bias = trained.weights().get("head.bias").values();
        for (int item = 0; item < 2; item++) {
            float[] a = attention.item(item).values();
            float[] c = cam.item(item).values();
            for (int k = 0; k < 3; k++) {
                double sum = 0;
                double weight = 0;
                for (int p = 0; p < a.length; p++) {
                    assertTrue(a[p] >= 0 && a[p] <= 1);
                    sum += a[p] * c[p * 3 + k];
                    weight += a[p];
                }
                double logit = out.get("logits").item(item).values()[k];
                assertEquals(logit - bias[k], sum / weight, 1e-4 * Math.max(1, Math.abs(logit)));
            }
        }
    }

    @Test
    void attentionTakesPart() {
        FloatTensor images = images(2);
        ExplainableCnn architecture = new ExplainableCnn();
        Trained trained = trained(architecture, images);
        Map<String, FloatTensor> without = new LinkedHashMap<>(trained.weights());
        without.put("attention.weight", new FloatTensor(new float[24], 1, 1, 24, 1));
        float[] features = exported(architecture, trained.weights(), Form.FOLDED, images).get("features").values();
        float[] plain = exported(architecture, without, Form.KEPT, images).get("features").values();
        double difference = 0;
        for (int i = 0; i < features.length; i++) {
            difference = Math.max(difference, Math.abs(features[i] - plain[i]));
        }
        assertTrue(difference > 0.01, "largest difference of the pooled features " + difference);
    }

    /** Normalisation before the convolution, as dense nets have it, folds to a multiplication and an addition. */
    @Test
    void normalisationBeforeAConvolutionIsKept() {
        FloatTensor images = images(2);
        Architecture preActivation = (layers, image, plan) -> {
            Operand<TFloat32> x = layers.convolution("conv1", image, 3, 5, 2);
            x = layers.maxPool(layers.relu(layers.batchNorm("norm1", x)));
            x = layers.relu(layers.batchNorm("norm2", layers.convolution("conv2", x, 1, 4, 1)));
            Operand<TFloat32> pooled = layers.tf().math.mean(x, layers.tf().constant(new int[] {1, 2}));
            return NetworkGraph.of(layers.dense("head", pooled, plan.classes()), "head").withFeatures(pooled);
        };
        Trained trained = trained(preActivation, images);
        Map<String, FloatTensor> out = exported(preActivation, trained.weights(), Form.FOLDED, images);
        assertEquals(List.of("logits", "features"), List.copyOf(out.keySet()));
        assertArrayEquals(trained.logits().values(), out.get("logits").values(), 1e-4f);
    }
}
