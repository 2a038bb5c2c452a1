package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.BatchSettings.Sampler;
import io.github.lesionj.runtime.ClassWeighting;
import io.github.lesionj.runtime.LossSettings;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.ScheduleSettings;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TrainingPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that cannot be followed: one sentence each, which begins with the key or names it. */
class SettingsCheckTest {

    private static final TrainingPlan ONE_LABEL = Plans.of(Path.of("."), 16, 3, LabelKind.MULTI_CLASS, 10, 0.01, Map.of());
    private static final TrainingPlan SEVERAL = Plans.of(Path.of("."), 16, 3, LabelKind.MULTI_LABEL, 10, 0.01, Map.of());

    private static TrainingPlan loss(TrainingPlan plan, LossSettings.Kind kind, String alpha, double gamma, String weights, double smoothing) {
        return Plans.with(plan, new LossSettings(kind, LossSettings.alpha(alpha), gamma, ClassWeighting.parse(weights), smoothing));
    }

    private static TrainingPlan focal(TrainingPlan plan, String alpha) {
        return loss(plan, LossSettings.Kind.FOCAL, alpha, 2, "none", 0);
    }

    private static TrainingPlan batches(int batch, int accumulate, Sampler sampler, int samplesPerClass, double mixup) {
        return Plans.with(ONE_LABEL, new BatchSettings(batch, accumulate, sampler, samplesPerClass, mixup));
    }

    private static TrainingPlan schedule(int epochs, double rate, double warmup, int patience) {
        return Plans.with(ONE_LABEL, new ScheduleSettings(epochs, rate, warmup, ScheduleSettings.Shape.COSINE, patience));
    }

    private static TrainingPlan optimizer(double momentum, double decay, double clip, double ema) {
        return Plans.with(ONE_LABEL, new OptimizerSettings(OptimizerSettings.Kind.SGD, momentum, decay, clip, ema));
    }

    private static TrainingPlan start(boolean frozen, double rate) {
        return Plans.with(ONE_LABEL, new StartSettings(Path.of("weights.safetensors"), frozen, rate));
    }

    static Stream<Arguments> refused() {
        LossSettings.Kind cross = LossSettings.Kind.CROSS_ENTROPY;
        Map<String, TrainingPlan> plans = new LinkedHashMap<>();
        plans.put("focal_alpha has 2 numbers and the data has 3 classes (dark, bright, odd)", focal(ONE_LABEL, "0.25,0.75"));
        plans.put("focal_alpha has 4 numbers and the data has 3 classes (dark, bright, odd)", focal(SEVERAL, "1,1,1,1"));
        plans.put("focal_alpha is 0 for every class", focal(ONE_LABEL, "0"));
        plans.put("focal_alpha must be in 0..1", focal(SEVERAL, "1.5"));
        plans.put("focal_alpha says nothing without loss=focal", loss(ONE_LABEL, cross, "0.25", 2, "none", 0));
        plans.put("focal_gamma=-1.0 is not in 0..100", loss(ONE_LABEL, LossSettings.Kind.FOCAL, "", -1, "none", 0));
        plans.put("focal_gamma=NaN is not in 0..100", loss(ONE_LABEL, LossSettings.Kind.FOCAL, "", Double.NaN, "none", 0));
        plans.put("class_weights has 2 numbers and the data has 3 classes (dark, bright, odd)", loss(ONE_LABEL, cross, "", 2, "1,2", 0));
        plans.put("class_weights holds a 0", loss(ONE_LABEL, cross, "", 2, "1,2,0", 0));
        plans.put("label_smoothing=1.0 is not", loss(ONE_LABEL, cross, "", 2, "none", 1));
        plans.put("batch=1 is too small", batches(1, 1, Sampler.SHUFFLE, 0, 0));
        plans.put("accumulate=0 is no number of batches", batches(8, 0, Sampler.SHUFFLE, 0, 0));
        plans.put("mixup=-0.1 is not", batches(8, 1, Sampler.SHUFFLE, 0, -0.1));
        plans.put("samples_per_class=-1 is below 0", batches(8, 1, Sampler.BALANCED, -1, 0));
        plans.put("samples_per_class=4 says nothing without sampler=balanced", batches(8, 1, Sampler.SHUFFLE, 4, 0));
        plans.put("sampler=balanced needs exactly one label", Plans.with(SEVERAL, new BatchSettings(8, 1, Sampler.BALANCED, 0, 0)));
        plans.put("epochs=0 trains nothing", schedule(0, 0.1, 0, 0));
        plans.put("learning_rate=0.0 is not above 0", schedule(5, 0, 0, 0));
        plans.put("learning_rate=Infinity is not above 0", schedule(5, Double.POSITIVE_INFINITY, 0, 0));
        plans.put("warmup=5.0 must be a share of the training below 1, or fewer epochs than the 5", schedule(5, 0.1, 5, 0));
        plans.put("warmup=-0.5 must be", schedule(5, 0.1, -0.5, 0));
        plans.put("patience=-1 is below 0", schedule(5, 0.1, 0, -1));
        plans.put("momentum=1.0 is not", optimizer(1, 0, 1, 0));
        plans.put("momentum=0.8 says nothing without optimizer=sgd",
            Plans.with(ONE_LABEL, new OptimizerSettings(OptimizerSettings.Kind.ADAMW, 0.8, 0, 1, 0)));
        plans.put("focal_gamma=3.0 says nothing without loss=focal", loss(ONE_LABEL, cross, "", 3, "none", 0));
        plans.put("backbone=freeze without initial_weights", Plans.with(ONE_LABEL, new StartSettings(null, true, 1)));
        plans.put("backbone_rate=0.5 says nothing beside backbone=freeze", start(true, 0.5));
        plans.put("weight_decay=-1.0 is not", optimizer(0.9, -1, 1, 0));
        plans.put("clip=-1.0 is not", optimizer(0.9, 0, -1, 0));
        plans.put("ema=1.0 is not", optimizer(0.9, 0, 1, 1));
        plans.put("backbone_rate=0 would train the backbone", start(false, 0));
        plans.put("backbone_rate=1.5 is not", start(false, 1.5));
        return plans.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusedInOneSentence(String beginning, TrainingPlan plan) {
        String said = assertThrows(UsageException.class, () -> plan.settings().check(plan.network())).getMessage();
        assertTrue(said.startsWith(beginning), said);
        assertEquals(1, said.lines().count());
    }

    @Test
    void whatIsRightPasses() {
        for (TrainingPlan plan : new TrainingPlan[] {ONE_LABEL, SEVERAL, focal(ONE_LABEL, "0.25"), focal(ONE_LABEL, "1,2,0"), focal(SEVERAL, "0,1,0.5"),
            loss(SEVERAL, LossSettings.Kind.BALANCED, "", 2, "1,2,3", 0.1), batches(8, 4, Sampler.BALANCED, 3, 0.2), schedule(5, 0.1, 4, 3),
            schedule(1, 0.1, 0.5, 0), optimizer(0, 0, 0, 0.999), start(true, 1), start(false, 0.1), start(true, 0)}) {
            assertDoesNotThrow(() -> plan.settings().check(plan.network()));
        }
    }
}
