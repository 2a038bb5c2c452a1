package io.github.lesionj.modelpackage;

import java.util.Map;

/**
 * How to call a SavedModel.
 *
 * @param key        of the signature, mostly {@code serving_default}
 * @param input      the signature's name of the image input
 * @param inputShape of one item as the graph wants it, [height, width, channels], or flattened [height * width * channels]
 * @param outputs    role to the signature's output name: {@link #SCORES} always; {@link #BOXES} for a detector; {@link #ATTENTION},
 *                   {@link #CAM}, {@link #FEATURES} where the model has them
 */
public record ModelSignature(String key, String input, int[] inputShape, Map<String, String> outputs) {

    /** Class scores, [batch, class]; of a detector's candidates, [batch, candidate, class]. */
    public static final String SCORES = "scores";
    /** Boxes of a detector's candidates in px of the input, [batch, candidate, 4 or 4 * class]: x0, y0, x1, y1. */
    public static final String BOXES = "boxes";
    /** Attention in 0..1, [batch, h, w, 1]. */
    public static final String ATTENTION = "attention";
    /** Class activation maps before any scaling, [batch, h, w, class]. */
    public static final String CAM = "cam";
    /** The features that the last dense layer sees, [batch, feature]. */
    public static final String FEATURES = "features";
}
