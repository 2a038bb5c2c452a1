package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.ExplainableCnn;
import io.github.lesionj.network.Seeds;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.ClassWeighting;
import io.github.lesionj.runtime.LossSettings;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.ScheduleSettings;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingListener.EpochReport;
import io.github.lesionj.runtime.TrainingOutcome;
import io.github.lesionj.runtime.TrainingPlan;
import io.github.lesionj.runtime.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training in several parts, each a trainer of its own, against the same training in one. */
class ResumeTest {

    private static final int EPOCHS = 4;
    private static final int STEPS_PER_EPOCH = 3;

    @TempDir
    Path folder;

    /** Ends a trainer as a kill would: nothing of it runs afterwards. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Twenty items; each reading of a training item is another, as augmentation makes it. */
    private static class Noisy extends ForwardingData {

        Noisy() {
            super(ArrayData.squares(20, 16, 2));
        }

        @Override
        public void readTraining(int index, long seed, float[] destination, int offset) {
            super.readTraining(index, seed, destination, offset);
            Random random = new Random(seed);
            for (int i = 0; i < 256; i++) {
                destination[offset + i] += 0.1f * random.nextFloat();
            }
        }
    }

    private TrainingPlan plan(String name) {
        return Plans.resuming(Plans.tiny(folder.resolve(name), EPOCHS));
    }

    private Path checkpoint(String name) {
        return folder.resolve(name).resolve("checkpoint");
    }

    private static TrainingOutcome train(TrainingPlan plan, TrainingData data) {
        return Plans.trainer(plan, data).train(TrainingListener.NONE, Progress.NONE);
    }

    private static void trainAndKill(TrainingPlan plan, int epoch) {
        assertThrows(Killed.class, () -> Plans.trainer(plan, new Noisy()).train(report -> {
            if (report.epoch() == epoch) {
                throw new Killed();
            }
        }, Progress.NONE));
    }

    private static List<EpochReport> timeless(TrainingOutcome outcome) {
        return outcome.history().stream().map(e -> new EpochReport(e.epoch(), e.epochs(), e.trainingLoss(), e.validationLoss(),
            e.validationAuc(), e.validationAccuracy(), e.learningRate(), e.best(), 0)).toList();
    }

    private static void assertSame(TrainingOutcome expected, TrainingOutcome found) throws IOException {
        assertArrayEquals(Files.readAllBytes(expected.weights()), Files.readAllBytes(found.weights()));
        assertEquals(timeless(expected), timeless(found));
        assertEquals(expected.bestEpoch(), found.bestEpoch());
        assertEquals(expected.testOutput(), found.testOutput());
    }

