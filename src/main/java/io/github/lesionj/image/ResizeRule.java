package io.github.lesionj.image;

/** How an image is brought to the network's size; all three resample bilinearly with antialiasing, as Pillow does. */
public enum ResizeRule {
    /** Width and height each to the network's: the whole image is seen, its proportions change. */
    STRETCH,
    /**
     * The longer edge to the network's, the rest padded with 0 after normalisation: the whole image, its proportions kept.
     * The other edge is rounded to whole pixels; an odd number of padding pixels has the larger half at the right or bottom.
     */
    LETTERBOX,
    /**
     * The central square of the short edge, then resized, as MedMNIST was made: what lies outside is not seen. For a network
     * that is not square, the largest central part with its proportions, in whole pixels. Where an odd number of pixels is
     * left out, the larger half is at the right or bottom.
     */
    CROP
}
