package io.github.lesionj.batch;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.Json;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.dataset.FoldRule;
import io.github.lesionj.dataset.FoldedSet;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.evaluation.FoldFigures;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.modelpackage.PackageReader;
import io.github.lesionj.pipeline.CrossValidation;
import io.github.lesionj.pipeline.TrainingRequest;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.ResultExporter;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.results.RunIdentity;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The whole job of {@code Train Classifier...} with folds: a cross-validation with its result folder. */
public final class CrossValidationJob {

    private static final String FIGURES = "metrics.json";

    private CrossValidationJob() {
    }

    /**
     * Trains what is not trained yet; where the folder holds the finished cross-validation of the same keys and data, that one is
     * taken.
     *
     * @param say       hears a line after every epoch, the figures of each fold, and those of all
     * @param listeners gives one that hears of the epochs of a fold, by its title
     * @param exporters by name
     */
    public static TrainingJob.Finished run(TrainingRequest request, FoldRule rule, Backend backend, ImageFiles files,
            Consumer<String> say, Function<String, TrainingListener> listeners, Map<String, ResultExporter> exporters, Progress progress) {
        CrossValidation validation = CrossValidation.prepare(request, rule, backend, files, progress);
        FoldedSet data = validation.data();
        data.remarks().forEach(say);
        data.all().rejected().forEach(item -> say.accept("left out " + TrainingJob.line(item)));
        try (ResultRun run = ResultRun.open(request.place().output(), null, identity(request, data), data.all().classNames())) {
            run.column("fold", foldOf(data));
            column(run, data, "group", LabelledItem::group);
            column(run, data, "site", LabelledItem::site);
            Path model = request.place().output().resolve("model");
            if (request.place().resume() && TrainingJob.isFinished(run, request.place().output()) && Files.exists(model)
                    && data.all().items().stream().allMatch(item -> run.earlier(TrainingJob.key(item)).isPresent())) {
                run.ledger().plan(data.all().size());
                // in the order in which they were judged
                data.folds().forEach(fold -> fold.heldOut().items().forEach(item -> run.reuse(TrainingJob.key(item))));
                // at once: what is refused here stays finished, for whoever puts the images back
                ExitStatus status = run.finish().status().exitStatus();
                validation.requireSameInputs(progress);
                say.accept("This cross-validation is finished already; its model is " + model + ".");
                return new TrainingJob.Finished(new PackageReader().open(model), status);
            }
            try {
                TrainingJob.describe(run.ledger(), backend, request.place().device(), data.remarks(), data.all().rejected());
                CrossValidation.Result result = validation.run(run, new Heard(request, data, run, say, listeners), progress);
                return finish(result, request, run, say, exporters);
            } catch (CancelledException e) {
                say.accept("Cancelled; the folds that have ended stay, and the same command goes on from there.");
                run.abort(e);
                throw e;
            } catch (RuntimeException | Error e) {
                run.abort(e);
                throw e;
            }
        }
    }

    /** Says what happens in each fold, and draws its curves. */
    private record Heard(TrainingRequest request, FoldedSet data, ResultRun run, Consumer<String> say,
            Function<String, TrainingListener> listeners) implements CrossValidation.Listener {

        @Override
        public TrainingListener training(FoldedSet.Fold fold) {
            String name = name(fold) + " of " + data.folds().size();
            say.accept(String.format(Locale.ROOT, "%s: %d images to learn from, %d to choose the best epoch on, %d held out", name,
                fold.split().training().size(), fold.split().validation().size(), fold.heldOut().size()));
            return TrainingJob.heard(run.ledger(), line -> say.accept(name + "  " + line),
                listeners.apply(request.model().name() + ", " + name));
        }

        @Override
        public void ended(CrossValidation.Member member) {
            boolean taken = member.history().isEmpty();
            say.accept(String.format(Locale.ROOT, "%s: held-out AUC %.4f, accuracy %.4f%s", name(member.fold()),
                member.metrics().auc().value(), member.metrics().accuracy(), taken ? "; it was trained already" : ""));
            if (!taken) {
                TrainingJob.plot(member.folder(), request.model().name() + ", " + name(member.fold()), member.history(), run.ledger());
            }
        }

        private static String name(FoldedSet.Fold fold) {
            return "fold " + fold.number() + (fold.name().isEmpty() ? "" : " (" + fold.name() + ")");
        }
    }

    private static TrainingJob.Finished finish(CrossValidation.Result result, TrainingRequest request, ResultRun run,
            Consumer<String> say, Map<String, ResultExporter> exporters) {
        WholeFile.write(request.place().output().resolve(FIGURES), Json.pretty(figures(result)));
        say.accept(String.format(Locale.ROOT, "pooled over %d folds: AUC %.4f, accuracy %.4f; model %s", result.members().size(),
            result.pooled().auc().value(), result.pooled().accuracy(), result.model().folder()));
        return new TrainingJob.Finished(result.model(), run.finish(exporters).status().exitStatus());
    }

    /** Pooled figures as for a single training, then those of each fold, and their mean and standard deviation. */
    private static Map<String, Object> figures(CrossValidation.Result result) {
        Map<String, Object> figures = new LinkedHashMap<>(result.pooled().toMap());
        List<String> notes = new ArrayList<>(result.pooled().notes());
        notes.add("Pooled out-of-fold: each image was judged by the one of " + result.members().size() + " networks that held it out; its "
            + "best epoch was chosen on other images. Scores of different networks are ranked together in auc; folds has each "
            + "network's own. Scores count as results.csv shows them, with six decimals.");
        notes.add("The model in the folder model is the mean of these networks and was itself judged on no image.");
        figures.put("notes", notes);
        List<Map<String, Object>> folds = new ArrayList<>();
        for (CrossValidation.Member member : result.members()) {
            Map<String, Object> fold = new LinkedHashMap<>();
            fold.put("fold", member.fold().number());
            fold.put("site", member.fold().name().isEmpty() ? null : member.fold().name());
            fold.put("training_images", member.fold().split().training().size());
            fold.put("validation_images", member.fold().split().validation().size());
            fold.put("best_epoch", member.bestEpoch());
            fold.putAll(member.metrics().toMap());
            folds.add(fold);
        }
        figures.put("folds", folds);
        FoldFigures.of(result.members().stream().map(member -> member.metrics().toMap()).toList())
            .forEach((key, value) -> figures.put(key.equals("folds_with_value") ? key : "folds_" + key, value));
        return figures;
    }

    private static Function<ItemKey, String> foldOf(FoldedSet data) {
        Map<String, String> folds = new HashMap<>();
        for (FoldedSet.Fold fold : data.folds()) {
            for (LabelledItem item : fold.heldOut().items()) {
                folds.put(TrainingJob.key(item).path(), Integer.toString(fold.number()));
            }
        }
        return item -> folds.getOrDefault(item.path(), "");
    }

    /** What tells the images of a patient or a site, so that a reader can check the folds; only where the data name any. */
    private static void column(ResultRun run, FoldedSet data, String name, Function<LabelledItem, String> value) {
        Map<String, String> values = new HashMap<>();
        data.all().items().forEach(item -> values.put(TrainingJob.key(item).path(), value.apply(item)));
        if (values.values().stream().anyMatch(text -> !text.isEmpty())) {
            run.column(name, item -> values.getOrDefault(item.path(), ""));
        }
    }

    private static RunIdentity identity(TrainingRequest request, FoldedSet data) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("training", TrainingJob.checksum(data.all()));
        data.selection().ifPresent(set -> inputs.put("validation", TrainingJob.checksum(set)));
        return new RunIdentity(request.command(), request.keys(), List.of(), inputs);
    }
}
