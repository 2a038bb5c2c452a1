package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.runtime.TrainingListener.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationTest {

    @Test
    void figuresByHand() {
        float[][] logits = {{2, 0}, {0, 1}, {1, 2}, {100, 99}};
        float[][] targets = {{1, 0}, {0, 1}, {1, 0}, {0, 1}};
        // differences -2, 1, 1, -1; true are the second (1) and the last (-1): pairs 1 > -2, 1 = 1, -1 > -2, -1 < 1
        assertEquals(2.5 / 4, ClassificationJudge.auc(LabelKind.BINARY, logits, targets), 1e-12);
        assertEquals(0.5, ClassificationJudge.accuracy(LabelKind.BINARY, logits, targets), 1e-12);
        assertEquals(6.0 / 8, ClassificationJudge.accuracy(LabelKind.MULTI_LABEL, new float[][] {{2, -1}, {-1, 1}, {1, -2}, {100, 99}},
            new float[][] {{1, 0}, {0, 1}, {0, 1}, {1, 1}}), 1e-12);
    }

    private static Validation validation(double loss, double auc) {
        return new Validation(100, loss, List.of(new Figure("auc", "AUC", auc)));
    }

    @Test
    void betterIsByAucThenByLoss() {
        Validation good = validation(0.5, 0.9);
        assertTrue(validation(0.7, 0.92).betterThan(good));
        assertFalse(validation(0.1, 0.88).betterThan(good));
        assertTrue(validation(0.4, 0.9).betterThan(good));
        assertFalse(good.betterThan(good));
        Validation unknown = validation(0.5, Double.NaN);
        assertTrue(validation(0.4, Double.NaN).betterThan(unknown));
        assertFalse(validation(0.6, Double.NaN).betterThan(unknown));
    }

    /** With 100 items 0.905 and 0.9 are the same; the loss decides. */
    @Test
    void aLuckyOrderDoesNotBeatABetterLoss() {
        Validation calibrated = validation(0.3, 0.9);
        Validation lucky = validation(0.6, 0.905);
        assertFalse(lucky.betterThan(calibrated));
        assertTrue(calibrated.betterThan(lucky));
    }

    @Test
    void remainingTimeInWords() {
        assertEquals("89 s", StepProgress.inWords(89));
        assertEquals("2 min", StepProgress.inWords(100));
        assertEquals("1.5 h", StepProgress.inWords(5400));
    }
}
