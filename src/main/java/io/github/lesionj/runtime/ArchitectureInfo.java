package io.github.lesionj.runtime;

/**
 * An architecture that can be trained.
 *
 * @param id          as the key {@code architecture} takes it
 * @param description one sentence: what it is and when to use it
 * @param family      {@code image} for two-dimensional images
 */
public record ArchitectureInfo(String id, String description, String family) {
}
