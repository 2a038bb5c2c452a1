package io.github.lesionj.batch;

import ij.gui.Plot;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.evaluation.Curves;
import io.github.lesionj.evaluation.DecisionRule;
import io.github.lesionj.evaluation.Evaluation;
import io.github.lesionj.evaluation.GroupPredictions;
import io.github.lesionj.evaluation.Predictions;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.pipeline.ImageClassifier;
import io.github.lesionj.results.Failure;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.LabelRule;
import io.github.lesionj.results.Ledger;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.results.ResultSet;
import io.github.lesionj.results.RunIdentity;
import io.github.lesionj.runtime.Backend;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The whole job of {@code Evaluate Model...}: every item of a labelled set is classified as {@code Classify Image...} does,
 * then measured, drawn, and what is asked for is fitted for a copy of the package.
 */
public final class ModelEvaluation {

    /**
     * What came of it.
     *
     * @param results    the rows
     * @param evaluation figures with their intervals; empty where no item could be classified
     * @param sentences  figures per group and site and what was fitted, in a line each
     * @param notes      sentences on what does not exist or was left out
     * @param worst      the wrong items, the worst first
     * @param plots      curves by name
     * @param confusion  the confusion matrix as a picture, or null
     * @param fitted     the new package, {@code OUTPUT/model}, where one was written
     */
    public record Finished(ResultSet results, Optional<Evaluation> evaluation, List<String> sentences, List<String> notes, List<WorstError> worst,
            Map<String, Supplier<Plot>> plots, BufferedImage confusion, Optional<ModelPackage> fitted) {
    }

    private static final double[] CONFIDENCES = {0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99};

    private final EvaluationRequest request;
    private final Backend backend;
    private final Progress progress;
    private final RunIdentity identity;
    private final List<String> sentences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private LabelRule labelRule;
    private Evaluation evaluation;
    private List<WorstError> worst = List.of();
    private Map<String, Supplier<Plot>> plots = Map.of();
    private BufferedImage confusion;
    private ModelPackage fitted;

    private ModelEvaluation(EvaluationRequest request, Backend backend, Progress progress) {
        this.request = request;
        this.backend = backend;
        this.progress = progress;
        this.identity = ClassifyImages.identity(request.command(), request.keys(), request.models(), request.data().inputs().inputs(),
            request.data().labelChecksum(), progress);
    }

    /**
     * Does it.
     *
     * @param stated the card of the first model as its package states it, without what the request decides in another way
     */
    public static Finished run(EvaluationRequest request, ModelCard stated, Backend backend, Progress progress) {
        request.check();
        ImageClassifier.check(backend, request.models(), Explain.NONE);
        return new ModelEvaluation(request, backend, progress).run(stated);
    }

    private Finished run(ModelCard stated) {
        List<String> classNames = request.card().classNames();
        try (ResultRun run = ResultRun.open(request.output(), request.data().inputs().root(), identity, classNames)) {
            try {
                EvaluatedItems items = classify(run);
                if (items.size() > 0) {
                    measure(items, run, stated);
                }
                ResultSet results = run.finish(request.exporters());
                return new Finished(results, Optional.ofNullable(evaluation), List.copyOf(sentences), List.copyOf(notes), worst, plots, confusion,
                    Optional.ofNullable(fitted));
            } catch (RuntimeException | Error e) {
                run.abort(e);
                throw e;
            }
        }
    }

    private EvaluatedItems classify(ResultRun run) {
        List<BatchInput> inputs = request.data().inputs().inputs();
        for (RejectedItem rejected : request.data().inputs().rejected()) {
            run.ledger().plan(1);
            run.fail(new Failure(ItemKey.of(rejected.name()).path(), "open", rejected.reason()));
        }
        try (ScoreFile scores = ScoreFile.open(request.output())) {
            try {
                classify(run, inputs, scores);
            } finally {
                scores.finish(inputs.stream().map(input -> input.key().image()).toList());
            }
            return items(run, inputs, scores);
        }
    }

