package io.github.lesionj.batch;

import ij.gui.Plot;
import io.github.lesionj.core.Csv;
import io.github.lesionj.core.Json;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.evaluation.Calibration;
import io.github.lesionj.evaluation.Curves;
import io.github.lesionj.evaluation.DecisionRule;
import io.github.lesionj.evaluation.Estimate;
import io.github.lesionj.evaluation.Evaluation;
import io.github.lesionj.evaluation.GroupPredictions;
import io.github.lesionj.evaluation.Predictions;
import io.github.lesionj.results.ConfusionPicture;
import io.github.lesionj.results.EvaluationPlots;
import io.github.lesionj.results.Plots;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** What an evaluation leaves in its folder beside its rows: figures, curves, tables. */
final class EvaluationFiles {

    private EvaluationFiles() {
    }

    static void writeMetrics(Path folder, Map<String, Object> metrics) {
        WholeFile.write(folder.resolve("metrics.json"), Json.pretty(metrics));
    }

    /** {@code groups.csv}: one row for each group, as {@code results.csv} has one for each item. */
    static void writeGroups(Path folder, GroupPredictions groups, DecisionRule rule) {
        Predictions predictions = groups.predictions();
        List<String> header = new ArrayList<>(List.of("group", "items", "label"));
        predictions.classNames().forEach(name -> header.add("p_" + name));
        header.add("truth");
        StringBuilder text = new StringBuilder(Csv.line(header));
        for (int g = 0; g < predictions.items(); g++) {
            List<String> fields = new ArrayList<>(List.of(groups.names().get(g), Integer.toString(groups.sizes().get(g))));
            List<String> said = new ArrayList<>();
            for (int label : rule.labels(predictions.probabilities()[g])) {
                said.add(predictions.classNames().get(label));
            }
            fields.add(String.join(";", said));
            for (float probability : predictions.probabilities()[g]) {
                fields.add(Csv.number(probability));
            }
            int group = g;
            fields.add(predictions.classNames().stream()
                .filter(name -> predictions.isTrue(group, predictions.classNames().indexOf(name))).collect(Collectors.joining(";")));
            text.append(Csv.line(fields));
        }
        WholeFile.write(folder.resolve("groups.csv"), text.toString());
    }

    /** The curves by the name of their file. */
    static Map<String, Supplier<Plot>> plots(Evaluation evaluation, Predictions predictions, DecisionRule rule, double abstain) {
        Map<String, Supplier<Plot>> plots = new LinkedHashMap<>();
        List<Integer> classes = curved(predictions, rule);
        plots.put("roc", () -> EvaluationPlots.roc("ROC", classes.stream().map(c -> new EvaluationPlots.Curve(
            name(predictions, c, "AUC", evaluation.metrics().perClass().get(c).auc()),
            Curves.roc(predictions.scores(c), predictions.truth(c)))).toList()));
        plots.put("precision_recall", () -> EvaluationPlots.precisionRecall("Precision and recall", classes.stream()
            .map(c -> new EvaluationPlots.Curve(name(predictions, c, "AP", averagePrecision(evaluation, predictions, c)),
                Curves.precisionRecall(predictions.scores(c), predictions.truth(c)))).toList(),
            classes.size() == 1 ? prevalence(predictions, classes.get(0)) : Double.NaN));
        plots.put("reliability", () -> EvaluationPlots.reliability("Reliability", Calibration.of(predictions).bins(),
            evaluation.metrics().ece()));
        plots.put("accuracy_coverage", () -> EvaluationPlots.accuracyCoverage("Accuracy and coverage",
            Curves.accuracyCoverage(predictions, rule), Double.isNaN(abstain) ? null : Curves.at(predictions, rule, abstain)));
        return plots;
    }

    /** One curve says all of two classes. */
    private static List<Integer> curved(Predictions predictions, DecisionRule rule) {
        if (predictions.kind() == LabelKind.BINARY && rule.positive() >= 0) {
            return List.of(rule.positive());
        }
        List<Integer> all = new ArrayList<>();
        for (int c = 0; c < predictions.classes(); c++) {
            all.add(c);
        }
        return all;
    }

    private static Estimate averagePrecision(Evaluation evaluation, Predictions predictions, int c) {
        double value = evaluation.metrics().perClass().get(c).averagePrecision();
        return evaluation.intervals().getOrDefault("per_class/" + predictions.classNames().get(c) + "/average_precision",
            new Estimate(value, Double.NaN, Double.NaN));
    }

    private static String name(Predictions predictions, int c, String figure, Estimate estimate) {
        return predictions.classNames().get(c) + ", " + figure + " " + figure(estimate);
    }

    /** Three decimals, as people quote figures, with the interval where there is one. */
    static String figure(Estimate estimate) {
        String value = figure(estimate.value());
        return Double.isNaN(estimate.low()) ? value : value + " (" + figure(estimate.low()) + " to " + figure(estimate.high()) + ")";
    }

    private static String figure(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static double prevalence(Predictions predictions, int c) {
        int positives = 0;
        for (boolean positive : predictions.truth(c)) {
            positives += positive ? 1 : 0;
        }
        return (double) positives / predictions.items();
    }

    /** The confusion matrix as a picture; null where several labels may be true at once. */
    static BufferedImage confusion(Evaluation evaluation, Predictions predictions) {
        int[][] matrix = evaluation.metrics().confusionMatrix();
        return matrix.length == 0 ? null : ConfusionPicture.paint(predictions.classNames(), matrix);
    }

    /**
     * Draws everything into {@code plots/}.
     *
     * @throws LesionJException where Java finds no fonts, or a file cannot be written
     */
    static void draw(Path folder, Map<String, Supplier<Plot>> plots, BufferedImage confusion) {
        if (confusion != null) {
            WholeFile.write(folder.resolve("plots/confusion_matrix.png"), out -> {
                try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
                    ImageIO.write(confusion, "png", stream);
                }
            });
        }
        plots.forEach((name, plot) -> Plots.write(folder.resolve("plots").resolve(name + ".png"), plot));
    }
}
