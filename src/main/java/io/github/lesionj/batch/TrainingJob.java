package io.github.lesionj.batch;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.Json;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.Sha256;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.PackageReader;
import io.github.lesionj.pipeline.TrainClassifier;
import io.github.lesionj.pipeline.Training;
import io.github.lesionj.pipeline.TrainingRequest;
import io.github.lesionj.results.Failure;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.ItemRun;
import io.github.lesionj.results.Ledger;
import io.github.lesionj.results.Plots;
import io.github.lesionj.results.ResultExporter;
import io.github.lesionj.results.RunIdentity;
import io.github.lesionj.results.RunStatus;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.EngineReport;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The whole job of a trainer's command: a training with its result folder. */
public final class TrainingJob {

    /**
     * What came of it.
     *
     * @param model  {@code OUTPUT/model}
     * @param status done, or partial where training ended before its last epoch or images were left out
     */
    public record Finished(ModelPackage model, ExitStatus status) {
    }

    private static final String STAGE = "train";

    private TrainingJob() {
    }

    /**
     * Trains; where the folder holds the finished training of the same keys and data, that one is taken.
     *
     * @param say       hears a line after every epoch and the figures at the end
     * @param listener  hears of every epoch as well
     * @param exporters by name
     */
    public static Finished run(TrainingRequest request, Backend backend, ImageFiles files, Consumer<String> say,
            TrainingListener listener, Map<String, ResultExporter> exporters, Progress progress) {
        return run(TrainClassifier.prepare(request, backend, files, progress), backend, say, listener, exporters, progress);
    }

    /** The same with a training of any task. */
    public static <R extends ItemRun<?, ?>> Finished run(Training<R> training, Backend backend, Consumer<String> say, TrainingListener listener,
            Map<String, ResultExporter> exporters, Progress progress) {
        TrainingRequest request = training.request();
        training.split().remarks().forEach(say);
        training.split().training().rejected().forEach(item -> say.accept("left out " + line(item)));
        try (R run = training.open(identity(training))) {
            Path model = request.place().output().resolve("model");
            LabelledSet validation = training.split().validation();
            if (request.place().resume() && isFinished(run, request.place().output()) && Files.exists(model)
                    && validation.items().stream().allMatch(item -> run.earlier(key(item)).isPresent())) {
                return reuse(training, run, validation, model, say, progress);
            }
            try {
                return finish(train(training, backend, run, say, listener, progress), request, run, say, exporters);
            } catch (RuntimeException | Error e) {
                run.abort(e);
                throw e;
            }
        }
    }

    /** One of whose images some were left out tries those again, as long as its checkpoint makes that cheap. */
    static boolean isFinished(ItemRun<?, ?> run, Path output) {
        RunStatus status = run.earlierStatus().orElse(RunStatus.RUNNING);
        return status == RunStatus.DONE || status == RunStatus.PARTIAL && !Files.exists(output.resolve("training"));
    }

    private static Finished reuse(Training<?> training, ItemRun<?, ?> run, LabelledSet validation, Path model, Consumer<String> say,
            Progress progress) {
        run.ledger().plan(validation.size());
        validation.items().forEach(item -> run.reuse(key(item)));
        // at once: what is refused here stays a finished training, for whoever puts the images back
        ExitStatus status = run.finish().status().exitStatus();
        training.requireSameInputs(progress);
        say.accept("This training is finished already; its model is " + model + ".");
        return new Finished(new PackageReader().open(model), status);
    }

    private static <R extends ItemRun<?, ?>> Training.Ended train(Training<R> training, Backend backend, R run, Consumer<String> say,
            TrainingListener listener, Progress progress) {
        describe(run.ledger(), backend, training.request().place().device(), training.split().remarks(), training.split().training().rejected());
        return training.train(run, heard(run.ledger(), say, listener), progress);
    }

    /** With what is trained, and on what not. */
    static void describe(Ledger ledger, Backend backend, String device, List<String> remarks, List<RejectedItem> rejected) {
        EngineReport engine = backend.report(device);
        ledger.engine(engine.engine(), engine.tensorFlow(), engine.chosen(), engine.reason());
        ledger.fact("one_dnn", engine.oneDnn());
        ledger.fact("threads", engine.intraThreads());
        ledger.fact("remarks_on_data", remarks);
        ledger.fact("left_out", rejected.stream().map(TrainingJob::line).toList());
    }

