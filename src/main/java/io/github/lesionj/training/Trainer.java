package io.github.lesionj.training;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.network.Architecture;
import io.github.lesionj.network.NetworkPlan;
import io.github.lesionj.network.Safetensors;
import io.github.lesionj.network.SavedModelWriter;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.network.weights.InitialWeights;
import io.github.lesionj.network.weights.WeightLayout;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingOutcome;
import io.github.lesionj.runtime.TrainingPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tensorflow.Graph;

/**
 * Trains a network and writes its best weights.
 *
 * <p>Each epoch is followed by a validation; the weights with the best validation figure are kept and written at the end. The
 * same plan and data on the same machine give the same weights bit for bit, also when the training was killed at any moment
 * and continued by another process: a {@linkplain Checkpoints checkpoint} is written after epochs, and within long ones.
 */
public final class Trainer {

    private final Architecture architecture;
    private final TrainingPlan plan;
    private final TrainingData data;
    private final NetworkPlan network;
    private final TrainingTask task;
    private final BatchSource source;
    private final Schedule schedule;
    private final SessionSettings settings;
    private final Map<String, String> identity;
    private final Checkpoints checkpoints;
    private final BestWeights best = new BestWeights();
    private final List<TrainingListener.EpochReport> history = new ArrayList<>();
    /** Number of steps done. */
    private long step;
    /** Of the steps of the present epoch. */
    private final LossMeter losses = new LossMeter();
    private StepProgress steps;
    private SaveClock clock = new SaveClock();
    /** Why training ended before the last epoch; null when it did not. */
    private String stopped;
    private boolean cancelled;

    /**
     * Prepares a training.
     *
     * @param settings of the session, with the device that the plan's word for it means here
     * @param oneDnn   what TensorFlow was told of oneDNN: on, off, or default
     * @throws io.github.lesionj.core.UsageException when the plan cannot be followed or the data cannot be learned from
     */
    public Trainer(Architecture architecture, TrainingPlan plan, TrainingData data, SessionSettings settings, String oneDnn) {
        PlanCheck.check(plan, data);
        this.architecture = architecture;
        this.plan = plan;
        this.data = data;
        this.network = NetworkPlan.of(plan.network());
        this.task = data.boxRows() > 0 ? new DetectionTask(plan, data) : new ClassificationTask(plan, data);
        this.source = new BatchSource(plan, data, task.sampling(), task.criterion().targetSize());
        this.schedule = new Schedule(plan.settings().schedule(), source.stepsPerEpoch());
        this.settings = settings;
        this.identity = TrainingIdentity.of(plan, data, settings, oneDnn);
        this.checkpoints = new Checkpoints(plan.place().output().resolve("checkpoint"));
    }

    /** How much of an epoch a kill may cost; for tests. */
    Trainer savingEvery(Duration interval) {
        clock = new SaveClock(interval);
        return this;
    }

    /**
     * Trains, or goes on where an earlier training of the same output was; once only.
     *
     * @return what was written; also when the user cancelled or the loss became infinite after at least one epoch
     * @throws CancelledException when cancelled before the first epoch ended
     * @throws LesionJException   when the loss became infinite before that, naming the images of the batch
     * @throws io.github.lesionj.core.UsageException when the earlier training cannot be continued: it is another one, ran with
     *         other threads, oneDNN or TensorFlow, or its checkpoint is damaged
     */
    public TrainingOutcome train(TrainingListener listener, Progress progress) {
        Optional<Checkpoints.Checkpoint> earlier = earlier();
        try (Graph owner = new Graph();
                TrainingGraph graph = new TrainingGraph(owner, architecture, network, plan, task.criterion(), settings)) {
            begin(graph, earlier, listener, progress);
            remarks(graph).forEach(listener::remark);
            earlier.ifPresent(checkpoint -> listener.resumed(List.copyOf(history), epochs()));
            try {
                epochs(graph, listener, progress);
                endedEarly().ifPresent(listener::remark);
            } catch (CancelledException e) {
                cancelled = true;
                save(graph, graph.weights());
                keepBestOr(e);
            } catch (NonFiniteLossException e) {
                stopped = e.getMessage();
                keepBestOr(e);
            }
            return write(graph);
        }
    }

    private int epochs() {
        return plan.settings().schedule().epochs();
    }

    /** What the plan came to with these data and this network. */
    private List<String> remarks(TrainingGraph graph) {
        List<String> remarks = new ArrayList<>(task.remarks());
        if (graph.frozenParameters() > 0) {
            remarks.add("The backbone stays as it is: " + graph.parameters() + " values of the head are trained, "
                + graph.frozenParameters() + " are not.");
        }
        return remarks;
    }

    private Optional<Checkpoints.Checkpoint> earlier() {
        if (plan.place().resume()) {
            return checkpoints.read(identity);
        }
        checkpoints.clear();
        return Optional.empty();
    }

    private void begin(TrainingGraph graph, Optional<Checkpoints.Checkpoint> earlier, TrainingListener listener, Progress progress) {
        // given ones also where they are not used any more: what is said of them belongs to the model
        Map<String, FloatTensor> start = earlier.isPresent() && plan.settings().start().initialWeights() == null ? Map.of() : startWeights(graph, listener);
        earlier.ifPresentOrElse(checkpoint -> resume(graph, checkpoint), () -> graph.start(start));
        double seconds = earlier.map(checkpoint -> checkpoint.state().seconds()).orElse(0.0);
        steps = new StepProgress(progress, schedule.steps(), step, seconds);
        clock.saved();
    }

    private void resume(TrainingGraph graph, Checkpoints.Checkpoint checkpoint) {
        TrainingState state = checkpoint.state();
        graph.resume(checkpoint.weights(), checkpoint.moments());
        best.resume(state.best(), checkpoint.best());
        history.addAll(state.history());
        step = state.step();
        losses.resume(state.lossSums());
    }

