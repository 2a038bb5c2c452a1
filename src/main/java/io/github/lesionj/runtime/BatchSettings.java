package io.github.lesionj.runtime;

/**
 * Which items a step sees.
 *
 * @param batch           items that are in memory at once
 * @param accumulate      batches per step of the optimiser
 * @param sampler         how they are drawn
 * @param samplesPerClass of the balanced sampler; 0 = batch divided by the classes
 * @param mixup           alpha of mix-up (Zhang et al. 2018, arXiv:1710.09412), 0 = off
 */
public record BatchSettings(int batch, int accumulate, Sampler sampler, int samplesPerClass, double mixup) {

    /** How items are drawn. */
    public enum Sampler {
        /** Every item once an epoch, in a new order. */
        SHUFFLE,
        /** As many of each class in every batch. */
        BALANCED
    }

    /** Every item once an epoch, a step for each batch. */
    public static BatchSettings shuffled(int batch) {
        return new BatchSettings(batch, 1, Sampler.SHUFFLE, 0, 0);
    }
}
