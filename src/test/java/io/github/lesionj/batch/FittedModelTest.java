package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.evaluation.Bootstrap;
import io.github.lesionj.evaluation.DecisionRule;
import io.github.lesionj.evaluation.Logits;
import io.github.lesionj.evaluation.OperatingRule;
import io.github.lesionj.evaluation.Predictions;
import io.github.lesionj.modelpackage.Activation;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.PackageCopy;
import io.github.lesionj.modelpackage.PackageReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is fitted for labels that exclude each other and for labels that do not. */
class FittedModelTest {

    private static ModelCard card(LabelKind kind, Activation activation, List<String> names, String positive) {
        return card(kind, activation, names, positive, Double.NaN, Double.NaN);
    }

    private static ModelCard card(LabelKind kind, Activation activation, List<String> names, String positive, double threshold,
            double abstain) {
        ModelCard tiny = TinyModel.named("brightness").card();
        return new ModelCard("judged", "1.0.0", "", "", "", "classification", kind, names, positive, tiny.input(), tiny.signature(), activation,
            threshold, 1, abstain, Double.NaN, "", Map.of(), Map.of());
    }

    private static EvaluationRequest request(ModelCard card, boolean calibrate, String operating, double abstain) {
        ModelPackage model = new ModelPackage(Path.of("nowhere"), card, Path.of("nowhere"), "");
        return new EvaluationRequest("Evaluate Model...", Map.of("operating_point", operating, "abstain", ""), null, List.of(model), "cpu", 1, 0,
            new Bootstrap(0, 1), Optional.empty(), calibrate, OperatingRule.parse(operating), abstain, 0, Path.of("out"), Map.of());
    }

    /** Scores of which the truth follows at three times the temperature. */
    private static EvaluatedItems items(ModelCard card, int n) {
        Random random = new Random(5);
        List<LabelledItem> items = new ArrayList<>();
        List<double[]> scores = new ArrayList<>();
        int classes = card.classNames().size();
        for (int i = 0; i < n; i++) {
            double[] score = random.doubles(classes, -6, 6).toArray();
            boolean several = card.labelKind() == LabelKind.MULTI_LABEL;
            Set<Integer> labels = several ? IntStream.range(0, classes).filter(c -> random.nextDouble() < 1 / (1 + Math.exp(-score[c] / 3)))
                .boxed().collect(Collectors.toSet()) : Set.of(random.nextDouble() < 1 / (1 + Math.exp((score[0] - score[1]) / 3)) ? 1 : 0);
            items.add(new LabelledItem(i + ".png", null, labels, "", "", ""));
            scores.add(score);
        }
        return new EvaluatedItems(card, true, List.of(), items, scores);
    }

    private static double number(Map<String, Object> map, String part, String key) {
        return (Double) ((Map<?, ?>) map.get(part)).get(key);
    }

    @Test
    void severalLabelsAtOnce() {
        ModelCard card = card(LabelKind.MULTI_LABEL, Activation.SIGMOID, List.of("a", "b", "c"), null);
        EvaluatedItems items = items(card, 600);
        Map<String, Object> map = FittedModel.fit(request(card, true, "sensitivity:0.9", 0.6), items, items.predictions(1)).toMap();
        assertEquals(3, number(map, "calibration", "temperature"), 0.4);
        assertTrue(number(map, "calibration", "ece") < number(map, "calibration", "ece_before") / 2, map.toString());
        assertTrue(number(map, "operating_point", "sensitivity") >= 0.9);
        Predictions calibrated = items.predictions(number(map, "calibration", "temperature"));
        int hits = 0;
        int findings = 0;
        for (int i = 0; i < calibrated.items(); i++) {
            for (int c = 0; c < 3; c++) {
                findings += calibrated.isTrue(i, c) ? 1 : 0;
                hits += calibrated.isTrue(i, c) && calibrated.probabilities()[i][c] >= number(map, "operating_point", "threshold") ? 1 : 0;
            }
        }
        assertEquals((double) hits / findings, number(map, "operating_point", "sensitivity"), 1e-12, "over all classes together");
    }

    @Test
    void twoClasses() {
        ModelCard card = card(LabelKind.BINARY, Activation.SOFTMAX, List.of("normal", "lesion"), "lesion");
        EvaluatedItems items = items(card, 600);
        FittedModel fit = FittedModel.fit(request(card, true, "none", Double.NaN), items, items.predictions(1));
        assertEquals(Set.of("calibration"), fit.toMap().keySet());
        Logits logits = Logits.of(LabelKind.BINARY, items.logits(), items.targets());
        assertEquals(logits.temperature(), number(fit.toMap(), "calibration", "temperature"), 1e-12);
        assertTrue(fit.isNew() && fit.notes().isEmpty());
        assertTrue(fit.sentences().get(0).startsWith("Temperature "), fit.sentences().toString());
    }

