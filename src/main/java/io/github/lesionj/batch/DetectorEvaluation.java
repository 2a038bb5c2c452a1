package io.github.lesionj.batch;

import ij.gui.Plot;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.evaluation.detection.AuditedImage;
import io.github.lesionj.evaluation.detection.DetectionEvaluation;
import io.github.lesionj.evaluation.detection.DetectionMetrics;
import io.github.lesionj.evaluation.detection.JudgedImage;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.ObjectDetector;
import io.github.lesionj.results.AuditPicture;
import io.github.lesionj.results.AuditTable;
import io.github.lesionj.results.AuditedItem;
import io.github.lesionj.results.DetectionPlots;
import io.github.lesionj.results.DetectionRun;
import io.github.lesionj.results.DetectionSet;
import io.github.lesionj.results.Detections;
import io.github.lesionj.results.Ledger;
import io.github.lesionj.results.ResultExporter;
import io.github.lesionj.results.RunIdentity;
import io.github.lesionj.runtime.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The whole job of {@code Evaluate Model...} for a detector: every image of a labelled set is searched as {@code Detect Lesions...} does
 * it, down to a low score, then measured, drawn and audited, and a threshold is chosen for a copy of the package where one is asked for.
 */
public final class DetectorEvaluation {

    /**
     * What came of it.
     *
     * @param results    the boxes, down to a low score
     * @param evaluation figures with their intervals; empty where no image could be searched
     * @param sentences  what was chosen, in a line each
     * @param notes      sentences on what does not exist or was left out
     * @param audit      every image with the verdicts on its boxes, the worst first
     * @param images     reads those images again
     * @param plots      curves by name
     * @param fitted     the new package, {@code OUTPUT/model}, where one was written
     */
    public record Finished(DetectionSet results, Optional<DetectionEvaluation> evaluation, List<String> sentences, List<String> notes,
            List<AuditedItem> audit, AuditImages images, Map<String, Supplier<Plot>> plots, Optional<ModelPackage> fitted) {
    }

    private static final int LISTED = 5;

    private final DetectorEvaluationRequest request;
    private final Backend backend;
    private final Progress progress;
    private final RunIdentity identity;
    private final AuditImages images;
    private final Map<String, Detections> found = new ConcurrentHashMap<>();
    private final List<String> sentences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private DetectionEvaluation evaluation;
    private List<AuditedItem> audit = List.of();
    private Map<String, Supplier<Plot>> plots = Map.of();
    private ModelPackage fitted;

    private DetectorEvaluation(DetectorEvaluationRequest request, Backend backend, Progress progress) {
        this.request = request;
        this.backend = backend;
        this.progress = progress;
        List<BatchInput> inputs = request.data().inputs().inputs();
        this.images = new AuditImages(inputs, card().input().channels(), request.channel());
        this.identity = ClassifyImages.identity(request.command(), request.keys(), List.of(request.model()), inputs,
            request.data().labelChecksum(), progress);
    }

    /**
     * Does it.
     *
     * @param stated the card as the package states it, without what the request decides in another way
     */
    public static Finished run(DetectorEvaluationRequest request, ModelCard stated, Backend backend, Progress progress) {
        ObjectDetector.check(backend, request.model());
        return new DetectorEvaluation(request, backend, progress).run(stated);
    }

    private ModelCard card() {
        return request.model().card();
    }

    private Finished run(ModelCard stated) {
        try (DetectionRun run = DetectionRun.open(request.output(), request.data().inputs().root(), identity, card().classNames())) {
            try {
                search(run);
                List<JudgedImage> judged = judged();
                if (!judged.isEmpty()) {
                    measure(judged, run, stated);
                    draw(judged, run);
                }
                DetectionSet results = run.finish(atThreshold());
                return new Finished(results, Optional.ofNullable(evaluation), List.copyOf(sentences), List.copyOf(notes), audit, images, plots,
                    Optional.ofNullable(fitted));
            } catch (RuntimeException | Error e) {
                run.abort(e);
                throw e;
            }
        }
    }

    private void search(DetectionRun run) {
        List<BatchInput> inputs = request.data().inputs().inputs();
        DetectImages.reject(run, unreadable(run));
        progress.report(0, inputs.size(), "Loading the model");
        try (ObjectDetector detector = DetectImages.load(backend, request.model(), request.device(), run);
                WriterPool writers = new WriterPool(run)) {
            new DetectionBatch<>(new ModelDetector(detector, request.settings().measuring()), run, writers, request.channel(),
                item -> found.put(item.item().image(), item), progress).withoutFiles().detect(inputs);
        }
    }

    /** What cannot be read; of an image that can be only a box is at fault, and it is judged without that. */
    private List<RejectedItem> unreadable(DetectionRun run) {
        List<RejectedItem> rejected = request.data().inputs().rejected();
        List<RejectedItem> boxes = rejected.stream().filter(item -> request.data().items().containsKey(item.name())).toList();
        boxes.forEach(box -> run.ledger().remark(box.name(), box.reason()));
        if (!boxes.isEmpty()) {
            notes.add(boxes.size() + (boxes.size() == 1 ? " box of the data cannot be used and does" : " boxes of the data cannot be used and do")
                + " not count: " + boxes.stream().limit(LISTED).map(box -> box.name() + ": " + box.reason()).collect(Collectors.joining("; "))
                + (boxes.size() > LISTED ? " and " + (boxes.size() - LISTED) + " more in run.json" : "") + ".");
        }
        return rejected.stream().filter(item -> !boxes.contains(item)).toList();
    }

