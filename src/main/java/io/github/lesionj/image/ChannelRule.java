package io.github.lesionj.image;

/** How an image's channels become those of the network; a channel is never dropped silently. */
public enum ChannelRule {
    /** One channel; an RGB image becomes grey by Rec. 601 (0.299 R + 0.587 G + 0.114 B). */
    GREY,
    /** Three channels; a grey image is repeated three times. */
    RGB,
    /** As many channels as the network takes, in the image's order; any other number is refused. */
    EXACT
}
