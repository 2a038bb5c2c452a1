package io.github.lesionj.modelpackage;

import java.util.Map;

/**
 * How to call a SavedModel.
 *
 * @param key        of the signature, mostly {@code serving_default}
 * @param input      the signature's name of the image input
 * @param inputShape of one item as the graph wants it, [height, width, channels], or flattened [height * width * channels]
 * @param outputs    role to the signature's output name: {@link #SCORES} always; {@link #ATTENTION}, {@link #CAM},
 *                   {@link #FEATURES} where the model has them
 */
public record ModelSignature(String key, String input, int[] inputShape, Map<String, String> outputs) {

    /** Class scores, [batch, class]. */
    public static final String SCORES = "scores";
    /** Attention in 0..1, [batch, h, w, 1]. */
    public static final String ATTENTION = "attention";
    /** Class activation maps before any scaling, [batch, h, w, class]. */
    public static final String CAM = "cam";
    /** The features that the last dense layer sees, [batch, feature]. */
    public static final String FEATURES = "features";
}
