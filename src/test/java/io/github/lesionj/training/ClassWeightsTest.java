package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.LossPlan;
import io.github.lesionj.runtime.ClassWeighting;
import io.github.lesionj.runtime.LossSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights by hand. */
class ClassWeightsTest {

    private static float[] weights(String key, LabelKind kind, ClassCounts counts) {
        return ClassWeights.of(ClassWeighting.parse(key), kind, counts);
    }

    @Test
    void inverseIsScikitLearnsBalanced() {
        // 40 items: 40 / (2 * 10) and 40 / (2 * 30)
        assertArrayEquals(new float[] {2, 2f / 3}, weights("inverse", LabelKind.BINARY, ClassCounts.of(40, 10, 30)), 1e-6f);
        assertArrayEquals(new float[] {1, 1, 1}, weights("inverse", LabelKind.MULTI_CLASS, ClassCounts.of(9, 3, 3, 3)), 1e-6f);
    }

    @Test
    void effectiveNumbersAreCuis() {
        // (1 - 0.999^n) / 0.001: 1 for one item, 1.999 for two; weights 1 and 1 / 1.999, scaled to the sum 2
        double second = 1 / 1.999;
        float[] found = weights("effective", LabelKind.BINARY, ClassCounts.of(3, 1, 2));
        assertArrayEquals(new float[] {(float) (2 / (1 + second)), (float) (2 * second / (1 + second))}, found, 1e-6f);
        // of many items the effective number ends at 1000
        float[] many = weights("effective", LabelKind.BINARY, ClassCounts.of(300_000, 100_000, 200_000));
        assertArrayEquals(new float[] {1, 1}, many, 1e-6f);
    }

    @Test
    void severalLabelsWeighWhatIsPresent() {
        assertArrayEquals(new float[] {9, 1, 0.1f, 10}, weights("inverse", LabelKind.MULTI_LABEL, ClassCounts.of(10, 1, 5, 10, 0)), 1e-6f);
        float[] effective = weights("effective", LabelKind.MULTI_LABEL, ClassCounts.of(3, 1, 2));
        assertArrayEquals(new float[] {1.999f, (float) (1 / 1.999)}, effective, 1e-6f);
    }

    @Test
    void noneAndGiven() {
        assertEquals(0, weights("none", LabelKind.BINARY, ClassCounts.of(3, 1, 2)).length);
        assertArrayEquals(new float[] {0.5f, 3}, weights(" 0.5, 3 ", LabelKind.BINARY, ClassCounts.of(3, 1, 2)), 0);
    }

    @Test
    void balancedMeansInverseWhereNothingElseIsAskedFor() {
        ClassCounts counts = ClassCounts.of(40, 10, 30);
        LossSettings balanced = new LossSettings(LossSettings.Kind.BALANCED, List.of(), 2, ClassWeighting.NONE, 0);
        assertEquals(0, ClassWeights.plan(balanced, LabelKind.BINARY, counts).gamma());
        assertArrayEquals(new float[] {2, 2f / 3}, ClassWeights.plan(balanced, LabelKind.BINARY, counts).weights(), 1e-6f);
        LossSettings given = new LossSettings(LossSettings.Kind.BALANCED, List.of(), 2, ClassWeighting.parse("1,5"), 0);
        assertArrayEquals(new float[] {1, 5}, ClassWeights.plan(given, LabelKind.BINARY, counts).weights(), 0);
        LossPlan focal = ClassWeights.plan(new LossSettings(LossSettings.Kind.FOCAL, LossSettings.alpha("0.25"), 3, ClassWeighting.NONE,
            0.1), LabelKind.BINARY, counts);
        assertEquals(3, focal.gamma());
        assertArrayEquals(new float[] {0.25f}, focal.alpha(), 0);
        assertEquals(0.1, focal.smoothing());
        assertEquals(0, ClassWeights.plan(LossSettings.crossEntropy(0), LabelKind.BINARY, counts).gamma());
    }

    @ParameterizedTest
    @ValueSource(strings = {"often", "1,", "1;2", "-1,2", "NaN,1", "0,5e999", "1,2,x"})
    void whatIsNoListOfNumbersIsRefused(String text) {
        String said = assertThrows(UsageException.class, () -> ClassWeighting.parse(text)).getMessage();
        assertTrue(said.startsWith("class_weights=" + text + " cannot be read at \"") && said.contains("none, inverse, effective"), said);
        assertTrue(assertThrows(UsageException.class, () -> LossSettings.alpha(text)).getMessage().startsWith("focal_alpha=" + text));
    }
}
