package io.github.lesionj.training;

import java.util.Random;

/** Random orders. */
final class Shuffle {

    private Shuffle() {
    }

    /** The numbers from 0 to size - 1 in an order that the seed decides (Fisher and Yates). */
    static int[] of(int size, long seed) {
        Random random = new Random(seed);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