    private static void assertSameCheckpoint(Path expected, Path found) throws IOException {
        assertEquals(names(expected), names(found));
        for (String name : names(expected)) {
            if (name.endsWith(".safetensors")) {
                assertArrayEquals(Files.readAllBytes(expected.resolve(name)), Files.readAllBytes(found.resolve(name)), name);
            }
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void partsOfATrainingEndAtTheWeightsAndMomentsOfTheWhole() throws IOException {
        TrainingOutcome whole = train(plan("whole"), new Noisy());
        trainAndKill(plan("parts"), 1);
        trainAndKill(plan("parts"), 3);
        List<EpochReport> told = new ArrayList<>();
        List<EpochReport> heard = new ArrayList<>();
        TrainingOutcome parts = Plans.trainer(plan("parts"), new Noisy()).train(new TrainingListener() {
            @Override
            public void resumed(List<EpochReport> history, int epochs) {
                assertEquals(EPOCHS, epochs);
                told.addAll(history);
            }

            @Override
            public void epochEnded(EpochReport epoch) {
                heard.add(epoch);
            }
        }, Progress.NONE);
        assertEquals(List.of(1, 2, 3), told.stream().map(EpochReport::epoch).toList());
        assertEquals(List.of(4), heard.stream().map(EpochReport::epoch).toList());
        assertTrue(heard.get(0).seconds() > told.get(2).seconds(), "time goes on");
        assertSame(whole, parts);
        assertSameCheckpoint(checkpoint("whole"), checkpoint("parts"));
        assertSame(whole, train(plan("parts"), new Noisy()));
    }

    /** A checkpoint after each step; the kill comes while an image of the second epoch's second step is read. */
    @Test
    void anEpochGoesOnAtTheStepWhereItWas() throws IOException {
        TrainingOutcome whole = train(plan("whole"), new Noisy());
        // readers work on several batches at once: only what is read, not when, tells which batch it belongs to
        long deadly = Seeds.mix(~plan("parts").seed(), 8 * (STEPS_PER_EPOCH + 1) + 3);
        var killing = new Noisy() {
            @Override
            public void readTraining(int index, long seed, float[] destination, int offset) {
                if (seed == deadly) {
                    throw new Killed();
                }
                super.readTraining(index, seed, destination, offset);
            }
        };
        Trainer trainer = Plans.trainer(plan("parts"), killing).savingEvery(Duration.ZERO);
        assertThrows(Killed.class, () -> trainer.train(TrainingListener.NONE, Progress.NONE));
        TrainingState state = TrainingState.parse(Files.readString(checkpoint("parts").resolve("state.json")));
        assertEquals(1, state.history().size());
        assertEquals(STEPS_PER_EPOCH + 1, state.step());
        assertSame(whole, train(plan("parts"), new Noisy()));
    }

    /** Whatever a step draws, adds up or averages must be where it was. */
    private TrainingPlan everything(String name) {
        TrainingPlan plan = plan(name);
        return plan.with(new TrainingSettings(
            new LossSettings(LossSettings.Kind.FOCAL, List.of(0.25, 0.75), 2, ClassWeighting.parse("inverse"), 0.05),
            new BatchSettings(4, 2, BatchSettings.Sampler.BALANCED, 2, 0.4),
            new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.9, 1e-3, 1, 0.9),
            new ScheduleSettings(EPOCHS, 0.02, 1, ScheduleSettings.Shape.COSINE, 3), new StartSettings(null, false, 0.5)));
    }

    /** A checkpoint after each step; killed at an image of each of these epochs' second step, in its second batch. */
    @Test
    void theSameWithSgdAveragesAccumulationMixUpAndABalancedSampler() throws IOException {
        TrainingOutcome whole = train(everything("whole"), new Noisy());
        for (int epoch : new int[] {0, 1, 3}) {
            long deadly = Seeds.mix(~plan("parts").seed(), 24 * epoch + 8 + 6);
            var killing = new Noisy() {
                @Override
                public void readTraining(int index, long seed, float[] destination, int offset) {
                    if (seed == deadly) {
                        throw new Killed();
                    }
                    super.readTraining(index, seed, destination, offset);
                }
            };
            Trainer trainer = Plans.trainer(everything("parts"), killing).savingEvery(Duration.ZERO);
            assertThrows(Killed.class, () -> trainer.train(TrainingListener.NONE, Progress.NONE));
            assertEquals(3 * epoch + 1, TrainingState.parse(Files.readString(checkpoint("parts").resolve("state.json"))).step());
        }
        assertSame(whole, train(everything("parts"), new Noisy()));
        assertSameCheckpoint(checkpoint("whole"), checkpoint("parts"));
    }

    @Test
    void aTrainingThatRanOutOfPatienceStaysEnded() throws IOException {
        TrainingPlan patient = Plans.with(plan("whole"), new ScheduleSettings(40, 1e-12, 0, ScheduleSettings.Shape.CONSTANT, 2));
        List<String> said = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochEnded(EpochReport epoch) {
                // only what is said is of interest
            }

            @Override
            public void remark(String sentence) {
                said.add(sentence);
            }
        };
        TrainingOutcome ended = Plans.trainer(patient, new Noisy()).train(listener, Progress.NONE);
        int epochs = ended.history().size();
        assertEquals(ended.bestEpoch() + 2, epochs);
        assertTrue(epochs < 40 && ended.stopped() == null && !ended.cancelled());
        assertEquals(List.of("Training ended after epoch " + epochs + " of 40: none of the last 2 was better than epoch "
            + ended.bestEpoch() + "."), said);
        assertSame(ended, train(patient, new Noisy()));
    }

    /** A folder in the way stands for a disk that has no room: the file cannot be written. */
    @Test
    void aCheckpointThatCannotBeWrittenLeavesTheOneBefore() throws IOException {
        TrainingOutcome whole = train(plan("whole"), new Noisy());
        trainAndKill(plan("parts"), 1);
        Path obstacle = Files.createDirectories(checkpoint("parts").resolve("moments-4.safetensors/full"));
        Trainer trainer = Plans.trainer(plan("parts"), new Noisy()).savingEvery(Duration.ZERO);
        String said = assertThrows(LesionJException.class, () -> trainer.train(TrainingListener.NONE, Progress.NONE)).getMessage();
        assertTrue(said.startsWith("Cannot write ") && said.contains("moments-4.safetensors") | said.contains("the checkpoint"), said);
        assertEquals(1, said.lines().count());
        assertEquals(STEPS_PER_EPOCH, TrainingState.parse(Files.readString(checkpoint("parts").resolve("state.json"))).step());
        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        assertSame(whole, train(plan("parts"), new Noisy()));
    }

