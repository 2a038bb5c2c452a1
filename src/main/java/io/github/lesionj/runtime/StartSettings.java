package io.github.lesionj.runtime;

import java.nio.file.Path;

/**
 * What a training begins with, and what it may change of it.
 *
 * @param initialWeights file of weights to start from, or null for weights at random
 * @param backboneFrozen whether everything but the head stays as it is, with its batch statistics
 * @param backboneRate   learning rate of everything but the head, as a factor of the head's
 */
public record StartSettings(Path initialWeights, boolean backboneFrozen, double backboneRate) {

    /** From weights at random. */
    public static final StartSettings AT_RANDOM = from(null);

    /** From weights that are all trained on. */
    public static StartSettings from(Path weights) {
        return new StartSettings(weights, false, 1);
    }
}
