package io.github.lesionj.batch;

import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.DetectionSettings;
import io.github.lesionj.pipeline.ObjectDetector;
import io.github.lesionj.results.DetectionRun;
import io.github.lesionj.results.DetectionSet;
import io.github.lesionj.results.Failure;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.Ledger;
import io.github.lesionj.results.ResultExporter;
import io.github.lesionj.results.RunIdentity;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.EngineReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The whole job of {@code Detect Lesions...}: check, open the result folder, load the network, search, finish. */
public final class DetectImages {

    /**
     * What is asked for.
     *
     * @param command   as the menu names it, for the ledger
     * @param keys      every key with its value, for the ledger
     * @param inputs    what is read; on an open image with a ROI its bounds are searched
     * @param model     a detector
     * @param settings  threshold and the like
     * @param device    auto, cpu, gpu, gpu:N
     * @param channel   from 1, or 0 where none was chosen
     * @param output    result folder, or null: nothing is written
     * @param exporters by name; they write into the result folder at the end
     */
    public record Request(String command, Map<String, String> keys, BatchInputs inputs, ModelPackage model, DetectionSettings settings,
            String device, int channel, Path output, Map<String, ResultExporter> exporters) {
    }

    private DetectImages() {
    }

    /**
     * Does it.
     *
     * @param display shows each item as well
     * @return everything that was found; items that failed are listed in it
     */
    public static DetectionSet run(Request request, Backend backend, DetectionDisplay display, Progress progress) {
        ObjectDetector.check(backend, request.model());
        BatchInputs inputs = request.inputs().searched();
        if (inputs.root() == null) {
            inputs.check(request.model().card().input().channels(), request.channel());
        }
        List<BatchInput> read = request.output() == null ? List.of() : inputs.inputs();
        RunIdentity identity = ClassifyImages.identity(request.command(), request.keys(), List.of(request.model()), read, "", progress);
        try (DetectionRun run = DetectionRun.open(request.output(), inputs.root(), identity, request.model().card().classNames())) {
            try {
                reject(run, unreadable(inputs));
                progress.report(0, inputs.inputs().size(), "Loading the model");
                try (ObjectDetector model = load(backend, request.model(), request.device(), run)) {
                    display.begin();
                    detect(new ModelDetector(model, request.settings()), run, inputs.inputs(), request.channel(), display, progress);
                }
                return run.finish(request.exporters());
            } catch (RuntimeException | Error e) {
                run.abort(e);
                throw e;
            }
        }
    }

    /** Searches every input; the run stays open. */
    static <P> void detect(Detector<P> detector, DetectionRun run, List<BatchInput> inputs, int channel, DetectionDisplay display, Progress progress) {
        try (WriterPool writers = new WriterPool(run)) {
            new DetectionBatch<>(detector, run, writers, channel, display, progress).detect(inputs);
        }
    }

    /** Counts and lists what cannot be read. */
    /** Of an image whose boxes cannot be used in part only those are listed, by whoever reads the set to learn or judge. */
    private static List<RejectedItem> unreadable(BatchInputs inputs) {
        Set<String> searched = inputs.inputs().stream().map(BatchInput::path).collect(Collectors.toSet());
        return inputs.rejected().stream().filter(item -> !searched.contains(item.name())).toList();
    }

    static void reject(DetectionRun run, List<RejectedItem> rejected) {
        for (RejectedItem item : rejected) {
            run.ledger().plan(1);
            run.fail(new Failure(ItemKey.of(item.name()).path(), "open", item.reason()));
        }
    }

    /** Loads the network and writes into the ledger what will predict. */
    static ObjectDetector load(Backend backend, ModelPackage model, String device, DetectionRun run) {
        try (Ledger.Stage ignored = run.ledger().stage("load")) {
            ObjectDetector detector = ObjectDetector.open(backend, model, device);
            EngineReport engine = backend.report();
            run.ledger().engine(engine.engine(), engine.tensorFlow(), detector.device(), engine.reason());
            run.ledger().fact("one_dnn", engine.oneDnn());
            run.ledger().fact("threads", engine.intraThreads());
            return detector;
        }
    }
}