    /** Those that could be searched, in the order of the set. */
    private List<JudgedImage> judged() {
        List<JudgedImage> judged = new ArrayList<>();
        for (LabelledItem item : request.data().items().values()) {
            Detections boxes = detections(item.name());
            if (boxes != null) {
                judged.add(new JudgedImage(item.name(), item.boxes(), boxes.boxes()));
            }
        }
        return judged;
    }

    private Detections detections(String name) {
        return found.get(name.replace('\\', '/'));
    }

    private void measure(List<JudgedImage> judged, DetectionRun run, ModelCard stated) {
        double threshold = request.settings().threshold();
        List<String> groups = EvaluationData.groups(judged.stream().map(image -> request.data().items().get(image.name())).toList());
        Map<String, Object> metrics = new LinkedHashMap<>();
        try (Ledger.Stage ignored = run.ledger().stage("measure")) {
            progress.report(0, 0, "Measuring");
            evaluation = DetectionEvaluation.of(card().classNames(), judged, groups, threshold, request.bootstrap(), progress);
            audit = AuditedImage.worstFirst(judged, card().classNames().size(), threshold, DetectionMetrics.IOU).stream()
                .map(this::audited).toList();
        }
        metrics.putAll(evaluation.toMap());
        metrics.put("bootstrap", bootstrap(groups));
        notes.addAll(evaluation.notes());
        if (request.operating().isPresent()) {
            choose(judged, metrics, stated);
        }
        if (run.ledger().failed() > 0) {
            notes.add(run.ledger().failed() + " of " + run.ledger().planned() + " images failed and do not count; failures.csv lists them.");
        }
        metrics.put("notes", notes);
        metrics.put("data", request.data().name());
        metrics.put("model", identity.models().stream().map(model -> model.name() + " " + model.checksum()).toList());
        EvaluationFiles.writeMetrics(request.output(), metrics);
        AuditTable.write(request.output().resolve(AuditTable.NAME), audit, card().classNames());
    }

    private AuditedItem audited(AuditedImage image) {
        Detections boxes = detections(image.name());
        return new AuditedItem(boxes.item(), boxes.width(), boxes.height(), image);
    }

    private Map<String, Object> bootstrap(List<String> groups) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("resamples", request.bootstrap().resamples());
        map.put("seed", request.bootstrap().seed());
        map.put("drawn", groups.isEmpty() ? "images" : "groups");
        map.put("method", "95 % percentile interval, whole images with their boxes drawn again");
        return map;
    }

    private void choose(List<JudgedImage> judged, Map<String, Object> metrics, ModelCard stated) {
        DetectorCopy copy = DetectorCopy.choose(request, judged);
        metrics.put("operating_point", copy.toMap());
        if (copy.choice().isPresent()) {
            sentences.add(copy.sentence());
            fitted = copy.write(stated, identity.inputs(), request.output().resolve("model"));
        } else {
            notes.add(copy.sentence());
        }
    }

    private void draw(List<JudgedImage> judged, DetectionRun run) {
        DetectionMetrics metrics = evaluation.metrics();
        plots = new LinkedHashMap<>();
        plots.put("precision_recall", () -> DetectionPlots.precisionRecall("Precision and recall", judged, metrics));
        plots.put("froc", () -> DetectionPlots.froc("FROC", judged, metrics));
        try (Ledger.Stage ignored = run.ledger().stage("draw")) {
            progress.checkCancelled();
            progress.report(0, 0, "Drawing");
            EvaluationFiles.draw(request.output(), plots, null);
        } catch (CancelledException e) {
            throw e;
        } catch (LesionJException e) {
            run.ledger().fact("plot", e.getMessage());
            notes.add(e.getMessage());
        }
        drawWorst(run);
    }

    /** Pictures of the worst images; what fails here was searched all the same. */
    private void drawWorst(DetectionRun run) {
        List<AuditedItem> shown = audit.stream().filter(item -> item.image().errors() > 0).limit(request.worst()).toList();
        try (Ledger.Stage ignored = run.ledger().stage("draw")) {
            for (int i = 0; i < shown.size(); i++) {
                AuditedItem item = shown.get(i);
                progress.checkCancelled();
                progress.report(i, shown.size(), "Drawing " + item.item().image());
                try {
                    Path file = run.folder().orElseThrow().file(AuditPicture.FOLDER, item.item(), ".png");
                    AuditPicture.write(file, images.picture(item), item, card().classNames());
                } catch (CancelledException e) {
                    throw e;
                } catch (LesionJException e) {
                    run.ledger().remark(item.item().path(), "no picture: " + e.getMessage());
                }
            }
        }
    }

    /** Exporters are for people who use the boxes, which are those from the threshold on. */
    private Map<String, ResultExporter> atThreshold() {
        Map<String, ResultExporter> exporters = new LinkedHashMap<>();
        request.exporters().forEach((name, exporter) -> exporters.put(name, new SureBoxesExporter(exporter, request.settings().threshold())));
        return exporters;
    }
}
