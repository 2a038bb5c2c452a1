package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.Safetensors;
import io.github.lesionj.network.Tensors;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.ScheduleSettings;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingListener.EpochReport;
import io.github.lesionj.runtime.TrainingOutcome;
import io.github.lesionj.runtime.TrainingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.types.TFloat32;

class TrainerTest {

    @TempDir
    Path folder;

    private static TrainingOutcome train(TrainingPlan plan, ArrayData data) {
        return Plans.trainer(plan, data).train(TrainingListener.NONE, Progress.NONE);
    }

    @Test
    void learnsThirtyTwoItemsByHeart() {
        List<EpochReport> heard = new ArrayList<>();
        TrainingOutcome outcome = Plans.trainer(Plans.of(folder, 16, 2, LabelKind.BINARY, 25, 0.01,
            Map.of("width", "8", "depth", "1")), ArrayData.squares(32, 16, 1)).train(heard::add, Progress.NONE);
        assertEquals(outcome.history(), heard);
        assertEquals(25, heard.size());
        EpochReport best = heard.get(outcome.bestEpoch() - 1);
        assertTrue(best.best());
        assertEquals(1.0, best.quality().value(), 0.002);
        assertTrue(best.figures().get(1).value() > 0.96, () -> "accuracy " + best.figures().get(1).value());
        assertTrue(heard.get(24).trainingLoss() < 0.5 * heard.get(0).trainingLoss(), heard::toString);
        assertNull(outcome.stopped());
        assertFalse(outcome.cancelled());
    }

    @Test
    void sameSeedGivesTheSameWeightsBitForBit() {
        ArrayData data = ArrayData.squares(20, 16, 2);
        Map<String, FloatTensor> first = Safetensors.read(train(Plans.tiny(folder.resolve("a"), 2), data).weights());
        Map<String, FloatTensor> second = Safetensors.read(train(Plans.tiny(folder.resolve("b"), 2), data).weights());
        assertEquals(first, second);
        TrainingPlan plan = Plans.tiny(folder.resolve("c"), 2);
        TrainingPlan otherSeed = new TrainingPlan(plan.network(), plan.settings(), 8, plan.place());
        assertFalse(first.equals(Safetensors.read(train(otherSeed, data).weights())));
    }

    /** What the package proves itself by: the training graph's scores, and the exported graph's on the same image. */
    @Test
    void theExportedModelAgreesWithTheTrainingGraph() {
        TrainingOutcome outcome = train(Plans.tiny(folder, 4), ArrayData.squares(24, 16, 9));
        assertEquals(Map.of("scores", "logits", "attention", "attention", "cam", "cam", "features", "features"), outcome.outputs());
        try (SavedModelBundle bundle = SavedModelBundle.load(outcome.savedModel().toString(), "serve");
                TFloat32 image = Tensors.of(outcome.testInput());
                Result result = bundle.function(outcome.signatureKey()).call(Map.of(outcome.inputName(), image))) {
            FloatTensor logits = Tensors.copy((TFloat32) result.get("logits").orElseThrow());
            assertArrayEquals(outcome.testOutput().shape(), logits.shape());
            assertArrayEquals(outcome.testOutput().values(), logits.values(), 1e-4f);
        }
        assertEquals(Safetensors.read(outcome.weights()), Safetensors.read(folder.resolve("checkpoint/weights-" + 3 * outcome.bestEpoch() + ".safetensors")));
    }

