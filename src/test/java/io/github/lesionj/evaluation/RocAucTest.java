package io.github.lesionj.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RocAucTest {

    @Test
    void valuesByHand() {
        boolean[] positive = {false, false, true, true};
        assertEquals(0.75, RocAuc.binary(new double[] {0.1, 0.4, 0.35, 0.8}, positive), 1e-15);
        assertEquals(1.0, RocAuc.binary(new double[] {-5, -4, 2, 3}, positive), 1e-15);
        assertEquals(0.0, RocAuc.binary(new double[] {3, 2, 1, 0}, positive), 1e-15);
        // pairs: (0.5, 0.5) one half, (0.5, 0.9) one, (0.2, 0.5) one, (0.2, 0.9) one
        assertEquals(3.5 / 4, RocAuc.binary(new double[] {0.5, 0.2, 0.5, 0.9}, positive), 1e-15);
        assertEquals(0.5, RocAuc.binary(new double[] {1, 1, 1, 1}, positive), 1e-15);
        assertEquals(0.5, RocAuc.binary(new double[] {0.0, -0.0, 0.0, -0.0}, positive), 1e-15);
    }

    @Test
    void doesNotExistForOneClassOrNaN() {
        assertTrue(Double.isNaN(RocAuc.binary(new double[] {1, 2}, new boolean[] {true, true})));
        assertTrue(Double.isNaN(RocAuc.binary(new double[] {1, 2}, new boolean[] {false, false})));
        assertTrue(Double.isNaN(RocAuc.binary(new double[0], new boolean[0])));
        assertTrue(Double.isNaN(RocAuc.binary(new double[] {Double.NaN, 2}, new boolean[] {false, true})));
    }

    @Test
    void equalsTheCountOfPairs() {
        Random random = new Random(3);
        double[] scores = random.ints(60, 0, 12).asDoubleStream().toArray();
        boolean[] positive = new boolean[60];
        double won = 0;
        long pairs = 0;
        for (int i = 0; i < 60; i++) {
            positive[i] = random.nextInt(3) == 0;
        }
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 60; j++) {
                if (positive[i] && !positive[j]) {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        assertEquals(won / pairs, RocAuc.binary(scores, positive), 1e-12);
    }

    @Test
    void macroIsTheMeanOverClasses() {
        float[][] scores = {{0.7f, 0.2f, 0.1f}, {0.3f, 0.6f, 0.1f}, {0.4f, 0.1f, 0.5f}, {0.2f, 0.5f, 0.3f}};
        float[][] targets = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
        // class 0: true 0.7 and 0.2 against 0.3, 0.4: 2 of 4; class 1: 0.6 over all; class 2: 0.5 over all
        assertEquals((0.5 + 1 + 1) / 3, RocAuc.macro(scores, targets), 1e-12);
        float[][] withoutLast = {{1, 0, 0}, {0, 1, 0}, {0, 1, 0}, {1, 0, 0}};
        assertTrue(Double.isNaN(RocAuc.macro(scores, withoutLast)));
        assertTrue(Double.isNaN(RocAuc.macro(new float[0][], new float[0][])));
    }
}
