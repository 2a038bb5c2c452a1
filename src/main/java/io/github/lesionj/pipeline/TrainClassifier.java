package io.github.lesionj.pipeline;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.Augmentation;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.dataset.TrainingSplit;
import io.github.lesionj.evaluation.ClassificationMetrics;
import io.github.lesionj.evaluation.PositiveClass;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelName;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.modelpackage.PackageParts;
import io.github.lesionj.modelpackage.PackageReader;
import io.github.lesionj.modelpackage.PackageWriter;
import io.github.lesionj.results.Failure;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.EngineReport;
import io.github.lesionj.runtime.Predictor;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingOutcome;
import io.github.lesionj.runtime.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a classifier on labelled images and writes it as a model package that has proved itself: the package is loaded
 * again, must reproduce the training graph's scores, and is what the validation figures are measured with.
 */
public final class TrainClassifier {

    /**
     * What came of a training.
     *
     * @param model   the package, {@code OUTPUT/model}
     * @param metrics of the package on the validation images
     * @param outcome of the training loop
     */
    public record Trained(ModelPackage model, ClassificationMetrics metrics, TrainingOutcome outcome) {
    }

    private final TrainingRequest request;
    private final Backend backend;
    private final ImageFiles files;
    private final TrainingSplit split;
    private final Optional<String> positive;
    /** What training said, for the card. */
    private final List<String> remarks = new ArrayList<>();

    private TrainClassifier(TrainingRequest request, Backend backend, ImageFiles files, TrainingSplit split) {
        this.request = request;
        this.backend = backend;
        this.files = files;
        this.split = split;
        this.positive = PositiveClass.of(split.training().classNames(), request.positive());
    }

    /** Reads and checks the data; nothing is written yet. */
    public static TrainClassifier prepare(TrainingRequest request, Backend backend, ImageFiles files, Progress progress) {
        ModelName.checked(request.modelName());
        progress.report(0, 0, "Reading " + request.data());
        return new TrainClassifier(request, backend, files, TrainingSplit.open(request.data(), request.validation(),
            new ClassNaming(request.classNames()), request.seed(), progress));
    }

    /** The checked data. */
    public TrainingSplit split() {
        return split;
    }

    /**
     * Trains, writes the package, and measures it on the validation images.
     *
     * @param run receives the validation images as rows; stays the caller's to finish
     */
    public Trained train(ResultRun run, TrainingListener listener, Progress progress) {
        ItemReader reader = new ItemReader(files, 0);
        InputRule rule = new InputRuleChoice(split.training(), reader, request.channels())
            .choose(request.size(), request.channels(), request.resize(), request.intensity());
        Path work = request.output().resolve("training");
        SplitData data = SplitData.load(split, reader, rule, Augmentation.parse(request.augment()), progress);
        for (RejectedItem unreadable : data.unreadable()) {
            run.ledger().plan(1);
            run.fail(new Failure(ItemKey.of(unreadable.name()).path(), "read", unreadable.reason()));
        }
        TrainingOutcome outcome = backend.train(plan(rule, work), data, new HeardRemarks(listener, remarks), progress);
        EngineReport engine = backend.report();
        ModelPackage draft = write(rule, outcome, engine, Map.of(), work.resolve("model"));
        ModelLibrary.verify(draft, backend, request.device());
        ClassificationMetrics metrics = ValidationRun.measure(draft, data.validationSet(), reader, backend,
            request.device(), run, progress.toTheEnd());
        ModelPackage model = write(rule, outcome, engine, quality(metrics, data.validationSize()), request.output().resolve("model"));
        return new Trained(model, metrics, outcome);
    }

    private TrainingPlan plan(InputRule rule, Path work) {
        return new TrainingPlan(request.architecture(), request.options(), rule.height(), rule.width(), rule.channels(),
            split.training().classNames().size(), split.training().labelKind(), request.epochs(), request.batch(),
            request.learningRate(), request.weightDecay(), request.dropout(), request.labelSmoothing(), request.seed(),
            request.device(), request.initialWeights(), request.resume(), work);
    }

    private ModelPackage write(InputRule rule, TrainingOutcome outcome, EngineReport engine, Map<String, Object> quality, Path folder) {
        ModelCard card = CardMaker.card(request, split, rule, outcome, positive.orElse(null), engine, remarks, quality);
        PackageWriter.write(new PackageParts(card, outcome.savedModel(), outcome.weights(), outcome.testInput(),
            testOutputs(outcome), engine.tensorFlow()), folder);
        return new PackageReader().open(folder);
    }

    /** Scores are those of the training graph; the maps, which only the exported graph has to give, are its own. */
    private Map<String, FloatTensor> testOutputs(TrainingOutcome outcome) {
        Map<String, FloatTensor> tests = new LinkedHashMap<>();
        try (Predictor predictor = backend.open(outcome.savedModel(), outcome.signatureKey(), request.device())) {
            Map<String, FloatTensor> outputs = predictor.predict(Map.of(outcome.inputName(), outcome.testInput()));
            outcome.outputs().forEach((role, name) -> tests.put(role, outputs.get(name)));
        }
        tests.put(ModelSignature.SCORES, outcome.testOutput());
        if (tests.containsValue(null)) {
            throw new LesionJException("The exported network lacks an output that it was trained with; the package was not written.");
        }
        return tests;
    }

    private static Map<String, Object> quality(ClassificationMetrics metrics, int images) {
        Map<String, Object> quality = new LinkedHashMap<>();
        quality.put("measured_on", "the validation images, on which the best epoch was selected as well");
        quality.put("validation_images", images);
        metrics.toMap().forEach((key, value) -> {
            if (value instanceof Number) {
                quality.put(key, value);
            }
        });
        return quality;
    }
}
