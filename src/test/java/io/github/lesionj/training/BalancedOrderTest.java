package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The balanced sampler, and what is said of every sampler. */
class BalancedOrderTest {

    /** Items of three classes in turn until one has no more. */
    private static ArrayData data(int... counts) {
        List<float[]> targets = new ArrayList<>();
        for (int round = 0; round < Arrays.stream(counts).max().getAsInt(); round++) {
            for (int c = 0; c < counts.length; c++) {
                if (round < counts[c]) {
                    float[] target = new float[counts.length];
                    target[c] = 1;
                    targets.add(target);
                }
            }
        }
        List<float[]> images = targets.stream().map(target -> new float[1]).toList();
        return new ArrayData(images, targets, images, targets);
    }

    private static int classOf(ArrayData data, int item) {
        float[] target = data.targets().get(item);
        return IntStream.range(0, target.length).filter(c -> target[c] == 1).findFirst().getAsInt();
    }

    private static BalancedOrder order(ArrayData data, int classes, int samplesPerClass, int batches, long seed) {
        return new BalancedOrder(data, ClassCounts.of(data, classes), samplesPerClass, batches, seed);
    }

    @Test
    void everyBatchHoldsAsManyOfEachClass() {
        ArrayData data = data(23, 7, 2);
        BalancedOrder order = order(data, 3, 4, 1, 5);
        assertEquals(12, order.stepSize());
        assertEquals(3, order.stepsPerEpoch(), "32 items in batches of 12");
        for (int epoch = 0; epoch < 4; epoch++) {
            int[] items = order.epoch(epoch);
            assertEquals(36, items.length);
            for (int batch = 0; batch < 3; batch++) {
                int[] found = new int[3];
                Arrays.stream(items, batch * 12, batch * 12 + 12).forEach(item -> found[classOf(data, item)]++);
                assertArrayEquals(new int[] {4, 4, 4}, found);
            }
        }
    }

    @Test
    void noItemComesAgainBeforeAllOfItsClassCame() {
        ArrayData data = data(23, 7, 2);
        BalancedOrder order = order(data, 3, 4, 1, 5);
        Map<Integer, List<Integer>> rows = new HashMap<>();
        for (int epoch = 0; epoch < 10; epoch++) {
            Arrays.stream(order.epoch(epoch)).forEach(item -> rows.computeIfAbsent(classOf(data, item), c -> new ArrayList<>()).add(item));
        }
        int[] sizes = {23, 7, 2};
        for (int c = 0; c < 3; c++) {
            List<Integer> row = rows.get(c);
            assertEquals(120, row.size());
            List<List<Integer>> passes = new ArrayList<>();
            for (int from = 0; from + sizes[c] <= row.size(); from += sizes[c]) {
                passes.add(row.subList(from, from + sizes[c]));
                assertEquals(sizes[c], new HashSet<>(passes.get(passes.size() - 1)).size(), "class " + c + " from " + from);
            }
            assertTrue(new HashSet<>(passes).size() > 1, "each pass is another shuffle");
        }
    }

    @Test
    void anEpochIsAFunctionOfTheSeedAlone() {
        ArrayData data = data(23, 7, 2);
        assertArrayEquals(order(data, 3, 4, 1, 5).epoch(6), order(data, 3, 4, 1, 5).epoch(6));
        assertFalse(Arrays.equals(order(data, 3, 4, 1, 5).epoch(6), order(data, 3, 4, 1, 6).epoch(6)));
        assertFalse(Arrays.equals(order(data, 3, 4, 1, 5).epoch(6), order(data, 3, 4, 1, 5).epoch(7)));
    }

    @Test
    void aStepOfSeveralBatches() {
        ArrayData data = data(23, 7, 2);
        BalancedOrder order = order(data, 3, 2, 3, 5);
        assertEquals(18, order.stepSize());
        assertEquals(2, order.stepsPerEpoch());
        int[] items = order.epoch(1);
        for (int batch = 0; batch < 6; batch++) {
            int[] found = new int[3];
            Arrays.stream(items, batch * 6, batch * 6 + 6).forEach(item -> found[classOf(data, item)]++);
            assertArrayEquals(new int[] {2, 2, 2}, found);
        }
    }

    private static Sampling sampling(ArrayData data, int classes, BatchSettings batches) {
        TrainingPlan plan = Plans.with(Plans.of(Path.of("."), 1, classes, LabelKind.MULTI_CLASS, 1, 0.1, Map.of()), batches);
        return new Sampling(plan, data, ClassCounts.of(data, classes));
    }

    private static BatchSettings balanced(int batch, int accumulate, int samplesPerClass) {
        return new BatchSettings(batch, accumulate, BatchSettings.Sampler.BALANCED, samplesPerClass, 0);
    }

    @Test
    void whatBatchesCameToIsSaid() {
        ArrayData data = data(23, 7, 2);
        assertEquals(List.of("Every batch holds 2 images of each of 3 classes, 6 in place of batch=8; an epoch has 6 batches."),
            sampling(data, 3, balanced(8, 1, 0)).remarks());
        assertEquals(List.of("Every batch holds 2 images of each of 3 classes, 6; an epoch has 6 batches."),
            sampling(data, 3, balanced(6, 1, 2)).remarks());
        assertEquals(List.of("Every batch holds 1 images of each of 3 classes, 3 in place of batch=2; an epoch has 11 batches."),
            sampling(data, 3, balanced(2, 1, 0)).remarks());
        assertEquals(List.of("Every batch holds 2 images of each of 3 classes, 6; an epoch has 6 batches.",
            "A step takes 3 batches, 18 images; an epoch has 2 steps."), sampling(data, 3, balanced(6, 3, 0)).remarks());
        assertEquals(List.of(), sampling(data, 3, BatchSettings.shuffled(32)).remarks());
    }

    @Test
    void samplesOfAClassThatRepeatAreSaid() {
        List<String> said = sampling(data(23, 7, 2), 3, balanced(8, 1, 7)).remarks();
        assertEquals(2, said.size());
        assertEquals("The class odd has 2 images, fewer than samples_per_class=7: they are shuffled again when all were drawn, and stand "
            + "several times in one batch.", said.get(1));
    }

    @Test
    void aBatchLargerThanTheDataIsSaid() {
        Sampling sampling = sampling(data(5, 5), 2, BatchSettings.shuffled(32));
        assertEquals(List.of("A step takes 32 images and there are 10 for training: they are shuffled again when all were drawn, and some "
            + "stand several times in one step."), sampling.remarks());
        assertEquals(1, sampling.order().stepsPerEpoch());
        assertEquals(32, sampling.order().epoch(0).length);
        assertEquals(10, Arrays.stream(sampling.order().epoch(0)).distinct().count());
    }

    @Test
    void aClassWithoutImagesCannotBeDrawn() {
        assertTrue(assertThrows(UsageException.class, () -> sampling(data(4, 0, 3), 3, balanced(8, 1, 0))).getMessage()
            .startsWith("sampler=balanced cannot draw images of the class bright:"));
    }
}
