package io.github.lesionj.batch;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.Sha256;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.pipeline.ImageClassifier;
import io.github.lesionj.results.Failure;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.Ledger;
import io.github.lesionj.results.ResultExporter;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.results.ResultSet;
import io.github.lesionj.results.RunIdentity;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.EngineReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole job of {@code Classify Image...}: from inputs and models to a result set, on disk where a folder is given. */
public final class ClassifyImages {

    /**
     * What to do.
     *
     * @param command as the menu names it, for the ledger
     * @param keys    every key with its value, for the ledger
     * @param inputs  what is read
     * @param models  one, or several for the mean of their probabilities
     * @param explain which map
     * @param device  auto, cpu, gpu, gpu:N
     * @param batch   images per step of the network
     * @param channel from 1, or 0 where none was chosen
     * @param output  result folder, or null: nothing is written
     * @param exporters by name; they write into the result folder at the end
     */
    public record Request(String command, Map<String, String> keys, BatchInputs inputs, List<ModelPackage> models, Explain explain,
            String device, int batch, int channel, Path output, Map<String, ResultExporter> exporters) {
    }

    private ClassifyImages() {
    }

    /**
     * Does it.
     *
     * @param display shows each explained item as well
     * @return everything that was found; items that failed are listed in it
     */
    public static ResultSet run(Request request, Backend backend, ItemWriter.Display display, Progress progress) {
        return run(request, backend, display, ObjectDisplay.NONE, progress);
    }

    /** As above, for inputs of which the objects are classified. */
    public static ResultSet run(Request request, Backend backend, ObjectDisplay display, Progress progress) {
        return run(request, backend, ItemWriter.Display.NONE, display, progress);
    }

    private static ResultSet run(Request request, Backend backend, ItemWriter.Display display, ObjectDisplay objects, Progress progress) {
        ImageClassifier.check(backend, request.models(), request.explain());
        if (request.inputs().root() == null) {
            request.inputs().check(ImageClassifier.channels(request.models()), request.channel());
        }
        RunIdentity identity = identity(request, progress);
        List<String> classNames = request.models().get(0).card().classNames();
        try (ResultRun run = ResultRun.open(request.output(), request.inputs().root(), identity, classNames)) {
            try {
                classify(request, backend, run, display, objects, progress);
                return run.finish(request.exporters());
            } catch (RuntimeException | Error e) {
                run.abort(e);
                throw e;
            }
        }
    }

    private static void classify(Request request, Backend backend, ResultRun run, ItemWriter.Display display, ObjectDisplay objects,
            Progress progress) {
        for (RejectedItem rejected : request.inputs().rejected()) {
            run.ledger().plan(1);
            run.fail(new Failure(ItemKey.of(rejected.name()).path(), "open", rejected.reason()));
        }
        progress.report(0, request.inputs().inputs().size(), "Loading the model");
        try (ImageClassifier classifier = load(backend, request.models(), request.device(), request.explain(), run)) {
            display.begin();
            classifier.remark().ifPresent(sentence -> {
                run.ledger().fact("explain_remark", sentence);
                display.remark(sentence);
            });
            try (ItemWriter writer = new ItemWriter(run, classifier.classNames(), classifier.explains(), display)) {
                new ImageBatch(classifier, run, writer, request.batch(), request.channel(),
                    listener(request.inputs().inputs(), run, classifier, objects), progress).classify(request.inputs().inputs());
            }
        }
    }

    private static ItemListener listener(List<BatchInput> inputs, ResultRun run, ImageClassifier classifier, ObjectDisplay display) {
        if (inputs.isEmpty() || !(inputs.get(0) instanceof ObjectInput first)) {
            return ItemListener.NONE;
        }
        run.ledger().fact("crop", first.crop().description());
        run.ledger().fact("explained", "no: maps are not drawn for ROIs");
        return new ObjectCollector(run, classifier.classNames(), display);
    }

    /** Loads the networks and writes into the ledger what will predict. */
    static ImageClassifier load(Backend backend, List<ModelPackage> models, String device, Explain explain, ResultRun run) {
        try (Ledger.Stage ignored = run.ledger().stage("load")) {
            ImageClassifier classifier = ImageClassifier.open(backend, models, device, explain);
            EngineReport engine = backend.report();
            run.ledger().engine(engine.engine(), engine.tensorFlow(), classifier.device(), engine.reason());
            run.ledger().fact("one_dnn", engine.oneDnn());
            run.ledger().fact("threads", engine.intraThreads());
            return classifier;
        }
    }

    private static RunIdentity identity(Request request, Progress progress) {
        List<BatchInput> inputs = request.output() == null ? List.of() : request.inputs().inputs();
        return identity(request.command(), request.keys(), request.models(), inputs, labelChecksum(inputs), progress);
    }

    /** SHA-256 of the true labels of all inputs, in their order; empty where no input has any. */
    private static String labelChecksum(List<BatchInput> inputs) {
        Sha256 sha = new Sha256();
        inputs.forEach(input -> sha.addLine(input.path() + "\t" + (input.truth() == null ? "" : String.join(";", input.truth()))));
        return inputs.stream().allMatch(input -> input.truth() == null) ? "" : sha.hex();
    }

    /** What must agree to continue a run, with the checksum of every input. */
    static RunIdentity identity(String command, Map<String, String> keys, List<ModelPackage> models, List<BatchInput> inputs,
            String labels, Progress progress) {
        Map<String, String> checksums = new LinkedHashMap<>();
        for (BatchInput input : inputs) {
            progress.checkCancelled();
            progress.report(0, inputs.size(), "Checking " + input.path());
            checksums.put(input.path(), checksum(input));
        }
        return new RunIdentity(command, keys, models.stream()
            .map(model -> new RunIdentity.Model(model.card().name(), model.checksum(), model.cardChecksum())).toList(), checksums, labels);
    }

    /** An unreadable file is listed when its pixels are read; here it only has no checksum. */
    private static String checksum(BatchInput input) {
        try {
            return input.checksum();
        } catch (LesionJException e) {
            return "unreadable";
        }
    }
}