    /** A temperature moves the probabilities; what the judged card decides by must move with them. */
    @Test
    void aTemperatureAloneChangesNoDecision() {
        ModelCard card = card(LabelKind.BINARY, Activation.SOFTMAX, List.of("normal", "lesion"), "lesion", 0.2, 0.9);
        EvaluatedItems items = items(card, 600);
        Predictions before = items.predictions(1);
        FittedModel fit = FittedModel.fit(request(card, true, "none", Double.NaN), items, before);
        Predictions after = items.predictions(number(fit.toMap(), "calibration", "temperature"));
        DecisionRule old = new DecisionRule(LabelKind.BINARY, 1, 0.2);
        DecisionRule fitted = new DecisionRule(LabelKind.BINARY, 1, fit.threshold());
        int moved = 0;
        for (int i = 0; i < 600; i++) {
            assertEquals(before.probabilities()[i][1] >= 0.2, after.probabilities()[i][1] >= fit.threshold(), "item " + i);
            assertEquals(old.confidence(before.probabilities()[i]) >= 0.9, fitted.confidence(after.probabilities()[i]) >= fit.abstention(), "item " + i);
            moved += before.probabilities()[i][1] >= 0.2 != after.probabilities()[i][1] >= 0.2 ? 1 : 0;
        }
        assertTrue(moved > 10, "the old threshold would decide otherwise");
        assertEquals(0.5, FittedModel.fit(request(card, true, "none", 0.5), items, before).abstention());
        ModelCard plain = card(LabelKind.BINARY, Activation.SOFTMAX, List.of("normal", "lesion"), "lesion", 0.5, Double.NaN);
        FittedModel even = FittedModel.fit(request(plain, true, "none", Double.NaN), items(plain, 600), before);
        assertEquals(0.5, even.threshold(), 1e-15);
        assertTrue(Double.isNaN(even.abstention()));
    }

    @Test
    void theAbstentionOfManyClassesDoesNotOutliveItsTemperature() {
        ModelCard card = card(LabelKind.MULTI_CLASS, Activation.SOFTMAX, List.of("a", "b", "c"), null, Double.NaN, 0.7);
        EvaluatedItems items = items(card, 600);
        FittedModel fit = FittedModel.fit(request(card, true, "none", Double.NaN), items, items.predictions(1));
        assertTrue(Double.isNaN(fit.abstention()));
        assertTrue(fit.notes().get(0).contains("belongs to the old temperature"), fit.notes().toString());
    }

    @Test
    void whatCannotBeFittedIsSaidAndWritesNothing() {
        ModelCard card = card(LabelKind.BINARY, Activation.SOFTMAX, List.of("normal", "lesion"), "lesion");
        EvaluatedItems one = new EvaluatedItems(card, true, List.of(), List.of(new LabelledItem("a", null, Set.of(1), "", "", "")),
            List.of(new double[] {0, 4}));
        FittedModel fit = FittedModel.fit(request(card, true, "youden", Double.NaN), one, one.predictions(1));
        assertFalse(fit.isNew());
        assertEquals(2, fit.notes().size(), fit.notes().toString());
        assertNull(((Map<?, ?>) fit.toMap().get("calibration")).get("temperature"));
        assertNull(((Map<?, ?>) fit.toMap().get("operating_point")).get("threshold"));
    }

    @Test
    void aThresholdAmongSeveralExclusiveClassesIsRefused() {
        ModelCard card = card(LabelKind.MULTI_CLASS, Activation.SOFTMAX, List.of("a", "b", "c"), null);
        assertTrue(assertThrows(UsageException.class, () -> request(card, false, "youden", Double.NaN).check()).getMessage()
            .contains("no meaning for the 3 exclusive classes"));
    }

    @Test
    void aCopyKeepsWhatLesionJDoesNotKnow(@TempDir Path folder) throws Exception {
        Path package0 = TinyModel.named("brightness").write(folder);
        Path file = package0.resolve("rdf.yaml");
        Files.writeString(file, Files.readString(file) + "covers: [mine.png]\n");
        Files.writeString(package0.resolve("mine.png"), "a picture");
        Files.writeString(package0.resolve("README.md"), "my own words");
        ModelPackage model = new PackageReader(folder.resolve("cache")).open(package0);
        PackageCopy.Changes changes = new PackageCopy.Changes("brighter", "d", "normal", 0.25, 1, Double.NaN, Map.of("auc", 0.5));
        PackageCopy.write(model, changes, folder.resolve("copy"));
        ModelCard copied = new PackageReader(folder.resolve("cache")).open(folder.resolve("copy")).card();
        assertEquals(List.of("brighter", "normal", 0.25, Map.of("auc", 0.5)), List.of(copied.name(), copied.positive(), copied.threshold(), copied.quality()));
        assertTrue(Double.isNaN(copied.abstain()));
        assertTrue(Files.readString(folder.resolve("copy/rdf.yaml")).contains("mine.png"));
        assertEquals("my own words", Files.readString(folder.resolve("copy/README.md")));
        assertTrue(Files.exists(folder.resolve("copy/mine.png")));
        assertThrows(UsageException.class, () -> PackageCopy.write(model, changes, package0.resolve("inside")));
    }
}
