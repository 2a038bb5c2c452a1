package io.github.lesionj.training;

import java.util.Random;

/**
 * Mixes each item of a batch with another one of it, pixels and targets alike (Zhang et al. 2018, arXiv:1710.09412): one share
 * for the batch, drawn from the beta distribution.
 *
 * @param alpha both parameters of the distribution; small ones mix little
 */
record MixUp(double alpha) {

    /** Mixes in place; the seed decides share and partners. */
    void apply(Batch batch, long seed) {
        Random random = new Random(seed);
        float share = (float) BetaDraw.of(alpha, random);
        int items = batch.items().length;
        int[] partner = Shuffle.of(items, random.nextLong());
        mix(batch.inputs(), items, partner, share);
        mix(batch.targets(), items, partner, share);
    }

    private static void mix(float[] values, int items, int[] partner, float share) {
        float[] before = values.clone();
        int size = values.length / items;
        for (int item = 0; item < items; item++) {
            int own = item * size;
            int other = partner[item] * size;
            for (int i = 0; i < size; i++) {
                values[own + i] = share * before[own + i] + (1 - share) * before[other + i];
            }
        }
    }
}
