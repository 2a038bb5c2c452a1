package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.Architecture;
import io.github.lesionj.network.ExplainableCnn;
import io.github.lesionj.network.Loss;
import io.github.lesionj.network.LossPlan;
import io.github.lesionj.network.NetworkPlan;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TrainingPlan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;

/** Single steps of a training: accumulated ones, of frozen and slow backbones, with averages. */
class StepTest {

    private static final int ITEMS = 12;
    private static final ArrayData DATA = ArrayData.squares(ITEMS, 16, 5);
    private static final LossPlan WEIGHTED = LossPlan.PLAIN.smoothed(0.1).weighted(0.3f, 4f);

    private static TrainingPlan plan(Map<String, String> options) {
        return Plans.of(Path.of("."), 16, 2, LabelKind.BINARY, 3, 0.01, options);
    }

    private static void with(Architecture architecture, TrainingPlan plan, LossPlan loss, Consumer<TrainingGraph> job) {
        NetworkPlan network = new NetworkPlan(16, 16, 1, 2, 0, plan.network().options());
        try (Graph owner = new Graph(); TrainingGraph graph = new TrainingGraph(owner, architecture, network, plan,
                new ClassificationCriterion(Loss.of(LabelKind.BINARY, loss), 2), SessionSettings.cpu(1))) {
            graph.start(graph.initialWeights());
            job.accept(graph);
        }
    }

    private static Batch batch(int... items) {
        Batch batch = new Batch(items, new float[items.length * 256], new float[items.length * 2]);
        for (int i = 0; i < items.length; i++) {
            DATA.readTraining(items[i], 0, batch.inputs(), i * 256);
            System.arraycopy(DATA.trainingTarget(items[i]), 0, batch.targets(), i * 2, 2);
        }
        return batch;
    }

    /** Three steps over the same twelve items, in batches of these sizes; loss and norm of each step, then all weights. */
    private static Map<String, float[]> steps(OptimizerSettings optimizer, LossPlan loss, int... sizes) {
        TrainingPlan plan = Plans.with(Plans.with(plan(Map.of()), optimizer), new BatchSettings(4, sizes.length, BatchSettings.Sampler.SHUFFLE, 0, 0));
        Map<String, float[]> found = new TreeMap<>();
        with(new LinearNet("head"), plan, loss, graph -> {
            for (int step = 0; step < 3; step++) {
                int from = 0;
                for (int i = 0; i < sizes.length; i++) {
                    // classes alternate: an uneven cut gives batches of uneven weight
                    Batch batch = batch(IntStream.range(from, from + sizes[i]).toArray());
                    from += sizes[i];
                    if (i < sizes.length - 1) {
                        graph.add(batch, step, i);
                    } else {
                        TrainingGraph.Step done = graph.step(batch, 0.05, step);
                        found.put("step " + step, new float[] {done.loss(), done.norm()});
                    }
                }
            }
            graph.weights().forEach((name, value) -> found.put(name, value.values()));
        });
        return found;
    }

