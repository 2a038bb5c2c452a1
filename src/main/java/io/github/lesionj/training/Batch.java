package io.github.lesionj.training;

/**
 * Items of one step.
 *
 * @param items   their indices
 * @param inputs  [item, height, width, channel]
 * @param targets [item, class]
 */
record Batch(int[] items, float[] inputs, float[] targets) {
}