    /** A listener that also says a line after every epoch. */
    static TrainingListener heard(Ledger ledger, Consumer<String> say, TrainingListener listener) {
        List<String> remarks = new ArrayList<>();
        return new TrainingListener() {
            @Override
            public void remark(String sentence) {
                say.accept(sentence);
                remarks.add(sentence);
                ledger.fact("remarks_on_training", List.copyOf(remarks));
                listener.remark(sentence);
            }

            @Override
            public void epochEnded(EpochReport epoch) {
                say.accept(line(epoch));
                listener.epochEnded(epoch);
            }

            @Override
            public void resumed(List<EpochReport> history, int epochs) {
                say.accept(history.isEmpty() ? "Resumed within epoch 1 of " + epochs + "."
                    : "Resumed after epoch " + history.size() + " of " + epochs + ".");
                ledger.fact("resumed_after_epoch", history.size());
                listener.resumed(history, epochs);
            }

            @Override
            public void preview(Path picture) {
                listener.preview(picture);
            }

            @Override
            public void waited(double waiting, double training) {
                ledger.time("train", (long) (1e9 * training));
                ledger.time("wait_for_input", (long) (1e9 * waiting));
                listener.waited(waiting, training);
            }
        };
    }

    /** Tables, figures and curves; a training that ended before its last epoch is no finished one. */
    private static Finished finish(Training.Ended trained, TrainingRequest request, ItemRun<?, ?> run, Consumer<String> say,
            Map<String, ResultExporter> exporters) {
        TrainingOutcome outcome = trained.outcome();
        WholeFile.write(request.place().output().resolve("metrics.json"), Json.pretty(trained.metrics()));
        plot(request.place().output(), request.model().name(), outcome.history(), run.ledger());
        say.accept(String.format(Locale.ROOT, "validation: %s, best epoch %d of %d; model %s", trained.summary(), outcome.bestEpoch(),
            request.settings().schedule().epochs(), trained.model().folder()));
        if (outcome.cancelled()) {
            say.accept("Cancelled; the best epoch until then was kept.");
            return new Finished(trained.model(), run.abort(new CancelledException()).status().exitStatus());
        }
        if (outcome.stopped() != null) {
            run.ledger().plan(1);
            run.fail(new Failure(request.model().name(), STAGE, outcome.stopped()));
            say.accept(outcome.stopped());
        }
        return new Finished(trained.model(), run.finish(exporters).status().exitStatus());
    }

    /** {@code plots/training.png}; where Java finds no fonts, the ledger says so. */
    static void plot(Path folder, String title, List<TrainingListener.EpochReport> history, Ledger ledger) {
        try {
            Plots.write(folder.resolve("plots").resolve("training.png"), () -> Plots.training(title, history));
        } catch (LesionJException e) {
            ledger.fact("plot", e.getMessage());
        }
    }

    static String line(RejectedItem item) {
        return item.name() + ": " + item.reason();
    }

    private static String line(TrainingListener.EpochReport epoch) {
        String figures = epoch.figures().stream().map(figure -> String.format(Locale.ROOT, "  %s %.4f", figure.name(), figure.value()))
            .collect(Collectors.joining());
        return String.format(Locale.ROOT, "epoch %d/%d  loss %.4f  validation loss %.4f%s%s  %.0f s", epoch.epoch(), epoch.epochs(),
            epoch.trainingLoss(), epoch.validationLoss(), figures, epoch.best() ? "  best" : "", epoch.seconds());
    }

    static ItemKey key(LabelledItem item) {
        return ItemKey.of(item.name());
    }

    private static RunIdentity identity(Training<?> training) {
        return new RunIdentity(training.request().command(), training.request().keys(), List.of(), Map.of("training", checksum(training.split().training()),
            "validation", checksum(training.split().validation())));
    }

    /**
     * Names, labels, groups, sites and sizes of all items, contents where they are in memory: reading every file of a large set only to name it
     * would take too long.
     */
    static String checksum(LabelledSet set) {
        Sha256 sha = new Sha256();
        for (LabelledItem item : set.items()) {
            try {
                sha.addLine(String.join("\t", item.name(), item.labels().stream().sorted().toList().toString(), item.group(), item.site(),
                    item.source().fingerprint()) + (item.boxes().isEmpty() ? "" : "\t" + item.boxes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sha.hex();
    }
}
