package io.github.lesionj.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.LesionJException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against scikit-learn (src/test/python/classification_metrics.py), to 1e-6, and small cases by hand. */
class ClassificationMetricsTest {

    private record Reference(LabelKind kind, Double threshold, int positive, float[][] probabilities, float[][] targets,
            Map<String, Double> values, int[][] confusion_matrix, double[][] per_class_auc) {
    }

    private record References(Reference binary, Reference binary_threshold, Reference multi_class, Reference multi_label) {
        Reference named(String name) {
            return switch (name) {
                case "binary" -> binary;
                case "binary_threshold" -> binary_threshold;
                case "multi_class" -> multi_class;
                default -> multi_label;
            };
        }
    }

    private static Reference reference(String name) throws IOException {
        try (Reader reader = new InputStreamReader(
            ClassificationMetricsTest.class.getResourceAsStream("/evaluation/classification_metrics.json"), StandardCharsets.UTF_8)) {
            return new Gson().fromJson(reader, References.class).named(name);
        }
    }

    private static ClassificationMetrics measure(Reference reference) {
        List<String> names = IntStream.range(0, reference.targets[0].length).mapToObj(c -> "class" + c).toList();
        return ClassificationMetrics.of(new Predictions(names, reference.kind, reference.probabilities, reference.targets),
            new DecisionRule(reference.kind, reference.positive, reference.threshold == null ? Double.NaN : reference.threshold));
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "binary_threshold", "multi_class", "multi_label"})
    void agreesWithScikitLearn(String name) throws IOException {
        Reference reference = reference(name);
        ClassificationMetrics measured = measure(reference);
        Map<String, Object> map = measured.toMap();
        assertTrue(reference.values.size() >= 12);
        reference.values.forEach((key, value) -> assertEquals(value, (Double) map.get(key), 1e-6, key));
        if (reference.confusion_matrix != null) {
            assertArrayEquals(reference.confusion_matrix, measured.confusionMatrix());
        }
    }

    @Test
    void everyClassHasDeLongsInterval() throws IOException {
        Reference reference = reference("multi_class");
        ClassificationMetrics measured = measure(reference);
        for (int c = 0; c < 4; c++) {
            Estimate auc = measured.perClass().get(c).auc();
            assertArrayEquals(reference.per_class_auc[c], new double[] {auc.value(), auc.low(), auc.high()}, 1e-6);
        }
    }

    @Test
    void multiLabelHasNoConfusionMatrixAndSaysSo() throws IOException {
        ClassificationMetrics measured = measure(reference("multi_label"));
        assertNull(measured.toMap().get("confusion_matrix"));
        assertNull(measured.toMap().get("sensitivity"));
        assertTrue(measured.notes().stream().anyMatch(note -> note.contains("confusion matrix")));
    }

    @Test
    void handWorkedBinary() {
        // Truth n n p p; the positive's probabilities .1 .6 .4 .9: one of each kind of answer.
        float[][] p = {{.9f, .1f}, {.4f, .6f}, {.6f, .4f}, {.1f, .9f}};
        float[][] y = {{1, 0}, {1, 0}, {0, 1}, {0, 1}};
        ClassificationMetrics measured = ClassificationMetrics.of(
            new Predictions(List.of("normal", "lesion"), LabelKind.BINARY, p, y), new DecisionRule(LabelKind.BINARY, 1, 0.5));
        assertEquals(0.5, measured.accuracy());
        assertEquals(0.75, measured.auc().value());
        assertEquals((1 + 2.0 / 3) / 2, measured.averagePrecision(), 1e-12);
        assertEquals((.01 + .36 + .36 + .01) / 4, measured.brier(), 1e-7);
        assertArrayEquals(new int[][] {{1, 1}, {1, 1}}, measured.confusionMatrix());
        assertEquals("lesion", measured.positive());
    }

    @Test
    void anAbsentClassGivesNaNAndASentence() {
        float[][] p = {{.8f, .1f, .1f}, {.2f, .7f, .1f}, {.6f, .3f, .1f}};
        float[][] y = {{1, 0, 0}, {0, 1, 0}, {0, 1, 0}};
        ClassificationMetrics measured = ClassificationMetrics.of(
            new Predictions(List.of("a", "b", "c"), LabelKind.MULTI_CLASS, p, y), DecisionRule.plain(LabelKind.MULTI_CLASS));
        assertEquals(2 / 3.0, measured.accuracy(), 1e-12);
        assertTrue(Double.isNaN(measured.perClass().get(2).recall()));
        assertTrue(Double.isNaN(measured.balancedAccuracy()));
        assertNull(measured.toMap().get("auc"));
        assertEquals((1 * 1.0 + 2 * 0.5) / 3, measured.weighted().recall(), 1e-12);
        assertTrue(measured.notes().stream().anyMatch(note -> note.startsWith("No item is of the class c")));
    }

    @Test
    void oneClassOnlyGivesNaN() {
        ClassificationMetrics measured = ClassificationMetrics.of(new Predictions(List.of("n", "p"), LabelKind.BINARY,
            new float[][] {{.4f, .6f}, {.7f, .3f}}, new float[][] {{0, 1}, {0, 1}}), new DecisionRule(LabelKind.BINARY, 1, 0.5));
        assertEquals(0.5, measured.sensitivity());
        assertTrue(Double.isNaN(measured.specificity()));
        assertTrue(Double.isNaN(measured.auc().value()));
        assertFalse(measured.notes().isEmpty());
    }

    @Test
    void nothingAtAll() {
        ClassificationMetrics measured = ClassificationMetrics.of(new Predictions(List.of("n", "p"), LabelKind.BINARY,
            new float[0][], new float[0][]), new DecisionRule(LabelKind.BINARY, 1, 0.5));
        assertNull(measured.toMap().get("accuracy"));
        assertEquals(List.of("There is no item: no value exists."), measured.notes());
    }

    @Test
    void aNeverPredictedClassHasPrecisionZeroAndASentence() {
        ClassificationMetrics measured = ClassificationMetrics.of(new Predictions(List.of("n", "p"), LabelKind.BINARY,
            new float[][] {{.9f, .1f}, {.7f, .3f}}, new float[][] {{1, 0}, {0, 1}}), new DecisionRule(LabelKind.BINARY, 1, 0.5));
        assertEquals(0, measured.perClass().get(1).precision());
        assertTrue(measured.notes().stream().anyMatch(note -> note.contains("never predicted")));
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThrows(LesionJException.class, () -> new Predictions(List.of("n", "p"), LabelKind.BINARY,
            new float[][] {{Float.NaN, .1f}}, new float[][] {{1, 0}}));
        assertThrows(LesionJException.class, () -> new Predictions(List.of("n", "p"), LabelKind.BINARY,
            new float[][] {{-3f, 4f}}, new float[][] {{1, 0}}));
    }
}
