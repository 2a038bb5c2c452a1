package io.github.lesionj.image;

/**
 * Everything between an image and one item of a network's input batch.
 *
 * @param width     of the network's input in px
 * @param height    of the network's input in px
 * @param channels  number of channels of the network's input
 * @param channel   how channels are matched
 * @param intensity how values are scaled
 * @param resize    how the size is reached
 */
public record InputRule(int width, int height, int channels, ChannelRule channel, IntensityRule intensity, ResizeRule resize) {
}
