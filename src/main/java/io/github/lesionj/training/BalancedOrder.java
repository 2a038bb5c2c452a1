package io.github.lesionj.training;

import io.github.lesionj.network.Seeds;
import io.github.lesionj.runtime.TrainingData;

/**
 * Every batch holds as many items of each class. A class's items are drawn without repetition until all were taken, then
 * shuffled anew; so a small class comes round several times in an epoch, and a large one may need several epochs. An epoch
 * has as many steps as are needed to draw as many items as there are.
 */
final class BalancedOrder implements ItemOrder {

    private final int[][] itemsOf;
    private final int items;
    private final int samplesPerClass;
    private final int batches;
    private final long seed;

    /**
     * An order for items with one label each, of which every class has at least one.
     *
     * @param batches of a step
     */
    BalancedOrder(TrainingData data, ClassCounts counts, int samplesPerClass, int batches, long seed) {
        this.itemsOf = itemsOf(data, counts);
        this.items = data.trainingSize();
        this.samplesPerClass = samplesPerClass;
        this.batches = batches;
        this.seed = seed;
    }

    private static int[][] itemsOf(TrainingData data, ClassCounts counts) {
        int[][] itemsOf = new int[counts.classes()][];
        int[] found = new int[itemsOf.length];
        for (int c = 0; c < itemsOf.length; c++) {
            itemsOf[c] = new int[counts.of(c)];
        }
        for (int i = 0; i < data.trainingSize(); i++) {
            float[] target = data.trainingTarget(i);
            for (int c = 0; c < itemsOf.length; c++) {
                if (target[c] > 0.5f) {
                    itemsOf[c][found[c]++] = i;
                }
            }
        }
        return itemsOf;
    }

    @Override
    public int stepSize() {
        return itemsOf.length * samplesPerClass * batches;
    }

    @Override
    public int stepsPerEpoch() {
        return (items + stepSize() - 1) / stepSize();
    }

    /** Batch after batch; within one, class after class. */
    @Override
    public int[] epoch(int epoch) {
        int number = stepsPerEpoch() * batches;
        int[] all = new int[number * itemsOf.length * samplesPerClass];
        for (int c = 0; c < itemsOf.length; c++) {
            int[] drawn = draw(c, (long) epoch * number * samplesPerClass, number * samplesPerClass);
            for (int i = 0; i < drawn.length; i++) {
                int batch = i / samplesPerClass;
                all[(batch * itemsOf.length + c) * samplesPerClass + i % samplesPerClass] = drawn[i];
            }
        }
        return all;
    }

    /** Some items of a class's endless row of shuffles. */
    private int[] draw(int index, long first, int count) {
        int[] own = itemsOf[index];
        int[] drawn = new int[count];
        int[] order = null;
        for (int i = 0; i < count; i++) {
            int position = (int) ((first + i) % own.length);
            if (order == null || position == 0) {
                order = Shuffle.of(own.length, Seeds.mix(Seeds.mix(seed, index), (first + i) / own.length));
            }
            drawn[i] = own[order[position]];
        }
        return drawn;
    }
}
