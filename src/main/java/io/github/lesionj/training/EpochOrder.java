package io.github.lesionj.training;

import io.github.lesionj.network.Seeds;

/**
 * Every epoch is a new shuffle of all items, and its last step is filled up from the next epoch's shuffle, so that all steps
 * have one size.
 */
final class EpochOrder implements ItemOrder {

    private final int items;
    private final int stepSize;
    private final long seed;

    EpochOrder(int items, int stepSize, long seed) {
        this.items = items;
        this.stepSize = stepSize;
        this.seed = seed;
    }

    @Override
    public int stepSize() {
        return stepSize;
    }

    @Override
    public int stepsPerEpoch() {
        return (items + stepSize - 1) / stepSize;
    }

    @Override
    public int[] epoch(int epoch) {
        int[] all = new int[stepsPerEpoch() * stepSize];
        for (int filled = 0, e = epoch; filled < all.length; e++) {
            int[] order = Shuffle.of(items, Seeds.mix(seed, e));
            int taken = Math.min(items, all.length - filled);
            System.arraycopy(order, 0, all, filled, taken);
            filled += taken;
        }
        return all;
    }
}
