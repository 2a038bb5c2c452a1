package io.github.lesionj.batch;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.evaluation.Calibration;
import io.github.lesionj.evaluation.ClassificationMetrics;
import io.github.lesionj.evaluation.Curves;
import io.github.lesionj.evaluation.DecisionRule;
import io.github.lesionj.evaluation.Logits;
import io.github.lesionj.evaluation.OperatingRule;
import io.github.lesionj.evaluation.Predictions;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelName;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.PackageCopy;
import io.github.lesionj.modelpackage.PackageReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is fitted on a labelled set for a copy of the judged package: a temperature, and on the probabilities that it gives an
 * operating threshold and an abstention. The judged package is not touched.
 */
final class FittedModel {

    private static final String SUFFIX = "-calibrated";
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_DESCRIPTION = 1024;

    private final EvaluationRequest request;
    private final EvaluatedItems items;
    private final Predictions judged;
    private final Logits logits;
    private final double fittedTemperature;
    private final double temperature;
    private final Predictions predictions;
    private final Optional<OperatingRule.Choice> choice;
    private final List<String> notes = new ArrayList<>();

    private FittedModel(EvaluationRequest request, EvaluatedItems items, Predictions judged) {
        this.request = request;
        this.items = items;
        this.judged = judged;
        this.logits = request.calibrate() ? Logits.of(items.card().labelKind(), items.logits(), items.targets()) : null;
        this.fittedTemperature = logits == null ? Double.NaN : logits.temperature();
        this.temperature = Double.isNaN(fittedTemperature) ? items.card().temperature() : fittedTemperature;
        this.predictions = Double.isNaN(fittedTemperature) ? judged : items.predictions(temperature);
        this.choice = request.operating().flatMap(this::choose);
        if (request.calibrate() && Double.isNaN(fittedTemperature)) {
            notes.add("No temperature was fitted: the likelihood of these " + items.size() + " items has no maximum, for instance because "
                + "the model is right about all of them; use a larger set.");
        }
        if (request.operating().isPresent() && choice.isEmpty()) {
            notes.add("No operating threshold was chosen: that needs items that have the finding and items that do not.");
        }
        if (losesAbstention() && Double.isNaN(request.abstain()) && !Double.isNaN(items.card().abstain())) {
            notes.add("The confidence below which the judged model abstains was left out of the new package: it belongs to the old temperature. "
                + "Give abstain= on the new one.");
        }
    }

    /** Fits what the request asks for; it must ask for something. */
    static FittedModel fit(EvaluationRequest request, EvaluatedItems items, Predictions judged) {
        return new FittedModel(request, items, judged);
    }

