package io.github.lesionj.training;

import io.github.lesionj.network.Seeds;
import java.util.Random;

/**
 * Which items each step takes: every epoch is a new shuffle of all items, and its last batch is filled up from the next
 * epoch's shuffle, so that all batches have one size.
 */
final class EpochOrder {

    private final int items;
    private final int batch;
    private final long seed;

    EpochOrder(int items, int batch, long seed) {
        this.items = items;
        this.batch = batch;
        this.seed = seed;
    }

    int stepsPerEpoch() {
        return (items + batch - 1) / batch;
    }

    /**
     * Items of all steps of an epoch, one after the other.
     *
     * @param epoch from 0
     */
    int[] epoch(int epoch) {
        int[] all = new int[stepsPerEpoch() * batch];
        for (int filled = 0, e = epoch; filled < all.length; e++) {
            int[] order = shuffle(e);
            int taken = Math.min(items, all.length - filled);
            System.arraycopy(order, 0, all, filled, taken);
            filled += taken;
        }
        return all;
    }

    private int[] shuffle(int epoch) {
        Random random = new Random(Seeds.mix(seed, epoch));
        int[] order = new int[items];
        for (int i = 0; i < items; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