    /** As when epochs follow each other faster than a large network is saved. */
    @Test
    void theBestOfEpochsThatWereNotSavedIsSavedWithALaterOne() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder);
        Map<String, FloatTensor> best = Map.of("x", new FloatTensor(new float[] {1}, 1));
        Map<String, FloatTensor> last = Map.of("x", new FloatTensor(new float[] {2}, 1));
        Map<String, FloatTensor> moments = Map.of("x/m", new FloatTensor(new float[] {3}, 1));
        TrainingState state = new TrainingState(Map.of("a", "b"), 9, 0.5, 1, List.of(),
            new BestWeights.Found(2, 6, new Validation(4, 0.25, Double.NaN, 1)), Map.of());
        checkpoints.write(new Checkpoints.Checkpoint(state, last, moments, best));
        Checkpoints.Checkpoint found = new Checkpoints(folder).read(Map.of("a", "b")).orElseThrow();
        assertEquals(new Checkpoints.Checkpoint(state.with(found.state().files()), last, moments, best), found);
        assertEquals(Set.of("moments-9.safetensors", "state.json", "weights-6.safetensors", "weights-9.safetensors"), names(folder));
    }

    @Test
    void whatAKillLeavesHalfWrittenIsIgnoredAndDeleted() throws IOException {
        TrainingOutcome whole = train(plan("whole"), new Noisy());
        trainAndKill(plan("parts"), 2);
        Files.writeString(checkpoint("parts").resolve("weights-9.safetensors"), "half");
        Files.writeString(checkpoint("parts").resolve(".part-1-1-state.json"), "{");
        assertSame(whole, train(plan("parts"), new Noisy()));
        assertSameCheckpoint(checkpoint("whole"), checkpoint("parts"));
    }

    @Test
    void aCancelledTrainingGoesOnToItsEnd() throws IOException {
        TrainingOutcome whole = train(plan("whole"), new Noisy());
        AtomicBoolean cancel = new AtomicBoolean();
        Progress progress = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                // nobody listens
            }

            @Override
            public boolean cancelled() {
                return cancel.get();
            }
        };
        TrainingOutcome cancelled = Plans.trainer(plan("parts"), new Noisy())
            .train(epoch -> cancel.set(epoch.epoch() == 2), progress);
        assertTrue(cancelled.cancelled());
        byte[] best = Files.readAllBytes(cancelled.weights());
        TrainingOutcome again = Plans.trainer(plan("parts"), new Noisy()).train(TrainingListener.NONE, progress);
        assertTrue(again.cancelled());
        assertEquals(cancelled.bestEpoch(), again.bestEpoch());
        assertArrayEquals(best, Files.readAllBytes(again.weights()));
        TrainingOutcome parts = train(plan("parts"), new Noisy());
        assertFalse(parts.cancelled());
        assertSame(whole, parts);
    }

    /** Flips and erasing change few images, so that no probe of some pixels sees them. */
    @Test
    void anotherAugmentationIsAnotherTraining() throws IOException {
        trainAndKill(plan("parts"), 1);
        TrainingData flipped = new ForwardingData(new Noisy()) {
            @Override
            public String augmentation() {
                return "flip_x";
            }
        };
        String said = assertThrows(UsageException.class, () -> train(plan("parts"), flipped)).getMessage();
        assertTrue(said.contains("augment was none and is flip_x"), said);
    }

    @Test
    void withoutACheckpointOrWithoutResumingItStartsAnew() throws IOException {
        TrainingOutcome whole = train(plan("whole"), new Noisy());
        trainAndKill(plan("state"), 2);
        Files.delete(checkpoint("state").resolve("state.json"));
        assertSame(whole, train(plan("state"), new Noisy()));

        trainAndKill(plan("damaged"), 2);
        Files.writeString(checkpoint("damaged").resolve("state.json"), "{");
        List<EpochReport> heard = new ArrayList<>();
        Plans.trainer(Plans.tiny(folder.resolve("damaged"), EPOCHS), new Noisy()).train(heard::add, Progress.NONE);
        assertEquals(EPOCHS, heard.size());
        assertSameCheckpoint(checkpoint("whole"), checkpoint("damaged"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "null", "{}", "[1]", "{\"identity\": {}, \"step\": 3, \"history\": [], \"files\": {}}"})
    void aStateThatCannotBeReadIsSaidInASentence(String text) throws IOException {
        Files.createDirectories(checkpoint("a"));
        Files.writeString(checkpoint("a").resolve("state.json"), text);
        assertDamaged("a");
    }

    private void assertDamaged(String name) {
        UsageException refusal = assertThrows(UsageException.class, () -> train(plan(name), new Noisy()));
        assertTrue(refusal.getMessage().contains("is damaged") && refusal.getMessage().contains("resume=no"), refusal.getMessage());
    }

    @Test
    void weightsThatAreMissingOrChangedAreSaidInASentence() throws IOException {
        trainAndKill(plan("a"), 1);
        Path moments = checkpoint("a").resolve("moments-3.safetensors");
        byte[] bytes = Files.readAllBytes(moments);
        bytes[bytes.length - 5] ^= 1;
        Files.write(moments, bytes);
        assertDamaged("a");
        Files.delete(moments);
        assertDamaged("a");
    }

    private void assertRefused(String difference, TrainingPlan plan, TrainingData data, SessionSettings settings, String oneDnn) {
        UsageException refusal = assertThrows(UsageException.class, () -> new Trainer(new ExplainableCnn(), plan, data, settings, oneDnn)
            .train(TrainingListener.NONE, Progress.NONE));
        assertTrue(refusal.getMessage().contains(": " + difference + ". Run it as before"), refusal.getMessage());
    }

    @Test
    void whatWouldEndAtOtherWeightsIsRefused() throws IOException {
        trainAndKill(plan("a"), 1);
        byte[] state = Files.readAllBytes(checkpoint("a").resolve("state.json"));
        SessionSettings same = SessionSettings.cpu(1);
        assertRefused("threads was 1 and is 3", plan("a"), new Noisy(), SessionSettings.cpu(3), "default");
        assertRefused("oneDNN was default and is off", plan("a"), new Noisy(), same, "off");
        assertRefused("device was cpu and is gpu:1; threads was 1 and is 2", plan("a"), new Noisy(), new SessionSettings(1, 2), "default");
        assertRefused("epochs was 4 and is 5", Plans.resuming(Plans.tiny(folder.resolve("a"), 5)), new Noisy(), same, "default");
        assertRefused("learning_rate was 0.01 and is 0.02", Plans.resuming(Plans.of(folder.resolve("a"), 16, 2, LabelKind.BINARY, EPOCHS,
            0.02, Plans.TINY)), new Noisy(), same, "default");
        TrainingPlan other = plan("a");
        assertRefused("seed was 7 and is 8", new TrainingPlan(other.network(), other.settings(), 8, other.place()), new Noisy(), same, "default");
        assertRefused("ema was 0.0 and is 0.9; momentum was 0.9 and is 0.5; optimizer was adamw and is sgd", Plans.with(other,
            new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.5, 0.01, 1, 0.9)), new Noisy(), same, "default");
        String changed = "the images or their labels have changed";
        assertRefused(changed, plan("a"), ArrayData.squares(20, 16, 2), same, "default");
        assertRefused(changed, plan("a"), new Noisy() {
            @Override
            public String trainingName(int index) {
                return index == 7 ? "other.png" : super.trainingName(index);
            }
        }, same, "default");
        assertRefused(changed, plan("a"), new Noisy() {
            @Override
            public float[] validationTarget(int index) {
                return index == 7 ? new float[] {1, 0} : super.validationTarget(index);
            }
        }, same, "default");
        assertRefused(changed, plan("a"), new Noisy() {
            @Override
            public String checksum() {
                return "a pixel of image 7 was another";
            }
        }, same, "default");
        assertArrayEquals(state, Files.readAllBytes(checkpoint("a").resolve("state.json")));
        assertEquals(EPOCHS, train(plan("a"), new Noisy()).history().size());
    }

    @Test
    void anotherTensorFlowIsRefused() throws IOException {
        trainAndKill(plan("a"), 1);
        Path state = checkpoint("a").resolve("state.json");
        Files.writeString(state, Files.readString(state).replaceAll("(\"TensorFlow\": \")[^\"]*", "$12.1.0"));
        assertRefused("TensorFlow was 2.1.0 and is 2.16.2", plan("a"), new Noisy(), SessionSettings.cpu(1), "default");
    }
}
