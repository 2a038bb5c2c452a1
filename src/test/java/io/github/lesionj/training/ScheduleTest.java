package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.runtime.ScheduleSettings;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static Schedule cosine(double peak, int steps) {
        return new Schedule(ScheduleSettings.cosine(1, peak), steps);
    }

    @Test
    void valuesByHand() {
        // 40 steps: 2 of warm-up, then (step - 1) / 39 of half a cosine
        Schedule schedule = cosine(0.1, 40);
        assertEquals(0.05, schedule.rate(0), 1e-12);
        assertEquals(0.1, schedule.rate(1), 1e-12);
        assertEquals(0.05, cosine(0.1, 41).rate(21), 1e-12);
        assertEquals(0.1 * 0.5 * (1 + Math.cos(Math.PI * 38 / 39)), schedule.rate(39), 1e-12);
        assertEquals(1, cosine(1, 1).rate(0), 1e-12);
    }

    /** 10 epochs of 4 steps. */
    @Test
    void warmUpIsAShareOrEpochsOrNone() {
        Schedule share = new Schedule(new ScheduleSettings(10, 1, 0.2, ScheduleSettings.Shape.CONSTANT, 0), 4);
        assertArrayEquals(new double[] {0.125, 0.875, 1, 1, 1}, rates(share, 0, 6, 7, 8, 39), 1e-12);
        Schedule epochs = new Schedule(new ScheduleSettings(10, 1, 2, ScheduleSettings.Shape.CONSTANT, 0), 4);
        assertArrayEquals(new double[] {0.125, 0.875, 1, 1, 1}, rates(epochs, 0, 6, 7, 8, 39), 1e-12);
        Schedule none = new Schedule(new ScheduleSettings(10, 1, 0, ScheduleSettings.Shape.COSINE, 0), 4);
        assertArrayEquals(new double[] {0.5 * (1 + Math.cos(Math.PI / 41)), 0.5 * (1 + Math.cos(Math.PI * 40 / 41))},
            rates(none, 0, 39), 1e-12);
        // 0.29 * 100 is 28.999999999999996 in binary
        Schedule rounded = new Schedule(new ScheduleSettings(1, 1, 0.29, ScheduleSettings.Shape.CONSTANT, 0), 100);
        assertArrayEquals(new double[] {28.0 / 29, 1}, rates(rounded, 27, 28), 1e-12);
    }

    private static double[] rates(Schedule schedule, int... steps) {
        return Arrays.stream(steps).mapToDouble(schedule::rate).toArray();
    }

    @Test
    void fallsToNearlyZeroAndNeverBelow() {
        Schedule schedule = cosine(1, 1000);
        double[] rates = IntStream.range(0, 1000).mapToDouble(schedule::rate).toArray();
        assertTrue(Arrays.stream(rates).allMatch(rate -> rate > 0 && rate <= 1));
        assertTrue(rates[999] < 1e-5);
        IntStream.range(50, 1000).forEach(i -> assertTrue(rates[i] < rates[i - 1]));
    }

    @Test
    void everyEpochHasAllItemsAndIsFilledFromTheNext() {
        EpochOrder order = new EpochOrder(10, 4, 5);
        int[] first = order.epoch(0);
        int[] second = order.epoch(1);
        assertEquals(3, order.stepsPerEpoch());
        assertEquals(12, first.length);
        assertEquals(10, Arrays.stream(first).limit(10).distinct().count());
        assertEquals(first[10], second[0]);
        assertEquals(first[11], second[1]);
        assertTrue(!Arrays.equals(first, second));
        assertTrue(Arrays.equals(first, new EpochOrder(10, 4, 5).epoch(0)));
        assertEquals(8, new EpochOrder(3, 8, 5).epoch(0).length);
    }
}
