package io.github.lesionj.modelpackage;

/**
 * How a detector is to be used.
 *
 * @param scale         px of the network's input for each px of an image, as it was trained; NaN: whole images are fitted into the input
 * @param umPerPx       of the network's input, where the training images were calibrated alike; else NaN. It decides the scale of
 *                      calibrated images
 * @param nms           IoU above which two boxes of a class are one, 0..1
 * @param maxDetections boxes that an image of the network's size has at most
 * @param smallest      edge of small objects (5th percentile of the longer edges) in px of the network's input; NaN = not known
 * @param largest       edge of large ones (99th percentile), likewise
 */
public record DetectionRule(double scale, double umPerPx, double nms, int maxDetections, double smallest, double largest) {

    /** Where nobody says otherwise. */
    public static final double NMS = 0.5;
    /** Where nobody says otherwise. */
    public static final int MAX_DETECTIONS = 300;

    /**
     * Px of the network's input for a px of an image, across and down; not for a detector that fits whole images.
     *
     * @param um size of the image's pixels, across and down, NaN where it is not known
     * @return NaN where the size must be known and is not
     */
    public double[] scales(double[] um) {
        return Double.isNaN(umPerPx) ? new double[] {scale, scale} : new double[] {um[0] / umPerPx, um[1] / umPerPx};
    }

    /** Whether images are fitted into the input as a whole, and have no scale of their own. */
    public boolean fitsWhole() {
        return Double.isNaN(scale) && Double.isNaN(umPerPx);
    }
}
