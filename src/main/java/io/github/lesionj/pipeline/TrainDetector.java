package io.github.lesionj.pipeline;

import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.AnchorSuggestion;
import io.github.lesionj.dataset.BoxAugmentation;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.dataset.TrainingSplit;
import io.github.lesionj.evaluation.detection.DetectionMetrics;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.modelpackage.ModelName;
import io.github.lesionj.results.DetectionRun;
import io.github.lesionj.results.Failure;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.RunIdentity;
import io.github.lesionj.runtime.ArchitectureInfo;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.NetworkSettings;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingPlace;
import io.github.lesionj.runtime.TrainingPlan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trains a detector on images with boxes and writes it as a model package. */
public final class TrainDetector implements Training<DetectionRun> {

    /** Longer edge of small objects, px of the input, below which the finest level has cells of 4 px. */
    private static final double TINY = 12;
    private static final String STRIDES = "strides";

    private final TrainingRequest request;
    private final DetectorRequest detector;
    private final Backend backend;
    private final ImageFiles files;
    private final TrainingSplit split;

    private TrainDetector(TrainingRequest request, DetectorRequest detector, Backend backend, ImageFiles files, TrainingSplit split) {
        this.request = request;
        this.detector = detector;
        this.backend = backend;
        this.files = files;
        this.split = split;
    }

    /** Reads and checks the data; nothing is written yet. */
    public static TrainDetector prepare(TrainingRequest request, DetectorRequest detector, Backend backend, ImageFiles files, Progress progress) {
        ModelName.checked(request.model().name());
        checkArchitecture(request.network().architecture(), backend);
        BoxAugmentation.parse(request.data().augment());
        DataRequest data = request.data();
        progress.report(0, 0, "Reading " + data.data());
        TrainingSplit split = TrainingSplit.open(data.data(), data.validation(), new ClassNaming(data.classNames()), request.seed(), progress);
        checkBoxes(split.training());
        TrainDetector training = new TrainDetector(request, detector, backend, files, split);
        request.settings().check(training.network(1, 1, 1, Map.of()));
        return training;
    }

    private static void checkArchitecture(String name, Backend backend) {
        List<String> detectors = backend.architectures().stream().filter(info -> info.family().equals(ArchitectureInfo.DETECTOR))
            .map(ArchitectureInfo::id).toList();
        if (!detectors.contains(name)) {
            throw new UsageException("architecture=" + name + " finds no boxes; choose one of " + String.join(", ", detectors)
                + ", or train it with Train Classifier....");
        }
    }

    private static void checkBoxes(LabelledSet set) {
        if (!set.hasBoxes()) {
            throw new UsageException("The data set " + set.name() + " has no boxes: give a Pascal VOC folder, a COCO .json, or images with ROIs or label"
                + " images. For a class of whole images there is Train Classifier....");
        }
    }

    @Override
    public TrainingRequest request() {
        return request;
    }

    @Override
    public TrainingSplit split() {
        return split;
    }

    @Override
    public DetectionRun open(RunIdentity identity) {
        return DetectionRun.open(request.place().output(), null, identity, split.training().classNames());
    }

