package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixUpTest {

    private static final int DRAWS = 20_000;

    /** A pixel is its item's number, and so is the class. */
    private static Batch batch(int items) {
        float[] inputs = new float[items * 2];
        float[] targets = new float[items * items];
        for (int i = 0; i < items; i++) {
            inputs[2 * i] = i;
            inputs[2 * i + 1] = 10 * i;
            targets[i * items + i] = 1;
        }
        return new Batch(IntStream.range(0, items).toArray(), inputs, targets);
    }

    @Test
    void pixelsAndTargetsAreMixedAlike() {
        Batch mixed = batch(4);
        new MixUp(0.4).apply(mixed, 3);
        boolean changed = false;
        for (int i = 0; i < 4; i++) {
            float[] target = Arrays.copyOfRange(mixed.targets(), 4 * i, 4 * i + 4);
            double pixel = target[1] + 2 * target[2] + 3 * target[3];
            assertEquals(1, target[0] + target[1] + target[2] + target[3], 1e-6);
            assertEquals(pixel, mixed.inputs()[2 * i], 1e-5);
            assertEquals(10 * pixel, mixed.inputs()[2 * i + 1], 1e-4);
            assertTrue(target[i] > 0 || pixel != i);
            changed |= target[i] < 1;
        }
        assertTrue(changed);
    }

    @Test
    void theSeedDecidesShareAndPartners() {
        Batch first = batch(6);
        Batch second = batch(6);
        Batch other = batch(6);
        new MixUp(1).apply(first, 3);
        new MixUp(1).apply(second, 3);
        new MixUp(1).apply(other, 4);
        assertArrayEquals(first.inputs(), second.inputs());
        assertArrayEquals(first.targets(), second.targets());
        assertFalse(Arrays.equals(first.inputs(), other.inputs()));
    }

    /** Mean 1/2 and variance 1 / (4 (2 alpha + 1)); of the uniform distribution, alpha 1, also the quarter of the values. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.2, 0.5, 1, 2, 10})
    void sharesAreBetaDistributed(double alpha) {
        Random random = new Random(1);
        double[] draws = IntStream.range(0, DRAWS).mapToDouble(i -> BetaDraw.of(alpha, random)).toArray();
        double mean = Arrays.stream(draws).average().getAsDouble();
        double variance = Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).average().getAsDouble();
        assertTrue(Arrays.stream(draws).allMatch(x -> x >= 0 && x <= 1));
        // five standard errors: of the mean sqrt(variance / n), of the variance at most 0.25 / sqrt(n)
        assertEquals(0.5, mean, 5 * 0.5 / Math.sqrt(DRAWS));
        assertEquals(1 / (4 * (2 * alpha + 1)), variance, 5 * 0.25 / Math.sqrt(DRAWS));
        if (alpha == 1) {
            assertEquals(0.25, Arrays.stream(draws).filter(x -> x < 0.25).count() / (double) DRAWS, 0.016);
        }
    }
}
