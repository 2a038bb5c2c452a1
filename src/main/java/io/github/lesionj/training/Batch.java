package io.github.lesionj.training;

/**
 * Items of one step.
 *
 * @param items   their indices
 * @param inputs  [item, height, width, channel]
 * @param targets [item, value], as the criterion takes them
 */
record Batch(int[] items, float[] inputs, float[] targets) {
}
