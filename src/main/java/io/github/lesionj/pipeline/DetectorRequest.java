package io.github.lesionj.pipeline;

/**
 * How a detector that is trained sees its images.
 *
 * @param size      of the input: {@code auto}, a number of px, or {@code WIDTHxHEIGHT}
 * @param scale     px of the input for a px of an image: {@code auto}, {@code fit} or a number
 * @param anchors   {@code auto} or the architecture's own text; empty = its default
 */
public record DetectorRequest(String size, String scale, String anchors) {
}
