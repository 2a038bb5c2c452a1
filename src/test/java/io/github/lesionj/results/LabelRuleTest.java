package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelRuleTest {

    private static final ItemKey ITEM = ItemKey.of("a.png");
    private static final List<String> TWO = List.of("normal", "pneumonia");
    private static final List<String> THREE = List.of("RBC", "WBC", "Platelets");

    private static LabelRule rule(LabelKind kind, List<String> names, String positive, double threshold) {
        return new LabelRule(kind, names, positive, threshold, Double.NaN);
    }

    @ParameterizedTest
    @CsvSource({"0.2,pneumonia,0.2", "0.3,pneumonia,0.3", "0.19,normal,0.81", "0.9,pneumonia,0.9"})
    void binaryThresholdSpeaksOfThePositiveClass(double positive, String label, double probability) {
        Classification row = rule(LabelKind.BINARY, TWO, "pneumonia", 0.2).classify(ITEM, new double[] {1 - positive, positive}, null);
        assertEquals(label, row.label());
        assertEquals(probability, row.probability(), 1e-12);
    }

    @Test
    void exclusiveProbabilitiesMustSumToOne() {
        String sentence = assertThrows(LesionJException.class,
            () -> rule(LabelKind.MULTI_CLASS, THREE, null, Double.NaN).classify(ITEM, new double[] {0.9, 0.4, 0.1}, null)).getMessage();
        assertTrue(sentence.contains("a.png sum to 1.4000"), sentence);
        rule(LabelKind.MULTI_CLASS, THREE, null, Double.NaN).classify(ITEM, new double[] {0.333, 0.333, 0.333}, null);
        rule(LabelKind.MULTI_LABEL, THREE, null, Double.NaN).classify(ITEM, new double[] {0.9, 0.4, 0.1}, null);
    }

    @Test
    void positiveMayBeTheFirstClass() {
        Classification row = rule(LabelKind.BINARY, TWO, "normal", 0.7).classify(ITEM, new double[] {0.6, 0.4}, null);
        assertEquals("pneumonia", row.label());
        assertEquals(0.4, row.probability());
    }

    @Test
    void argmaxTakesTheFirstOfEqualOnes() {
        assertEquals("normal", rule(LabelKind.BINARY, TWO, null, Double.NaN).classify(ITEM, new double[] {0.5, 0.5}, null).label());
        assertEquals("WBC", rule(LabelKind.MULTI_CLASS, THREE, null, Double.NaN)
            .classify(ITEM, new double[] {0.2, 0.4, 0.4}, null).label());
    }

    @Test
    void multiLabelGivesSeveralOrNone() {
        LabelRule rule = rule(LabelKind.MULTI_LABEL, THREE, null, Double.NaN);
        Classification several = rule.classify(ITEM, new double[] {0.9, 0.1, 0.5}, List.of("WBC"));
        assertEquals("RBC;Platelets", several.label());
        assertEquals(0.9, several.probability());
        assertEquals(List.of("WBC"), several.truth());
        Classification none = rule.classify(ITEM, new double[] {0.4, 0.1, 0.49}, null);
        assertEquals("", none.label());
        assertTrue(Double.isNaN(none.probability()));
        assertEquals("RBC", rule(LabelKind.MULTI_LABEL, THREE, null, 0.8).classify(ITEM, new double[] {0.9, 0.1, 0.5}, null).label());
    }

    @Test
    void abstains() {
        LabelRule rule = new LabelRule(LabelKind.BINARY, TWO, null, Double.NaN, 0.8);
        assertEquals(false, rule.classify(ITEM, new double[] {0.7, 0.3}, null).confident());
        assertEquals(true, rule.classify(ITEM, new double[] {0.2, 0.8}, null).confident());
        assertNull(rule(LabelKind.BINARY, TWO, null, Double.NaN).classify(ITEM, new double[] {0.7, 0.3}, null).confident());
        LabelRule late = new LabelRule(LabelKind.BINARY, TWO, TWO.get(1), 0.95, 0.9);
        assertEquals(false, late.classify(ITEM, new double[] {0.08, 0.92}, null).confident(), "labelled the less probable class");
        LabelRule several = new LabelRule(LabelKind.MULTI_LABEL, THREE, null, Double.NaN, 0.8);
        assertEquals(true, several.classify(ITEM, new double[] {0.01, 0.01, 0.01}, null).confident(), "surely none");
        assertEquals(false, several.classify(ITEM, new double[] {0.99, 0.5, 0.01}, null).confident(), "one is open");
    }

    @Test
    void refusesWhatIsNoProbability() {
        LabelRule rule = rule(LabelKind.BINARY, TWO, null, Double.NaN);
        for (double bad : new double[] {Double.NaN, -0.1, 1.5}) {
            String message = assertThrows(LesionJException.class, () -> rule.classify(ITEM, new double[] {bad, 0.5}, null)).getMessage();
            assertTrue(message.contains("a.png"), message);
        }
        assertThrows(LesionJException.class, () -> rule.classify(ITEM, new double[] {1}, null));
    }

    @Test
    void refusesAThresholdThatSpeaksOfNothing() {
        assertThrows(UsageException.class, () -> rule(LabelKind.BINARY, TWO, null, 0.5));
        assertThrows(UsageException.class, () -> rule(LabelKind.BINARY, TWO, "lesion", 0.5));
        assertThrows(UsageException.class, () -> rule(LabelKind.MULTI_CLASS, THREE, "WBC", 0.5));
    }
}