    private void classify(ResultRun run, List<BatchInput> inputs, ScoreFile scores) {
        progress.report(0, inputs.size(), "Loading the model");
        try (ImageClassifier classifier = ClassifyImages.load(backend, request.models(), request.device(), Explain.NONE, run);
                ItemWriter writer = new ItemWriter(run, classifier.classNames(), false, ItemWriter.Display.NONE)) {
            labelRule = classifier.labelRule();
            ItemListener keepsScores = new ItemListener() {
                @Override
                public void predicted(ItemKey item, ImageClassifier.Result result) {
                    scores.add(item.image(), result.scores());
                }
            };
            new ImageBatch(classifier, run, writer, request.batch(), request.channel(), keepsScores, progress).classify(inputs);
        }
    }

    private EvaluatedItems items(ResultRun run, List<BatchInput> inputs, ScoreFile scores) {
        List<BatchInput> known = inputs.stream().filter(input -> scores.of(input.key().image()) != null).toList();
        long rows = run.ledger().predicted() + run.ledger().reused();
        if (rows != known.size()) {
            throw new LesionJException("The folder " + request.output() + " has " + rows + " rows but the scores of " + known.size()
                + " items: scores.csv was changed. Delete the folder, or choose another one.");
        }
        List<LabelledItem> items = known.stream().map(input -> request.data().items().get(input.path())).toList();
        // several models decide by what their cards agree on
        ModelCard card = request.card().deciding(request.card().positive(), labelRule.threshold(), labelRule.abstain());
        return new EvaluatedItems(card, request.models().size() == 1, known, items,
            known.stream().map(input -> scores.of(input.key().image())).toList());
    }

    private void measure(EvaluatedItems items, ResultRun run, ModelCard stated) {
        Predictions predictions = items.predictions(request.card().temperature());
        DecisionRule rule = labelRule.decision();
        Map<String, Object> metrics = new LinkedHashMap<>();
        try (Ledger.Stage ignored = run.ledger().stage("measure")) {
            evaluation = Evaluation.of(predictions, rule, items.groups(), request.bootstrap(), progress);
            metrics.putAll(evaluation.toMap());
            metrics.put("bootstrap", bootstrap(items));
            metrics.put("groups", groups(items, predictions, rule));
            metrics.put("sites", sites(items, predictions, rule));
            metrics.put("accuracy_coverage", coverage(predictions, rule));
        }
        notes.addAll(evaluation.notes());
        if (request.fits()) {
            fit(items, predictions, metrics, run, stated);
        }
        addFailures(run);
        metrics.put("notes", notes);
        metrics.put("data", request.data().name());
        metrics.put("model", identity.models().stream().map(model -> model.name() + " " + model.checksum()).toList());
        EvaluationFiles.writeMetrics(request.output(), metrics);
        draw(items, predictions, rule, run);
    }

