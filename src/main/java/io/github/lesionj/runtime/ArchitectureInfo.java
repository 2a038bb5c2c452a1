package io.github.lesionj.runtime;

/**
 * An architecture that can be trained.
 *
 * @param id          as the key {@code architecture} takes it
 * @param description one sentence: what it is and when to use it
 * @param family      what it does: {@link #IMAGE}, {@link #DETECTOR}; the attribute {@code family} of its annotation
 */
public record ArchitectureInfo(String id, String description, String family) {

    /** Classifies two-dimensional images. */
    public static final String IMAGE = "image";
    /** Finds boxes on two-dimensional images. */
    public static final String DETECTOR = "detector";
}