    @Test
    void severalLabelsAtOnce() {
        ArrayData squares = ArrayData.squares(32, 16, 3);
        // the first label is a bright line at the top, the second a square, the third no square
        List<float[]> targets = IntStream.range(0, 32).mapToObj(i -> new float[] {i / 16, i % 2, 1 - i % 2}).toList();
        List<float[]> images = IntStream.range(0, 32).mapToObj(i -> {
            float[] image = squares.images().get(i).clone();
            for (int p = 0; i >= 16 && p < 16; p++) {
                image[p] = 1;
            }
            return image;
        }).toList();
        TrainingOutcome outcome = train(Plans.of(folder, 16, 3, LabelKind.MULTI_LABEL, 30, 0.01,
            Map.of("width", "8", "depth", "1")), new ArrayData(images, targets, images, targets));
        EpochReport best = outcome.history().get(outcome.bestEpoch() - 1);
        assertTrue(best.quality().value() > 0.98, best::toString);
        assertTrue(best.figures().get(1).value() > 0.85, best::toString);
        assertEquals(3, outcome.testOutput().values().length);
    }

    @Test
    void cancelKeepsTheBestSoFar() {
        boolean[] cancel = new boolean[1];
        Progress progress = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                // nobody listens
            }

            @Override
            public boolean cancelled() {
                return cancel[0];
            }
        };
        TrainingOutcome outcome = Plans.trainer(Plans.tiny(folder, 50), ArrayData.squares(16, 16, 4))
            .train(epoch -> cancel[0] = epoch.epoch() == 2, progress);
        assertTrue(outcome.cancelled());
        assertEquals(2, outcome.history().size());
        assertTrue(Files.exists(outcome.savedModel().resolve("saved_model.pb")));
        assertThrows(CancelledException.class, () -> Plans.trainer(Plans.tiny(folder, 50),
            ArrayData.squares(16, 16, 4)).train(TrainingListener.NONE, progress));
    }

    @Test
    void infiniteLossNamesItsImagesAndKeepsTheBest() {
        ArrayData good = ArrayData.squares(16, 16, 5);
        float[] poison = good.images().get(3).clone();
        ArrayData data = new ArrayData(new ArrayList<>(good.images()), good.targets(), good.images(), good.targets());
        data.images().set(3, poison);
        TrainingOutcome outcome = Plans.trainer(Plans.tiny(folder, 5), data)
            .train(epoch -> poison[17] = epoch.epoch() == 2 ? Float.NaN : poison[17], Progress.NONE);
        assertNotNull(outcome.stopped());
        assertTrue(outcome.stopped().contains("image-3.png") && outcome.stopped().contains("epoch 3"), outcome.stopped());
        assertEquals(2, outcome.history().size());
        for (FloatTensor weight : Safetensors.read(outcome.weights()).values()) {
            IntStream.range(0, weight.values().length).forEach(i -> assertTrue(Float.isFinite(weight.values()[i])));
        }
        LesionJException failure = assertThrows(LesionJException.class, () -> train(Plans.tiny(folder, 5), data));
        assertTrue(failure.getMessage().contains("image-3.png"), failure.getMessage());
    }

    /** Also where the image lies in a batch that is only added up. */
    @Test
    void infiniteLossOfAnAccumulatedStepNamesAllItsImages() {
        ArrayData good = ArrayData.squares(16, 16, 5);
        ArrayData data = new ArrayData(new ArrayList<>(good.images()), good.targets(), good.images(), good.targets());
        data.images().set(3, good.images().get(3).clone());
        data.images().get(3)[17] = Float.NaN;
        TrainingPlan plan = Plans.with(Plans.tiny(folder, 2), new BatchSettings(4, 4, BatchSettings.Sampler.SHUFFLE, 0, 0));
        String said = assertThrows(LesionJException.class, () -> train(plan, data)).getMessage();
        assertTrue(IntStream.range(0, 16).allMatch(i -> said.contains("image-" + i + ".png")), said);
    }

    /** What is validated and exported are the averages. */
    @Test
    void averagedWeightsAreExported() {
        TrainingPlan plan = Plans.with(Plans.tiny(folder, 3),
            new OptimizerSettings(OptimizerSettings.Kind.ADAMW, OptimizerSettings.MOMENTUM, 0.01, 1, 0.9));
        TrainingOutcome outcome = train(plan, ArrayData.squares(24, 16, 9));
        try (SavedModelBundle bundle = SavedModelBundle.load(outcome.savedModel().toString(), "serve");
                TFloat32 image = Tensors.of(outcome.testInput());
                Result result = bundle.function(outcome.signatureKey()).call(Map.of(outcome.inputName(), image))) {
            assertArrayEquals(outcome.testOutput().values(), Tensors.copy((TFloat32) result.get("logits").orElseThrow()).values(), 1e-4f);
        }
        Map<String, FloatTensor> exported = Safetensors.read(outcome.weights());
        assertEquals(exported, Safetensors.read(folder.resolve("checkpoint/weights-" + 3 * outcome.bestEpoch() + ".safetensors")));
        Map<String, FloatTensor> state = Safetensors.read(folder.resolve("checkpoint/moments-9.safetensors"));
        assertFalse(exported.get("head.weight").equals(state.get("stepped/head.weight")));
    }

    @Test
    void whatAReaderThrowsReachesTheCaller() {
        ArrayData data = ArrayData.squares(16, 16, 6);
        var broken = new ForwardingData(data) {
            @Override
            public void readTraining(int index, long seed, float[] destination, int offset) {
                if (index == 5) {
                    throw new LesionJException("Cannot read image-" + index + ".");
                }
                super.readTraining(index, seed, destination, offset);
            }
        };
        LesionJException failure = assertThrows(LesionJException.class, () -> Plans.trainer(
            Plans.tiny(folder, 1), broken).train(TrainingListener.NONE, Progress.NONE));
        assertTrue(failure.getMessage().startsWith("Cannot read image-"));
        assertTrue(Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().equals("LesionJ-batch-reader")));
    }

    @Test
    void refusesWhatCannotBeLearned() {
        ArrayData data = ArrayData.squares(8, 16, 7);
        assertThrows(UsageException.class, () -> train(Plans.tiny(folder, 0), data));
        List<float[]> one = data.targets().stream().map(t -> new float[] {1, 0}).toList();
        assertThrows(UsageException.class, () -> train(Plans.tiny(folder, 1), new ArrayData(data.images(), one, data.images(), one)));
        assertThrows(UsageException.class, () -> train(Plans.tiny(folder, 1), new ArrayData(data.images(), data.targets(), List.of(), List.of())));
        assertThrows(UsageException.class, () -> train(Plans.of(folder, 16, 2, LabelKind.BINARY, 1, 0.01, Map.of("width", "wide")), data));
        assertThrows(UsageException.class, () -> train(Plans.of(folder, 16, 2, LabelKind.BINARY, 1, 0.01, Map.of("with", "8")), data));
    }

    @Test
    void startsFromWeightsOfAnEarlierTraining() {
        ArrayData data = ArrayData.squares(16, 16, 8);
        TrainingOutcome first = train(Plans.tiny(folder.resolve("first"), 3), data);
        TrainingPlan plan = Plans.tiny(folder.resolve("second"), 1);
        // a rate so small that nothing moves: the output must be the first training's
        TrainingPlan further = Plans.with(Plans.with(plan, ScheduleSettings.cosine(1, 1e-30)), StartSettings.from(first.weights()));
        Map<String, FloatTensor> before = Safetensors.read(first.weights());
        Map<String, FloatTensor> after = Safetensors.read(train(further, data).weights());
        assertArrayEquals(before.get("head.weight").values(), after.get("head.weight").values(), 1e-7f);
        TrainingPlan other = Plans.of(folder, 16, 2, LabelKind.BINARY, 1, 0.01, Map.of("width", "6", "depth", "1", "stages", "2"));
        TrainingPlan wrong = Plans.with(other, StartSettings.from(first.weights()));
        assertTrue(assertThrows(UsageException.class, () -> train(wrong, data)).getMessage().contains("stem.conv.weight"));
    }
}
