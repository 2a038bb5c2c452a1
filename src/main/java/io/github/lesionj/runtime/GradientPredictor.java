package io.github.lesionj.runtime;

import io.github.lesionj.core.FloatTensor;

/** A loaded network that also says how its class scores change with its last feature map, which Grad-CAM is made of. */
public interface GradientPredictor extends Predictor {

    /** The further output of {@link #predict}: the last feature map, [batch, h, w, channel]. */
    String FEATURE_MAP = "lesionj_feature_map";

    /**
     * The gradient of a weighted sum of class scores with respect to the last feature map. Items of a batch are independent
     * in prediction, so each item's gradient is that of its own scores. Scores behind a softmax or sigmoid are taken before it.
     *
     * @param featureMap as {@link #predict} gave it, [batch, h, w, channel]
     * @param seed       weight of each score, [batch, score]
     * @return [batch, h, w, channel]
     * @throws OutOfDeviceMemoryException when the batch does not fit; a smaller one may
     */
    FloatTensor gradient(FloatTensor featureMap, FloatTensor seed);
}
