package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.network.Seeds;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.ClassWeighting;
import io.github.lesionj.runtime.LossSettings;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.ScheduleSettings;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingListener.EpochReport;
import io.github.lesionj.runtime.TrainingListener.Figure;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A training in several parts, each a trainer of its own, against the same training in one. */
class ResumeTest extends KilledTraining {

    private static List<EpochReport> timeless(TrainingOutcome outcome) {
        return outcome.history().stream().map(e -> new EpochReport(e.epoch(), e.epochs(), e.trainingLoss(), e.lossParts(),
            e.validationLoss(), e.figures(), e.learningRate(), e.best(), 0)).toList();
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
        TrainingState state = new TrainingState(Map.of("a", "b"), 9, Map.of("", 0.5, "box", 0.25), 1, List.of(),
            new BestWeights.Found(2, 6, new Validation(4, 0.25, List.of(new Figure("auc", "AUC", Double.NaN)))), Map.of());
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

    /** Is cancelled from the moment on that a number of questions for it have been answered with no. */
    private static Progress cancelledAfter(AtomicInteger questions) {
        return new Progress() {
            @Override
            public void report(long done, long total, String what) {
                // nobody listens
            }

            @Override
            public boolean cancelled() {
                return questions.getAndDecrement() <= 0;
            }
        };
    }

    private TrainingPlan accumulating(String name) {
        TrainingSettings all = everything(name).settings();
        return plan(name).with(new TrainingSettings(all.loss(), new BatchSettings(2, 4, BatchSettings.Sampler.BALANCED, 1, 0.4),
            all.optimizer(), all.schedule(), all.start()));
    }

    private long savedStep(String name) throws IOException {
        return TrainingState.parse(Files.readString(checkpoint(name).resolve("state.json"))).step();
    }

    /** Its first batches have moved the statistics of batches, so that half a step can be neither saved nor repeated. */
    @Test
    void aStepOfFourBatchesThatIsCancelledBetweenThemIsDoneWhole() throws IOException {
        TrainingOutcome whole = train(accumulating("whole"), new Noisy());
        Trainer first = Plans.trainer(accumulating("parts"), new Noisy());
        assertThrows(CancelledException.class, () -> first.train(TrainingListener.NONE, cancelledAfter(new AtomicInteger(2))),
            "no epoch has ended");
        assertEquals(2, savedStep("parts"));

        AtomicInteger questions = new AtomicInteger(Integer.MAX_VALUE);
        TrainingOutcome cancelled = Plans.trainer(accumulating("parts"), new Noisy()).train(epoch -> {
            if (epoch.epoch() == 2) {
                questions.set(1);
            }
        }, cancelledAfter(questions));
        assertTrue(cancelled.cancelled());
        assertEquals(2, cancelled.history().size());
        assertEquals(2 * STEPS_PER_EPOCH + 1, savedStep("parts"));
        assertSame(whole, train(accumulating("parts"), new Noisy()));
        assertSameCheckpoint(checkpoint("whole"), checkpoint("parts"));
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
}
