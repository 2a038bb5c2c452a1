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
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingOutcome;
import io.github.lesionj.runtime.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tensorflow.Graph;

/**
 * Trains a network and writes its best weights.
 *
 * <p>Each epoch is followed by a validation; the weights with the best validation AUC are kept and written at the end. The
 * same plan and data on the same machine give the same weights bit for bit.
 */
public final class Trainer {

    private final Architecture architecture;
    private final TrainingPlan plan;
    private final TrainingData data;
    private final NetworkPlan network;
    private final BatchSource source;
    private final BestWeights best;
    private final List<TrainingListener.EpochReport> history = new ArrayList<>();
    /** Why training ended before the last epoch; null when it did not. */
    private String stopped;
    private boolean cancelled;

    /**
     * Prepares a training.
     *
     * @throws io.github.lesionj.core.UsageException when the plan cannot be followed or the data cannot be learned from
     */
    public Trainer(Architecture architecture, TrainingPlan plan, TrainingData data) {
        PlanCheck.check(plan, data);
        this.architecture = architecture;
        this.plan = plan;
        this.data = data;
        this.network = new NetworkPlan(plan.height(), plan.width(), plan.channels(), plan.classes(), plan.dropout(), plan.options());
        this.source = new BatchSource(plan, data);
        this.best = new BestWeights(plan.output());
    }

    /**
     * Trains; once only.
     *
     * @return what was written; also when the user cancelled or the loss became infinite after at least one epoch
     * @throws CancelledException when cancelled before the first epoch ended
     * @throws LesionJException   when the loss became infinite before that, naming the images of the batch
     */
    public TrainingOutcome train(TrainingListener listener, Progress progress) {
        try (Graph owner = new Graph(); TrainingGraph graph = new TrainingGraph(owner, architecture, network, plan)) {
            graph.start(startWeights(graph));
            try {
                epochs(graph, listener, progress);
            } catch (CancelledException e) {
                cancelled = true;
                keepBestOr(e);
            } catch (NonFiniteLossException e) {
                stopped = e.getMessage();
                keepBestOr(e);
            }
            return write(graph);
        }
    }

    private Map<String, FloatTensor> startWeights(TrainingGraph graph) {
        return plan.initialWeights() == null ? graph.initialWeights() : Safetensors.read(plan.initialWeights());
    }

    private void keepBestOr(LesionJException e) {
        if (!best.exist()) {
            throw e;
        }
    }

    private void epochs(TrainingGraph graph, TrainingListener listener, Progress progress) {
        int perEpoch = source.stepsPerEpoch();
        Schedule schedule = new Schedule(plan.learningRate(), (long) plan.epochs() * perEpoch);
        StepProgress steps = new StepProgress(progress, schedule.steps());
        for (int epoch = 0; epoch < plan.epochs(); epoch++) {
            double loss = epoch(graph, epoch, schedule, steps, progress);
            long done = (epoch + 1L) * perEpoch;
            String what = "Validating epoch " + (epoch + 1) + " of " + plan.epochs();
            Validation validation = Validation.of(graph, source, plan.labelKind(), data.validationSize(), () -> {
                progress.checkCancelled();
                steps.report(done, what);
            });
            boolean kept = best.offer(epoch + 1, validation, graph);
            var report = new TrainingListener.EpochReport(epoch + 1, plan.epochs(), loss, validation.loss(), validation.auc(),
                validation.accuracy(), schedule.rate(done - 1), kept, steps.seconds());
            history.add(report);
            listener.epochEnded(report);
        }
        if (!best.exist()) {
            throw new LesionJException("The validation loss was never finite. Lower the learning rate, or look for NaN or"
                + " infinite pixels in the validation images.");
        }
    }

    private double epoch(TrainingGraph graph, int epoch, Schedule schedule, StepProgress steps, Progress progress) {
        double sum = 0;
        try (BatchReader batches = source.epoch(epoch)) {
            for (long step = (long) epoch * source.stepsPerEpoch(); batches.hasNext(); step++) {
                progress.checkCancelled();
                Batch batch = batches.next();
                TrainingGraph.Step found = graph.step(batch, schedule.rate(step), step);
                if (!found.finite()) {
                    throw new NonFiniteLossException(epoch + 1, names(batch));
                }
                sum += found.loss();
                steps.report(step + 1, "Training, epoch " + (epoch + 1) + " of " + plan.epochs());
            }
        }
        return sum / source.stepsPerEpoch();
    }

    private String names(Batch batch) {
        return Arrays.stream(batch.items()).distinct().mapToObj(data::trainingName).collect(Collectors.joining(", "));
    }

    private TrainingOutcome write(TrainingGraph graph) {
        graph.load(best.weights());
        FloatTensor testInput = TestPattern.image(plan.height(), plan.width(), plan.channels());
        FloatTensor testOutput = graph.predict(testInput);
        Path weights = plan.output().resolve("weights.safetensors");
        Safetensors.write(weights, best.weights(), Map.of("architecture", plan.architecture(),
            "layout", "convolution [height, width, input, output], dense [input, output]"));
        Path savedModel = plan.output().resolve("saved_model");
        List<String> outputs = SavedModelWriter.write(architecture, network, best.weights(), SavedModelWriter.Form.FOLDED, savedModel);
        return new TrainingOutcome(savedModel, weights, SavedModelWriter.SIGNATURE, SavedModelWriter.INPUT, roles(outputs),
            testInput, testOutput, List.copyOf(history), best.epoch(), cancelled, stopped, graph.parameters());
    }

    private static Map<String, String> roles(List<String> outputs) {
        Map<String, String> roles = new LinkedHashMap<>();
        outputs.forEach(output -> roles.put(output.equals(SavedModelWriter.LOGITS) ? ModelSignature.SCORES : output, output));
        return roles;
    }
}
