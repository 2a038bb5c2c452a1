package io.github.lesionj.pipeline;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.modelpackage.PackageParts;
import io.github.lesionj.modelpackage.PackageReader;
import io.github.lesionj.modelpackage.PackageWriter;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.EngineReport;
import io.github.lesionj.runtime.Predictor;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingOutcome;
import io.github.lesionj.runtime.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains a network, whatever its task, and writes it as a model package that has proved itself: the package is loaded again, must
 * reproduce the training graph's scores, and is what the figures of its card are measured with.
 *
 * @param <M> figures of the task
 */
final class NetworkTraining<M> {

    /** Writes the card of a trained network. */
    @FunctionalInterface
    interface Cards {
        /**
         * The card.
         *
         * @param remarks what training said
         * @param quality measured figures; empty where they are not measured yet
         */
        ModelCard card(TrainingOutcome outcome, EngineReport engine, List<String> remarks, Map<String, Object> quality);
    }

    /**
     * Measures a draft of the package, before it gets its figures and its name.
     *
     * @param <M> figures
     */
    @FunctionalInterface
    interface Measuring<M> {
        Measured<M> measure(ModelPackage draft, TrainingOutcome outcome);
    }

    /**
     * How good a package is.
     *
     * @param quality as its card says it
     */
    record Measured<M>(M metrics, Map<String, Object> quality) {
    }

    /**
     * What came of it.
     *
     * @param model the package, in the folder {@code model}
     */
    record Trained<M>(ModelPackage model, M metrics, TrainingOutcome outcome) {
    }

    private final Backend backend;
    private final TrainingPlan plan;
    private final Cards cards;
    /** What training said, for the card. */
    private final List<String> remarks = new ArrayList<>();

    /** Takes a plan whose output is the folder for what only the training needs. */
    NetworkTraining(Backend backend, TrainingPlan plan, Cards cards) {
        this.backend = backend;
        this.plan = plan;
        this.cards = cards;
    }

    /**
     * Trains and writes.
     *
     * @param folder receives the package, whole or not at all
     */
    Trained<M> train(TrainingData data, Path folder, Measuring<M> measuring, TrainingListener listener, Progress progress) {
        TrainingOutcome outcome = backend.train(plan, data, new HeardRemarks(listener, remarks), progress);
        EngineReport engine = backend.report(plan.place().device());
        ModelPackage draft = write(outcome, engine, Map.of(), plan.place().output().resolve("model"));
        ModelLibrary.verify(draft, backend, plan.place().device());
        Measured<M> measured = measuring.measure(draft, outcome);
        return new Trained<>(write(outcome, engine, measured.quality(), folder), measured.metrics(), outcome);
    }

    private ModelPackage write(TrainingOutcome outcome, EngineReport engine, Map<String, Object> quality, Path folder) {
        ModelCard card = cards.card(outcome, engine, remarks, quality);
        PackageWriter.write(new PackageParts(card, outcome.savedModel(), outcome.weights(), outcome.testInput(), testOutputs(outcome),
            engine.tensorFlow()), folder);
        return new PackageReader().open(folder);
    }

    /** Scores are those of the training graph; the others, which only the exported graph has to give, are its own. */
    private Map<String, FloatTensor> testOutputs(TrainingOutcome outcome) {
        Map<String, FloatTensor> tests = new LinkedHashMap<>();
        try (Predictor predictor = backend.open(outcome.savedModel(), outcome.signatureKey(), plan.place().device())) {
            Map<String, FloatTensor> outputs = predictor.predict(Map.of(outcome.inputName(), outcome.testInput()));
            outcome.outputs().forEach((role, name) -> tests.put(role, outputs.get(name)));
        }
        tests.put(ModelSignature.SCORES, outcome.testOutput());
        if (tests.containsValue(null)) {
            throw new LesionJException("The exported network lacks an output that it was trained with; the package was not written.");
        }
        return tests;
    }
}
