package io.github.lesionj.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LabelKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** One SavedModel of several networks, beside what each of them says by itself. */
class EnsembleWriterTest {

    private static final double TOLERANCE = 1e-6;

    @TempDir
    Path folder;

    /** Logits are the mean colour times a weight each: everybody can work out what a member says. */
    private static final Architecture COLOUR = (layers, image, plan) -> {
        Ops tf = layers.tf();
        Operand<TFloat32> gain = layers.variable(new VariableSpec("gain.weight", new int[] {3}, VariableSpec.Role.TRAINED,
            Initializer.constant(1)));
        return NetworkGraph.of(tf.math.mul(tf.math.mean(image, tf.constant(new int[] {1, 2})), gain), "gain");
    };

    private Map<String, FloatTensor> run(List<String> outputs, Path model, FloatTensor images) {
        Map<String, FloatTensor> values = new LinkedHashMap<>();
        try (SavedModelBundle bundle = SavedModelBundle.load(model.toString(), "serve"); TFloat32 fed = Tensors.of(images);
                Result result = bundle.function("serving_default").call(Map.of("image", fed))) {
            outputs.forEach(name -> values.put(name, Tensors.copy((TFloat32) result.get(name).orElseThrow())));
        }
        return values;
    }

    private static double[] probabilities(float[] logits, int item, int classes, LabelKind kind) {
        double[] p = new double[classes];
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            p[c] = logits[item * classes + c];
            most = Math.max(most, p[c]);
        }
        for (int c = 0; c < classes; c++) {
            p[c] = kind == LabelKind.MULTI_LABEL ? 1 / (1 + Math.exp(-p[c])) : Math.exp(p[c] - most);
            sum += p[c];
        }
        for (int c = 0; c < classes; c++) {
            p[c] /= kind == LabelKind.MULTI_LABEL ? 1 : sum;
        }
        return p;
    }

    private static void assertMeanProbabilities(List<float[]> members, float[] ensemble, int classes, LabelKind kind) {
        for (int item = 0; item < ensemble.length / classes; item++) {
            double[] found = probabilities(ensemble, item, classes, kind);
            for (int c = 0; c < classes; c++) {
                double mean = 0;
                for (float[] member : members) {
                    mean += probabilities(member, item, classes, kind)[c] / members.size();
                }
                assertTrue(Float.isFinite(ensemble[item * classes + c]), "finite");
                assertEquals(mean, found[c], TOLERANCE, "item " + item + ", class " + c);
            }
        }
    }

    private static Map<String, FloatTensor> weights(Architecture architecture, NetworkPlan plan, long seed) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            ResourceVariables variables = new ResourceVariables(tf, "");
            architecture.build(new InferenceLayers(tf, variables), SavedModelWriter.image(tf, plan), plan);
            return variables.initialValues(seed);
        }
    }

    @ParameterizedTest
    @EnumSource(LabelKind.class)
    void scoresAndMapsAreTheMembersMeans(LabelKind kind) {
        NetworkPlan plan = new NetworkPlan(32, 24, 3, 3, 0.5, Map.of("width", "6", "depth", "1"));
        ExplainableCnn architecture = new ExplainableCnn();
        Random random = new Random(3);
        float[] pixels = new float[4 * 32 * 24 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        FloatTensor images = new FloatTensor(pixels, 4, 32, 24, 3);
        List<Map<String, FloatTensor>> members = new ArrayList<>();
        List<Map<String, FloatTensor>> alone = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            Map<String, FloatTensor> weights = weights(architecture, plan, seed);
            Path model = folder.resolve("member" + seed);
            alone.add(run(SavedModelWriter.write(architecture, plan, weights, SavedModelWriter.Form.FOLDED, model), model, images));
            members.add(weights);
        }
        Path model = folder.resolve("ensemble");
        List<String> outputs = EnsembleWriter.write(architecture, plan, kind, members, model);
        assertEquals(List.of("logits", "attention", "cam"), outputs);
        Map<String, FloatTensor> together = run(outputs, model, images);
        assertMeanProbabilities(alone.stream().map(values -> values.get("logits").values()).toList(), together.get("logits").values(), 3, kind);
        for (String map : List.of("attention", "cam")) {
            float[] values = together.get(map).values();
            double spread = 0;
            for (int i = 0; i < values.length; i++) {
                double mean = 0;
                for (Map<String, FloatTensor> one : alone) {
                    mean += one.get(map).values()[i] / 3.0;
                }
                assertEquals(mean, values[i], TOLERANCE, map);
                spread = Math.max(spread, Math.abs(alone.get(0).get(map).values()[i] - alone.get(1).get(map).values()[i]));
            }
            assertTrue(spread > 1e-3, "members differ in " + map);
        }
    }

    /** Members so sure that their probabilities are 0 and 1 in 32 bit, and that contradict each other. */
    @ParameterizedTest
    @EnumSource(LabelKind.class)
    void sureMembersGiveFiniteScores(LabelKind kind) {
        NetworkPlan plan = new NetworkPlan(1, 1, 3, 3, 0, Map.of());
        float[][] gains = {{1, 2, 3}, {300, -300, 5}, {-250, 400, 90}, {0, 0, 0}};
        float[] pixels = {1, 1, 1, 0.5f, 0.1f, 0, -1, 1, 0.02f, 0, 0, 0};
        List<Map<String, FloatTensor>> members = new ArrayList<>();
        List<float[]> logits = new ArrayList<>();
        for (float[] gain : gains) {
            members.add(Map.of("gain.weight", new FloatTensor(gain, 3)));
            float[] own = new float[pixels.length];
            for (int i = 0; i < own.length; i++) {
                own[i] = pixels[i] * gain[i % 3];
            }
            logits.add(own);
        }
        List<String> outputs = EnsembleWriter.write(COLOUR, plan, kind, members, folder.resolve("ensemble"));
        float[] found = run(outputs, folder.resolve("ensemble"), new FloatTensor(pixels, 4, 1, 1, 3)).get("logits").values();
        assertMeanProbabilities(logits, found, 3, kind);
    }

    @Test
    void twoSureMembersOfOneOpinionStayFinite() {
        List<Map<String, FloatTensor>> members = List.of(Map.of("gain.weight", new FloatTensor(new float[] {500, 0, -500}, 3)),
            Map.of("gain.weight", new FloatTensor(new float[] {400, 0, -400}, 3)));
        for (LabelKind kind : List.of(LabelKind.MULTI_CLASS, LabelKind.MULTI_LABEL)) {
            Path model = folder.resolve(kind.name());
            List<String> outputs = EnsembleWriter.write(COLOUR, new NetworkPlan(1, 1, 3, 3, 0, Map.of()), kind, members, model);
            for (float logit : run(outputs, model, new FloatTensor(new float[] {1, 1, 1}, 1, 1, 1, 3)).get("logits").values()) {
                assertTrue(Float.isFinite(logit), kind + ": " + logit);
            }
        }
    }

    @Test
    void weightsCarryTheMembersNumber() {
        FloatTensor one = new FloatTensor(new float[] {1}, 1);
        Map<String, FloatTensor> joined = EnsembleWriter.joined(List.of(Map.of("a", one), Map.of("a", one)));
        assertEquals(List.of("fold1.a", "fold2.a"), List.copyOf(joined.keySet()));
        assertFalse(joined.containsKey("a"));
    }
}