    @Test
    void batchesThatAddUpAreTheBatchThatTheyAreTogether() {
        for (OptimizerSettings optimizer : List.of(OptimizerSettings.adamW(0.1),
            new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.9, 0.01, 0.5, 0.9))) {
            for (LossPlan loss : List.of(LossPlan.PLAIN, WEIGHTED, WEIGHTED.focal(2, 0.25f, 0.75f))) {
                Map<String, float[]> whole = steps(optimizer, loss, 12);
                for (int[] sizes : new int[][] {{6, 6}, {3, 4, 5}, {1, 5, 5, 1}}) {
                    Map<String, float[]> parts = steps(optimizer, loss, sizes);
                    assertEquals(whole.keySet(), parts.keySet());
                    whole.forEach((name, values) -> assertArrayEquals(values, parts.get(name), 2e-5f, name + Arrays.toString(sizes)));
                }
            }
        }
    }

    /** Its head says nothing yet, so that the loss is finite, of what already overflows. */
    @Test
    void gradientsThatOverflowAreSeenWithoutClippingToo() {
        TrainingPlan plan = Plans.with(plan(Map.of()), new OptimizerSettings(OptimizerSettings.Kind.SGD, 0, 0, 0, 0));
        with(new LinearNet("head"), plan, LossPlan.PLAIN, graph -> {
            Map<String, FloatTensor> huge = new TreeMap<>(graph.weights());
            huge.replaceAll((name, value) -> {
                float[] values = new float[value.values().length];
                Arrays.fill(values, name.equals("body.weight") ? 1e36f : 0);
                return new FloatTensor(values, value.shape());
            });
            graph.start(huge);
            TrainingGraph.Step step = graph.step(batch(0, 2, 4), 0.1, 0);
            assertTrue(Float.isFinite(step.loss()), () -> "loss " + step.loss());
            assertFalse(step.finite());
        });
    }

    @Test
    void theLossOfAStepIsTheWeightedMeanOfItsItems() {
        // at logits 0 the loss of each item is log 2 whatever its weight; a large first weight would show without division
        Map<String, float[]> found = new TreeMap<>();
        TrainingPlan plan = Plans.with(plan(Map.of()), new OptimizerSettings(OptimizerSettings.Kind.SGD, 0, 0, 0, 0));
        with(new LinearNet("head"), plan, LossPlan.PLAIN.weighted(100, 1), graph -> {
            Map<String, FloatTensor> zero = new TreeMap<>(graph.weights());
            zero.replaceAll((name, value) -> new FloatTensor(new float[value.values().length], value.shape()));
            graph.start(zero);
            found.put("step", new float[] {graph.step(batch(0, 1, 2, 3), 0.1, 0).loss()});
        });
        // the second opinion's half comes on top
        assertEquals(1.5 * Math.log(2), found.get("step")[0], 1e-6);
    }

    private static Set<String> changed(Map<String, FloatTensor> before, Map<String, FloatTensor> after) {
        return before.keySet().stream().filter(name -> !before.get(name).equals(after.get(name))).collect(Collectors.toSet());
    }

    @Test
    void aFrozenBackboneKeepsWeightsAndStatisticsAndHasNoMoments() {
        TrainingPlan frozen = Plans.with(plan(Plans.TINY), new StartSettings(null, true, 1));
        with(new ExplainableCnn(), frozen, LossPlan.PLAIN, graph -> {
            Map<String, FloatTensor> before = graph.weights();
            assertTrue(before.containsKey("stem.bn.running_mean"));
            for (int step = 0; step < 3; step++) {
                graph.step(batch(0, 1, 2, 3), 0.05, step);
            }
            Map<String, FloatTensor> after = graph.weights();
            Set<String> changed = changed(before, after);
            assertTrue(changed.contains("head.weight") && changed.contains("head.bias"), changed::toString);
            assertTrue(changed.stream().noneMatch(name -> name.startsWith("stem") || name.startsWith("stages")), changed::toString);
            assertTrue(graph.optimizerState().keySet().stream().noneMatch(name -> name.startsWith("stem") || name.startsWith("stages")));
            assertTrue(graph.frozenParameters() > graph.parameters());
        });
        with(new ExplainableCnn(), plan(Plans.TINY), LossPlan.PLAIN, graph -> {
            Map<String, FloatTensor> before = graph.weights();
            graph.step(batch(0, 1, 2, 3), 0.05, 0);
            Set<String> changed = changed(before, graph.weights());
            assertTrue(changed.containsAll(Set.of("stem.conv.weight", "stem.bn.running_mean", "head.weight")), changed::toString);
            assertEquals(0, graph.frozenParameters());
        });
    }

    /** Trained on what inference sees: the frozen network's loss is that of the judged one. */
    @Test
    void aFrozenBatchNormalisationWorksAsInInference() {
        TrainingPlan frozen = Plans.with(plan(Map.of("width", "4", "depth", "1", "stages", "2", "peak", "0", "focus", "0")),
            new StartSettings(null, true, 1));
        with(new ExplainableCnn(), frozen, LossPlan.PLAIN, graph -> {
            Map<String, FloatTensor> odd = new TreeMap<>(graph.weights());
            odd.put("stem.bn.running_mean", new FloatTensor(new float[] {0.3f, -0.2f, 0.1f, 0.5f}, 4));
            graph.start(odd);
            double mean = 0;
            for (float loss : graph.judge(batch(0, 1, 2, 3)).losses().values()) {
                mean += loss / 4;
            }
            assertEquals(mean, graph.step(batch(0, 1, 2, 3), 1e-9, 0).loss(), 1e-5);
        });
    }

    @Test
    void aSlowBackboneMovesByItsShareOfTheRate() {
        OptimizerSettings plain = new OptimizerSettings(OptimizerSettings.Kind.SGD, 0, 0, 0, 0);
        Map<String, FloatTensor> start = new TreeMap<>();
        Map<String, float[]> full = new TreeMap<>();
        Map<String, float[]> slow = new TreeMap<>();
        for (double rate : new double[] {1, 0.25}) {
            TrainingPlan plan = Plans.with(Plans.with(plan(Map.of()), plain), new StartSettings(null, false, rate));
            with(new LinearNet("head"), plan, LossPlan.PLAIN, graph -> {
                start.putAll(graph.weights());
                graph.step(batch(0, 1, 2, 3), 0.1, 0);
                graph.weights().forEach((name, value) -> (rate == 1 ? full : slow).put(name, value.values()));
            });
        }
        for (String name : List.of("body.weight", "head.weight")) {
            float[] before = start.get(name).values();
            double factor = name.startsWith("head") ? 1 : 0.25;
            boolean moved = false;
            for (int i = 0; i < before.length; i++) {
                assertEquals(factor * (full.get(name)[i] - before[i]), slow.get(name)[i] - before[i], 1e-6);
                moved |= Math.abs(full.get(name)[i] - before[i]) > 1e-4;
            }
            assertTrue(moved, name);
        }
    }

    @Test
    void anArchitectureWithoutAHeadCannotBeTreatedInParts() {
        for (StartSettings start : List.of(new StartSettings(null, true, 1), new StartSettings(null, false, 0.1))) {
            String said = assertThrows(UsageException.class, () -> with(new LinearNet(), Plans.with(plan(Map.of()), start), LossPlan.PLAIN,
                graph -> { })).getMessage();
            assertTrue(said.contains("does not say which of its layers are its head")
                && said.contains(start.backboneFrozen() ? "backbone=freeze" : "backbone_rate"), said);
            said = assertThrows(UsageException.class, () -> with(new LinearNet("head", "body"), Plans.with(plan(Map.of()), start),
                LossPlan.PLAIN, graph -> { })).getMessage();
            assertTrue(said.contains("has nothing but a head"), said);
        }
    }

    /** Weights, batch statistics and all: by hand from the weights that the steps left. */
    @Test
    void inferenceHasTheAverages() {
        TrainingPlan averaged = Plans.with(plan(Plans.TINY), new OptimizerSettings(OptimizerSettings.Kind.ADAMW, 0.9, 0.01, 1, 0.15));
        with(new ExplainableCnn(), averaged, LossPlan.PLAIN, graph -> {
            Map<String, FloatTensor> expected = new TreeMap<>(graph.weights());
            assertTrue(expected.containsKey("stem.bn.running_var"));
            for (int step = 0; step < 4; step++) {
                graph.step(batch(0, 1, 2, 3), 0.05, step);
                Map<String, FloatTensor> state = graph.optimizerState();
                float kept = (float) Math.min(0.15, (1.0 + step) / (10.0 + step));
                expected.replaceAll((name, value) -> mean(value, state.get("stepped/" + name), kept));
            }
            Map<String, FloatTensor> found = graph.weights();
            expected.forEach((name, value) -> assertArrayEquals(value.values(), found.get(name).values(), 1e-5f, name));
            assertFalse(found.get("head.weight").equals(graph.optimizerState().get("stepped/head.weight")));
        });
    }

    private static FloatTensor mean(FloatTensor average, FloatTensor now, float kept) {
        float[] values = new float[average.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = kept * average.values()[i] + (1 - kept) * now.values()[i];
        }
        return new FloatTensor(values, average.shape());
    }
}
