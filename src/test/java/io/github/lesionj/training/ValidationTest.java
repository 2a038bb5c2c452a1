package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import org.junit.jupiter.api.Test;

class ValidationTest {

    @Test
    void figuresByHand() {
        float[][] logits = {{2, 0}, {0, 1}, {1, 2}, {100, 99}};
        float[][] targets = {{1, 0}, {0, 1}, {1, 0}, {0, 1}};
        // differences -2, 1, 1, -1; true are the second (1) and the last (-1): pairs 1 > -2, 1 = 1, -1 > -2, -1 < 1
        assertEquals(2.5 / 4, Validation.auc(LabelKind.BINARY, logits, targets), 1e-12);
        assertEquals(0.5, Validation.accuracy(LabelKind.BINARY, logits, targets), 1e-12);
        assertEquals(6.0 / 8, Validation.accuracy(LabelKind.MULTI_LABEL, new float[][] {{2, -1}, {-1, 1}, {1, -2}, {100, 99}},
            new float[][] {{1, 0}, {0, 1}, {0, 1}, {1, 1}}), 1e-12);
    }

    @Test
    void betterIsByAucThenByLoss() {
        Validation good = new Validation(100, 0.5, 0.9, 0.8);
        assertTrue(new Validation(100, 0.7, 0.92, 0.1).betterThan(good));
        assertFalse(new Validation(100, 0.1, 0.88, 1).betterThan(good));
        assertTrue(new Validation(100, 0.4, 0.9, 0.8).betterThan(good));
        assertFalse(good.betterThan(good));
        Validation unknown = new Validation(100, 0.5, Double.NaN, 0.9);
        assertTrue(new Validation(100, 0.4, Double.NaN, 0.8).betterThan(unknown));
        assertFalse(new Validation(100, 0.6, Double.NaN, 0.8).betterThan(unknown));
    }

    /** With 100 items 0.905 and 0.9 are the same; the loss decides. */
    @Test
    void aLuckyOrderDoesNotBeatABetterLoss() {
        Validation calibrated = new Validation(100, 0.3, 0.9, 0.9);
        Validation lucky = new Validation(100, 0.6, 0.905, 0.7);
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