    private Map<String, Object> bootstrap(EvaluatedItems items) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("resamples", request.bootstrap().resamples());
        map.put("seed", request.bootstrap().seed());
        map.put("drawn", items.groups().isEmpty() ? "items" : "groups");
        map.put("method", "95 % percentile interval, not stratified; the AUC of a positive class has DeLong's");
        return map;
    }

    private Map<String, Object> groups(EvaluatedItems items, Predictions predictions, DecisionRule rule) {
        if (items.groups().isEmpty() || request.aggregate().isEmpty()) {
            return null;
        }
        GroupPredictions groups = GroupPredictions.of(predictions, items.groups(), request.aggregate().get(), rule.positive());
        if (!groups.leftOut().isEmpty()) {
            notes.add(groups.leftOut().size() + " groups have images of several classes and are left out of the figures per group, such as "
                + groups.leftOut().get(0) + ".");
        }
        EvaluationFiles.writeGroups(request.output(), groups, rule);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("aggregate", request.keys().get("aggregate"));
        map.put("left_out", groups.leftOut().size());
        Evaluation figures = Evaluation.of(groups.predictions(), rule, List.of(), request.bootstrap(), progress);
        sentences.add(sentence("Per group (" + request.keys().get("aggregate") + ")", figures));
        map.putAll(figures.toMap());
        return map;
    }

    private Map<String, Object> sites(EvaluatedItems items, Predictions predictions, DecisionRule rule) {
        if (items.sites().isEmpty()) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (String site : new TreeSet<>(items.sites())) {
            int[] of = items.of(site);
            List<String> groups = new ArrayList<>();
            for (int i : items.groups().isEmpty() ? new int[0] : of) {
                groups.add(items.items().get(i).group());
            }
            Evaluation evaluated = Evaluation.of(predictions.only(of), rule, groups, request.bootstrap(), progress);
            Map<String, Object> figures = evaluated.toMap();
            figures.remove("per_class");
            String name = site.isEmpty() ? "(not stated)" : site;
            sentences.add(sentence("Site " + name, evaluated));
            map.put(name, figures);
        }
        return map;
    }

    private static String sentence(String of, Evaluation evaluation) {
        return of + ": " + evaluation.metrics().items() + " items, AUC " + EvaluationFiles.figure(evaluation.of("auc")) + ", accuracy "
            + EvaluationFiles.figure(evaluation.of("accuracy")) + ".";
    }

    private static List<Object> coverage(Predictions predictions, DecisionRule rule) {
        List<Object> rows = new ArrayList<>();
        for (double confidence : CONFIDENCES) {
            Curves.Coverage at = Curves.at(predictions, rule, confidence);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("threshold", confidence);
            row.put("coverage", at.coverage());
            row.put("accuracy", Double.isNaN(at.accuracy()) ? null : at.accuracy());
            rows.add(row);
        }
        return rows;
    }

    private void fit(EvaluatedItems items, Predictions predictions, Map<String, Object> metrics, ResultRun run, ModelCard stated) {
        try (Ledger.Stage ignored = run.ledger().stage("fit")) {
            progress.checkCancelled();
            progress.report(0, 0, "Fitting");
            FittedModel fit = FittedModel.fit(request, items, predictions);
            metrics.putAll(fit.toMap());
            sentences.addAll(fit.sentences());
            notes.addAll(fit.notes());
            if (fit.isNew() && request.models().size() == 1) {
                fitted = fit.write(request.models().get(0), stated, identity.inputs(), request.output().resolve("model"));
            }
        }
    }

    private void addFailures(ResultRun run) {
        if (run.ledger().failed() > 0) {
            notes.add(run.ledger().failed() + " of " + run.ledger().planned() + " items failed and do not count; failures.csv lists them.");
        }
    }

    private void draw(EvaluatedItems items, Predictions predictions, DecisionRule rule, ResultRun run) {
        worst = WorstError.of(items, predictions, rule);
        WorstError.write(request.output().resolve("worst.csv"), worst);
        try (Ledger.Stage ignored = run.ledger().stage("draw")) {
            progress.checkCancelled();
            progress.report(0, 0, "Drawing");
            plots = EvaluationFiles.plots(evaluation, predictions, rule, labelRule.abstain());
            confusion = EvaluationFiles.confusion(evaluation, predictions);
            EvaluationFiles.draw(request.output(), plots, confusion);
        } catch (CancelledException e) {
            throw e;
        } catch (LesionJException e) {
            run.ledger().fact("plot", e.getMessage());
            notes.add(e.getMessage());
        }
        explain(run);
    }

    /** Pictures of the worst errors; what fails here was classified all the same. */
    private void explain(ResultRun run) {
        List<WorstError> shown = worst.subList(0, Math.min(request.worst(), worst.size()));
        if (shown.isEmpty() || run.folder().isEmpty()) {
            return;
        }
        try (Ledger.Stage ignored = run.ledger().stage("explain");
                ImageClassifier classifier = ImageClassifier.open(backend, request.models(), request.device(), Explain.AUTO)) {
            int done = 0;
            for (WorstError error : shown) {
                progress.checkCancelled();
                progress.report(done++, shown.size(), "Explaining " + error.input().path());
                explain(error, classifier, run);
            }
        }
    }

    private void explain(WorstError error, ImageClassifier classifier, ResultRun run) {
        try {
            ExplainedItem.of(error.input(), request.channel(), classifier).save(run.folder().orElseThrow());
        } catch (CancelledException e) {
            throw e;
        } catch (LesionJException e) {
            run.ledger().remark(error.input().path(), "no picture: " + e.getMessage());
        }
    }
}
