package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.Architecture;
import io.github.lesionj.network.ExplainableCnn;
import io.github.lesionj.network.Seeds;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.network.detection.Yolo;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.LossSettings;
import io.github.lesionj.runtime.NetworkSettings;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.ScheduleSettings;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingOutcome;
import io.github.lesionj.runtime.TrainingPlace;
import io.github.lesionj.runtime.TrainingPlan;
import io.github.lesionj.runtime.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTrainerTest {

    private static final int SIZE = 64;
    private static final Map<String, String> POINTS = Map.of("width", "8", "neck", "16", "strides", "4;8");

    @TempDir
    private Path folder;

    private TrainingPlan plan(Map<String, String> options, int epochs) {
        return new TrainingPlan(new NetworkSettings("yolo", options, SIZE, SIZE, 1, List.of("bright", "dark"), LabelKind.MULTI_LABEL, 0),
            new TrainingSettings(LossSettings.crossEntropy(0), BatchSettings.shuffled(8), OptimizerSettings.adamW(0.01),
                ScheduleSettings.cosine(epochs, 0.01), StartSettings.AT_RANDOM), 7, new TrainingPlace("cpu", false, folder));
    }

    private static Trainer trainer(Architecture architecture, TrainingPlan plan, TrainingData data) {
        return new Trainer(architecture, plan, data, SessionSettings.cpu(1), "default");
    }

    private static TrainingOutcome train(Architecture architecture, TrainingPlan plan, TrainingData data) {
        return trainer(architecture, plan, data).train(epoch -> { }, Progress.NONE);
    }

    private static double quality(TrainingOutcome outcome) {
        return outcome.history().get(outcome.bestEpoch() - 1).quality().value();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "loss=focal", "negatives=hard", "loss=focal,negatives=hard,coordinates=mse"})
    void pointsLearnToFindRectangles(String loss) {
        Map<String, String> options = new HashMap<>(POINTS);
        for (String option : loss.isEmpty() ? new String[0] : loss.split(",")) {
            options.put(option.split("=")[0], option.split("=")[1]);
        }
        TrainingOutcome outcome = train(new Yolo(), plan(options, 14), BoxData.rectangles(96, SIZE, 3));
        assertTrue(quality(outcome) > 0.8, loss + ": mAP50 " + outcome.history().stream().map(e -> e.quality().value()).toList());
        assertEquals(List.of("class", "box"), List.copyOf(outcome.history().get(0).lossParts().keySet()));
        assertEquals(Map.of("scores", "scores", "boxes", "boxes"), outcome.outputs());
    }

    @Test
    void theTextbooksGridLearnsToFindRectangles() {
        TrainingOutcome outcome = train(new Yolo(), plan(Map.of("form", "grid", "width", "8", "cells", "8"), 20), BoxData.rectangles(96, SIZE, 3));
        assertTrue(quality(outcome) > 0.5, "mAP50 " + outcome.history().stream().map(e -> e.quality().value()).toList());
        assertEquals(List.of("objectness", "class", "box"), List.copyOf(outcome.history().get(0).lossParts().keySet()));
    }

    /** The process ends while an image of the third epoch is read; another one goes on, and ends at the bits of one that nobody disturbed. */
    @Test
    void aKilledTrainingEndsAtTheSameWeights() throws IOException {
        BoxData data = BoxData.rectangles(24, SIZE, 3);
        TrainingPlan whole = plan(POINTS, 4).with(new TrainingPlace("cpu", false, folder.resolve("whole")));
        TrainingPlan parts = plan(POINTS, 4).with(new TrainingPlace("cpu", false, folder.resolve("parts")));
        TrainingOutcome undisturbed = train(new Yolo(), whole, data);
        long deadly = Seeds.mix(~parts.seed(), 24 * 2 + 11);
        var killing = new ForwardingData(data) {
            @Override
            public void readTraining(int index, long seed, double progress, float[] destination, int offset) {
                if (seed == deadly) {
                    throw new KilledTraining.Killed();
                }
                super.readTraining(index, seed, progress, destination, offset);
            }
        };
        assertThrows(KilledTraining.Killed.class, () -> trainer(new Yolo(), parts, killing).savingEvery(Duration.ZERO).train(epoch -> { }, Progress.NONE));
        TrainingOutcome resumed = trainer(new Yolo(), parts.with(new TrainingPlace("cpu", true, folder.resolve("parts"))), data)
            .train(epoch -> { }, Progress.NONE);
        assertArrayEquals(Files.readAllBytes(undisturbed.weights()), Files.readAllBytes(resumed.weights()));
        assertEquals(undisturbed.history().stream().map(TrainingListener.EpochReport::lossParts).toList(),
            resumed.history().stream().map(TrainingListener.EpochReport::lossParts).toList());
    }

    @Test
    void aClassifierIsRefused() {
        String said = assertThrows(UsageException.class,
            () -> train(new ExplainableCnn(), plan(Plans.TINY, 1), BoxData.rectangles(8, SIZE, 3))).getMessage();
        assertTrue(said.contains("is no detector"), said);
    }

    @Test
    void withoutAnyBoxThereIsNothingToLearn() {
        BoxData none = BoxData.rectangles(1, SIZE, 3);
        BoxData data = new BoxData(SIZE, List.of(none.images().get(0), none.images().get(0)), List.of(none.targets().get(0), none.targets().get(0)));
        String said = assertThrows(UsageException.class, () -> train(new Yolo(), plan(POINTS, 1), data)).getMessage();
        assertTrue(said.contains("no box on any training image"), said);
    }
}