    private void save(TrainingGraph graph, Map<String, FloatTensor> weights) {
        TrainingState state = new TrainingState(identity, step, losses.sums(), steps.seconds(), history, best.found(), Map.of());
        checkpoints.write(new Checkpoints.Checkpoint(state, weights, graph.optimizerState(), best.weights()));
        clock.saved();
    }

    private Map<String, FloatTensor> startWeights(TrainingGraph graph, TrainingListener listener) {
        Map<String, FloatTensor> fresh = graph.initialWeights();
        Path given = plan.settings().start().initialWeights();
        return given == null ? fresh : InitialWeights.load(given, fresh, graph::isHead, listener::remark);
    }

    private void keepBestOr(LesionJException e) {
        if (!best.exist()) {
            throw e;
        }
    }

    private void epochs(TrainingGraph graph, TrainingListener listener, Progress progress) {
        for (int epoch = history.size(); epoch < epochs() && !isOutOfPatience(); epoch++) {
            epoch(graph, epoch, listener, progress);
            String what = "Validating epoch " + (epoch + 1) + " of " + epochs();
            Validation validation = Validation.of(graph, source, task.judge(), () -> {
                progress.checkCancelled();
                steps.report(step, what);
            });
            Map<String, FloatTensor> weights = graph.weights();
            boolean kept = best.offer(new BestWeights.Found(epoch + 1, step, validation), weights);
            var report = new TrainingListener.EpochReport(epoch + 1, epochs(), losses.mean(source.stepsPerEpoch()),
                losses.means(source.stepsPerEpoch()), validation.loss(), validation.figures(), schedule.rate(step - 1), kept, steps.seconds());
            history.add(report);
            losses.clear();
            boolean last = epoch + 1 == epochs() || isOutOfPatience();
            if (last || clock.isDueAfterEpoch(graph.parameters() + graph.frozenParameters())) {
                save(graph, weights);
            }
            listener.epochEnded(report);
        }
        if (!best.exist()) {
            throw new LesionJException("The validation loss was never finite. Lower the learning rate, or look for NaN or"
                + " infinite pixels in the validation images.");
        }
    }

    /** Whether the best epoch lies so many epochs back that the plan says to end; a function of the history alone. */
    private boolean isOutOfPatience() {
        int patience = plan.settings().schedule().patience();
        return patience > 0 && history.size() - (best.exist() ? best.found().epoch() : 0) >= patience;
    }

    private Optional<String> endedEarly() {
        return history.size() == epochs() ? Optional.empty() : Optional.of("Training ended after epoch " + history.size() + " of "
            + epochs() + ": none of the last " + plan.settings().schedule().patience() + " was better than epoch "
            + best.found().epoch() + ".");
    }

    /** The steps of an epoch, which may have been begun earlier. */
    private void epoch(TrainingGraph graph, int epoch, TrainingListener listener, Progress progress) {
        double begin = steps.seconds();
        try (BatchReader batches = source.epoch(epoch, (int) (step - (long) epoch * source.stepsPerEpoch()))) {
            while (batches.hasNext()) {
                losses.add(step(graph, batches, epoch, progress));
                step++;
                steps.report(step, "Training, epoch " + (epoch + 1) + " of " + epochs());
                if (clock.isDue()) {
                    save(graph, graph.weights());
                }
            }
            listener.waited(batches.waited(), steps.seconds() - begin);
        }
    }

    /** A step of the optimiser. */
    private TrainingGraph.Step step(TrainingGraph graph, BatchReader batches, int epoch, Progress progress) {
        // not between its batches: the first have moved the batch statistics already, and a checkpoint knows whole steps only
        progress.checkCancelled();
        IntStream.Builder items = IntStream.builder();
        int last = graph.batchesPerStep() - 1;
        for (int i = 0; i < last; i++) {
            graph.add(next(batches, items), step, i);
        }
        TrainingGraph.Step found = graph.step(next(batches, items), schedule.rate(step), step);
        if (!found.finite()) {
            throw new NonFiniteLossException(epoch + 1,
                items.build().distinct().mapToObj(data::trainingName).collect(Collectors.joining(", ")));
        }
        return found;
    }

    private static Batch next(BatchReader batches, IntStream.Builder items) {
        Batch batch = batches.next();
        Arrays.stream(batch.items()).forEach(items);
        return batch;
    }

    private TrainingOutcome write(TrainingGraph graph) {
        graph.load(best.weights());
        FloatTensor testInput = TestPattern.image(network.height(), network.width(), network.channels());
        FloatTensor testOutput = graph.predict(testInput);
        Path weights = plan.place().output().resolve("weights.safetensors");
        Safetensors.write(weights, best.weights(), Map.of("architecture", plan.network().architecture(),
            WeightLayout.KEY, WeightLayout.TENSORFLOW.text()));
        Path savedModel = plan.place().output().resolve("saved_model");
        List<String> outputs = SavedModelWriter.write(architecture, network, best.weights(), SavedModelWriter.Form.FOLDED, savedModel);
        return new TrainingOutcome(savedModel, weights, SavedModelWriter.SIGNATURE, SavedModelWriter.INPUT, roles(outputs),
            testInput, testOutput, List.copyOf(history), best.found().epoch(), cancelled, stopped, graph.parameters());
    }

    static Map<String, String> roles(List<String> outputs) {
        Map<String, String> roles = new LinkedHashMap<>();
        outputs.forEach(output -> roles.put(output.equals(SavedModelWriter.LOGITS) ? ModelSignature.SCORES : output, output));
        return roles;
    }
}
