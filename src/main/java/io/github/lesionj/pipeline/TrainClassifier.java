package io.github.lesionj.pipeline;

import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.Augmentation;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.dataset.TrainingSplit;
import io.github.lesionj.evaluation.ClassificationMetrics;
import io.github.lesionj.evaluation.PositiveClass;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.modelpackage.ModelName;
import io.github.lesionj.results.Failure;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.results.RunIdentity;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.NetworkSettings;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingPlace;
import io.github.lesionj.runtime.TrainingPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a classifier on labelled images and writes it as a model package that has proved itself: the package is loaded
 * again, must reproduce the training graph's scores, and is what the validation figures are measured with.
 */
public final class TrainClassifier implements Training<ResultRun> {

    private final TrainingRequest request;
    private final Backend backend;
    private final ImageFiles files;
    private final TrainingSplit split;
    private final Optional<String> positive;

    /** Takes data that was checked already. */
    TrainClassifier(TrainingRequest request, Backend backend, ImageFiles files, TrainingSplit split) {
        this.request = request;
        this.backend = backend;
        this.files = files;
        this.split = split;
        this.positive = PositiveClass.of(split.training().classNames(), request.data().positive());
    }

    /** Reads and checks the data; nothing is written yet. */
    public static TrainClassifier prepare(TrainingRequest request, Backend backend, ImageFiles files, Progress progress) {
        ModelName.checked(request.model().name());
        DataRequest data = request.data();
        progress.report(0, 0, "Reading " + data.data());
        TrainClassifier training = new TrainClassifier(request, backend, files, TrainingSplit.open(data.data(), data.validation(),
            new ClassNaming(data.classNames()), request.seed(), progress));
        training.checkSettings();
        return training;
    }

    /** Refuses settings that cannot be followed, before images are read. */
    void checkSettings() {
        request.settings().check(network(1, 1, 1));
    }

    @Override
    public TrainingRequest request() {
        return request;
    }

    @Override
    public ResultRun open(RunIdentity identity) {
        return ResultRun.open(request.place().output(), null, identity, split.training().classNames());
    }

    @Override
    public TrainingSplit split() {
        return split;
    }

    @Override
    public Ended train(ResultRun run, TrainingListener listener, Progress progress) {
        ItemReader reader = new ItemReader(files, 0);
        InputRule rule = rule(reader);
        SplitData data = read(reader, rule, progress);
        for (RejectedItem unreadable : data.unreadable()) {
            run.ledger().plan(1);
            run.fail(new Failure(ItemKey.of(unreadable.name()).path(), "read", unreadable.reason()));
        }
        preview(rule, data, listener);
        NetworkTraining.Trained<ClassificationMetrics> trained = train(rule, data, request.model().name(), request.place().output(), (draft, outcome) -> {
            ClassificationMetrics metrics = ValidationRun.measure(draft, data.validationSet(), reader, backend,
                request.place().device(), run, progress.toTheEnd());
            return new NetworkTraining.Measured<>(metrics, quality("the validation images, on which the best epoch was selected as well", metrics));
        }, listener, progress);
        mark().write(identity(rule, data));
        ClassificationMetrics metrics = trained.metrics();
        return new Ended(trained.model(), metrics.toMap(), String.format(Locale.ROOT, "AUC %.4f, accuracy %.4f", metrics.auc().value(),
            metrics.accuracy()), trained.outcome());
    }

    @Override
    public void requireSameInputs(Progress progress) {
        ItemReader reader = new ItemReader(files, 0);
        InputRule rule = rule(reader);
        try {
            mark().requireSameInputs(identity(rule, read(reader, rule, progress)));
        } catch (UsageException e) {
            throw new UsageException(request.place().output() + ": " + e.getMessage(), e);
        }
    }

    private TrainingMark mark() {
        return new TrainingMark(request.place().output());
    }

    private InputRule rule(ItemReader reader) {
        NetworkRequest network = request.network();
        return new InputRuleChoice(split.training(), reader, network.channels())
            .choose(network.size(), network.channels(), network.resize(), network.intensity());
    }

    private SplitData read(ItemReader reader, InputRule rule, Progress progress) {
        return SplitData.load(split, reader, rule, Augmentation.parse(request.data().augment()), progress);
    }

    /** What decides the result of training on data that was read, see {@link Backend#trainingIdentity}. */
    Map<String, String> identity(InputRule rule, SplitData data) {
        return backend.trainingIdentity(plan(rule, request.place().output().resolve("training")), data);
    }

    /** Shows what the network will see, before it is trained. */
    void preview(InputRule rule, SplitData data, TrainingListener listener) {
        listener.preview(AugmentationPreview.write(data, rule, split.training().classNames(), request.seed(), request.place().output()));
    }

    /**
     * Trains on data that was read already, and writes the package.
     *
     * @param name   of the package
     * @param folder receives {@code training/} and {@code model/}
     */
    NetworkTraining.Trained<ClassificationMetrics> train(InputRule rule, SplitData data, String name, Path folder, NetworkTraining.Measuring<ClassificationMetrics> measuring,
            TrainingListener listener, Progress progress) {
        NetworkTraining<ClassificationMetrics> training = new NetworkTraining<>(backend, plan(rule, folder.resolve("training")),
            (outcome, engine, remarks, quality) -> CardMaker.card(request, name, split, rule, outcome, positive.orElse(null), engine, remarks, quality));
        return training.train(data, folder.resolve("model"), measuring, listener, progress);
    }

    /** How the network is trained; also what an ensemble of such networks is written by. */
    TrainingPlan plan(InputRule rule, Path work) {
        return new TrainingPlan(network(rule.height(), rule.width(), rule.channels()), request.settings(), request.seed(),
            new TrainingPlace(request.place().device(), request.place().resume(), work));
    }

    private NetworkSettings network(int height, int width, int channels) {
        NetworkRequest asked = request.network();
        return new NetworkSettings(asked.architecture(), asked.options(), height, width, channels, split.training().classNames(),
            split.training().labelKind(), asked.dropout());
    }

    /** Measured figures as a card has them: single numbers only, and what they were measured on. */
    static Map<String, Object> quality(String measuredOn, ClassificationMetrics metrics) {
        Map<String, Object> quality = new LinkedHashMap<>();
        quality.put("measured_on", measuredOn);
        quality.put("validation_images", metrics.items());
        metrics.toMap().forEach((key, value) -> {
            if (value instanceof Number) {
                quality.put(key, value);
            }
        });
        return quality;
    }
}