    @Override
    public Ended train(DetectionRun run, TrainingListener listener, Progress progress) {
        ItemReader reader = new ItemReader(files, 0);
        DetectorRuleChoice.Choice choice = choice(reader);
        choice.remarks().forEach(listener::remark);
        if (detector.anchors().strip().equals("auto")) {
            AnchorSuggestion anchors = anchors(choice);
            listener.remark(String.format(Locale.ROOT, "Anchors from the training boxes: sizes %s px of the input, ratios %s; %.1f %% of the boxes overlap"
                + " with one by 0.5 or more, %.2f in the mean.", anchors.sizesText(), anchors.ratiosText(), 100 * anchors.coverage(), anchors.mean()));
        }
        DetectionData data = read(reader, choice, progress);
        for (RejectedItem unreadable : data.unreadable()) {
            run.ledger().plan(1);
            run.fail(new Failure(ItemKey.of(unreadable.name()).path(), "read", unreadable.reason()));
        }
        listener.preview(AugmentationPreview.write(data, choice.input(), split.training().classNames(), request.seed(), request.place().output()));
        TrainingPlan plan = plan(choice);
        double[] threshold = {DetectionSettings.THRESHOLD};
        NetworkTraining.Trained<DetectionMetrics> trained = new NetworkTraining<DetectionMetrics>(backend, plan,
            (outcome, engine, remarks, quality) -> DetectorCards.card(request, split, choice, outcome, threshold[0], engine, remarks, quality))
            .train(data, request.place().output().resolve("model"), (draft, outcome) -> {
                DetectionValidation.Found found = DetectionValidation.measure(draft, data.validationSet(), reader, backend,
                    request.place().device(), run, progress.toTheEnd());
                threshold[0] = found.threshold();
                return new NetworkTraining.Measured<>(found.metrics(), quality(found.metrics()));
            }, listener, progress);
        mark().write(backend.trainingIdentity(plan, data));
        DetectionMetrics metrics = trained.metrics();
        return new Ended(trained.model(), metrics.toMap(), String.format(Locale.ROOT, "mAP50 %.4f, mAP50-95 %.4f", metrics.map50(), metrics.map()),
            trained.outcome());
    }

    private static Map<String, Object> quality(DetectionMetrics metrics) {
        Map<String, Object> quality = new LinkedHashMap<>();
        quality.put("measured_on", "the validation images, on which the best epoch and the threshold were selected as well");
        metrics.toMap().forEach((key, value) -> {
            if (value instanceof Number || key.equals("ap50_per_class")) {
                quality.put(key, value);
            }
        });
        return quality;
    }

    @Override
    public void requireSameInputs(Progress progress) {
        ItemReader reader = new ItemReader(files, 0);
        DetectorRuleChoice.Choice choice = choice(reader);
        try {
            mark().requireSameInputs(backend.trainingIdentity(plan(choice), read(reader, choice, progress)));
        } catch (UsageException e) {
            throw new UsageException(request.place().output() + ": " + e.getMessage(), e);
        }
    }

    private TrainingMark mark() {
        return new TrainingMark(request.place().output());
    }

    private DetectorRuleChoice.Choice choice(ItemReader reader) {
        NetworkRequest network = request.network();
        return new DetectorRuleChoice(split.training(), reader, network.channels()).choose(detector.size(), detector.scale(), network.channels(),
            network.intensity());
    }

    private DetectionData read(ItemReader reader, DetectorRuleChoice.Choice choice, Progress progress) {
        return DetectionData.load(split, reader, choice.input(), choice.detection(), BoxAugmentation.parse(request.data().augment()), progress);
    }

    private TrainingPlan plan(DetectorRuleChoice.Choice choice) {
        InputRule input = choice.input();
        Map<String, String> options = new HashMap<>(request.network().options());
        if (request.network().architecture().equals("yolo") && !options.containsKey(STRIDES) && !options.containsKey("form")
                && choice.detection().smallest() < TINY) {
            options.put(STRIDES, "4;8;16");
        }
        if (detector.anchors().strip().equals("auto")) {
            AnchorSuggestion anchors = anchors(choice);
            options.put("anchors", anchors.sizesText());
            options.put("ratios", anchors.ratiosText());
        } else if (!detector.anchors().isBlank()) {
            options.put("anchors", detector.anchors().strip());
        }
        return new TrainingPlan(network(input.height(), input.width(), input.channels(), options), request.settings(), request.seed(),
            new TrainingPlace(request.place().device(), request.place().resume(), request.place().output().resolve("training")));
    }

    private AnchorSuggestion anchors(DetectorRuleChoice.Choice choice) {
        return AnchorSuggestion.of(choice.boxes(), request.seed());
    }

    private NetworkSettings network(int height, int width, int channels, Map<String, String> options) {
        NetworkRequest asked = request.network();
        return new NetworkSettings(asked.architecture(), options, height, width, channels, split.training().classNames(),
            split.training().labelKind(), asked.dropout());
    }
}
