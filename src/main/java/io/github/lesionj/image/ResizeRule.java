package io.github.lesionj.image;

/** How an image is brought to the network's size; all three resample bilinearly with antialiasing, as Pillow does. */
public enum ResizeRule {
    /** Width and height each to the network's: the whole image is seen, its proportions change. */
    STRETCH,
    /** The longer edge to the network's, the rest padded with 0 after normalisation: the whole image, its proportions kept. */
    LETTERBOX,
    /** The central square of the short edge, then resized, as MedMNIST was made: what lies outside is not seen. */
    CROP
}
