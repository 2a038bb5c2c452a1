package io.github.lesionj.image;

/**
 * An image made ready for a network.
 *
 * @param values    height * width * channels values, channel fastest (HWC)
 * @param placement where the network's view lies on the image
 */
public record NetworkInput(float[] values, Placement placement) {
}
