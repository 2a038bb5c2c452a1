package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void valuesByHand() {
        // 40 steps: 2 of warm-up, then (step - 1) / 39 of half a cosine
        Schedule schedule = new Schedule(0.1, 40);
        assertEquals(0.05, schedule.rate(0), 1e-12);
        assertEquals(0.1, schedule.rate(1), 1e-12);
        assertEquals(0.05, new Schedule(0.1, 41).rate(21), 1e-12);
        assertEquals(0.1 * 0.5 * (1 + Math.cos(Math.PI * 38 / 39)), schedule.rate(39), 1e-12);
        assertEquals(1, new Schedule(1, 1).rate(0), 1e-12);
    }

    @Test
    void fallsToNearlyZeroAndNeverBelow() {
        Schedule schedule = new Schedule(1, 1000);
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