    /** With several labels one threshold holds for all classes: every class of every item is a decision. */
    private Optional<OperatingRule.Choice> choose(OperatingRule rule) {
        if (predictions.kind() == LabelKind.BINARY) {
            int positive = predictions.classNames().indexOf(items.card().positive());
            return rule.choose(predictions.scores(positive), predictions.truth(positive));
        }
        double[] scores = new double[predictions.items() * predictions.classes()];
        boolean[] truth = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = predictions.probabilities()[i / predictions.classes()][i % predictions.classes()];
            truth[i] = predictions.isTrue(i / predictions.classes(), i % predictions.classes());
        }
        return rule.choose(scores, truth);
    }

    /** Sentences on what could not be fitted. */
    List<String> notes() {
        return notes;
    }

    /** What was fitted, in a line each. */
    List<String> sentences() {
        List<String> lines = new ArrayList<>();
        if (!Double.isNaN(fittedTemperature)) {
            Calibration before = Calibration.of(judged);
            Calibration after = Calibration.of(predictions);
            lines.add(String.format(Locale.ROOT, "Temperature %.4f: negative log-likelihood %.4f to %.4f, ECE %.4f to %.4f, Brier %.4f to %.4f.",
                fittedTemperature, logits.negativeLogLikelihood(items.card().temperature()), logits.negativeLogLikelihood(temperature),
                before.expectedError(), after.expectedError(), before.brier(), after.brier()));
        }
        choice.ifPresent(point -> lines.add(String.format(Locale.ROOT, "Operating point %s: threshold %.4f, sensitivity %.4f, specificity %.4f.",
            request.keys().get("operating_point"), point.threshold(), point.sensitivity(), point.specificity())));
        if (!Double.isNaN(request.abstain())) {
            Curves.Coverage coverage = Curves.at(predictions, rule(), request.abstain());
            lines.add(String.format(Locale.ROOT, "Undecided below %s: %.1f %% decided, of which %.4f right.", request.keys().get("abstain"),
                100 * coverage.coverage(), coverage.accuracy()));
        }
        return lines;
    }

    /** Whether anything was fitted or set, so that there is a package to write. */
    boolean isNew() {
        return !Double.isNaN(fittedTemperature) || choice.isPresent() || !Double.isNaN(request.abstain());
    }

    /** Of the new card: the one that was chosen, else that of the judged card on the new scale. */
    double threshold() {
        return choice.map(OperatingRule.Choice::threshold).orElseGet(() -> onNewScale(items.card().threshold()));
    }

    /** Of the new card: that of this run, else that of the judged card on the new scale; NaN where it has none there. */
    double abstention() {
        return Double.isNaN(request.abstain()) && !losesAbstention() ? onNewScale(items.card().abstain()) : request.abstain();
    }

    /** The largest of more than two exclusive probabilities under another temperature does not follow from itself. */
    private boolean losesAbstention() {
        return !Double.isNaN(fittedTemperature) && items.card().labelKind() == LabelKind.MULTI_CLASS;
    }

    /**
     * A probability of the judged card as the new temperature makes it of the same scores, so that all decisions stay: a
     * temperature divides the log-odds (Guo et al. 2017, arXiv:1706.04599), those of two exclusive classes too.
     */
    private double onNewScale(double probability) {
        if (Double.isNaN(fittedTemperature) || items.card().labelKind() == LabelKind.MULTI_CLASS) {
            return probability;
        }
        double odds = Math.log(probability / (1 - probability)) * items.card().temperature() / temperature;
        return 1 / (1 + Math.exp(-odds));
    }

    private DecisionRule rule() {
        ModelCard card = items.card();
        return new DecisionRule(card.labelKind(), card.positive() == null ? -1 : card.classNames().indexOf(card.positive()), threshold());
    }

    /** Keys {@code calibration}, {@code operating_point} and {@code abstention} of {@code metrics.json}, those that were asked for. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        if (request.calibrate()) {
            map.put("calibration", calibration());
        }
        if (request.operating().isPresent()) {
            map.put("operating_point", operatingPoint());
        }
        if (!Double.isNaN(request.abstain())) {
            map.put("abstention", abstained());
        }
        return map;
    }

    private Map<String, Object> calibration() {
        Calibration before = Calibration.of(judged);
        Calibration after = Calibration.of(predictions);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("method", "temperature");
        map.put("temperature_before", items.card().temperature());
        map.put("temperature", finite(fittedTemperature));
        map.put("nll_before", finite(logits.negativeLogLikelihood(items.card().temperature())));
        map.put("nll", finite(logits.negativeLogLikelihood(temperature)));
        map.put("ece_before", finite(before.expectedError()));
        map.put("ece", finite(after.expectedError()));
        map.put("brier_before", finite(before.brier()));
        map.put("brier", finite(after.brier()));
        return map;
    }

    private Map<String, Object> operatingPoint() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rule", request.keys().get("operating_point"));
        map.put("of", probabilities());
        map.put("threshold", choice.map(OperatingRule.Choice::threshold).orElse(null));
        map.put("sensitivity", choice.map(OperatingRule.Choice::sensitivity).orElse(null));
        map.put("specificity", choice.map(OperatingRule.Choice::specificity).orElse(null));
        return map;
    }

    private Map<String, Object> abstained() {
        Curves.Coverage coverage = Curves.at(predictions, rule(), request.abstain());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("of", probabilities());
        map.put("threshold", request.abstain());
        map.put("coverage", finite(coverage.coverage()));
        map.put("accuracy", finite(coverage.accuracy()));
        return map;
    }

    private String probabilities() {
        String judgedOnes = request.models().size() == 1 ? "the judged model's probabilities" : "the mean probabilities of the judged models";
        return Double.isNaN(fittedTemperature) ? judgedOnes : "the calibrated probabilities";
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /**
     * Writes the copy and opens it.
     *
     * @param judgedCard as the package states it, without what this run decides in another way
     * @param checksums  of the inputs, by path
     */
    ModelPackage write(ModelPackage model, ModelCard judgedCard, Map<String, String> checksums, Path folder) {
        Map<String, Object> fitted = new LinkedHashMap<>();
        fitted.put("set", request.data().name());
        fitted.put("items", items.size());
        fitted.put("checksum", EvaluationData.checksum(items.items(), checksums));
        fitted.put("from", judgedCard.name() + " " + judgedCard.version());
        fitted.putAll(toMap());
        Map<String, Object> quality = new LinkedHashMap<>();
        quality.put("measured_on", "the set " + request.data().name() + " of " + items.size() + " images, on which was fitted: " + what());
        ClassificationMetrics.of(predictions, rule()).toMap().forEach((key, value) -> {
            if (value instanceof Number) {
                quality.put(key, value);
            }
        });
        quality.put("fitted", fitted);
        quality.put("before", judgedCard.quality());
        PackageCopy.write(model, new PackageCopy.Changes(name(judgedCard), description(judgedCard, request.data().name(), what()),
            items.card().positive(), threshold(), temperature, abstention(), quality), folder);
        return new PackageReader().open(folder);
    }

    /** Of the copy of a package. */
    static String name(ModelCard judged) {
        return judged.name().endsWith(SUFFIX) ? judged.name()
            : ModelName.like(judged.name().substring(0, Math.min(judged.name().length(), LONGEST_NAME - SUFFIX.length())) + SUFFIX);
    }

    /** Of the copy of a package, in which something was fitted on a set. */
    static String description(ModelCard judged, String set, String what) {
        String description = judged.description() + " On " + set + " was fitted: " + what + ".";
        return description.substring(0, Math.min(description.length(), LONGEST_DESCRIPTION));
    }

    private String what() {
        List<String> parts = new ArrayList<>();
        if (!Double.isNaN(fittedTemperature)) {
            parts.add("temperature");
        }
        choice.ifPresent(point -> parts.add("threshold (" + request.keys().get("operating_point") + ")"));
        if (!Double.isNaN(request.abstain())) {
            parts.add("abstention");
        }
        return String.join(", ", parts);
    }
}
