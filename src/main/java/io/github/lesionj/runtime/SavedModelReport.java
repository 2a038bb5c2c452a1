package io.github.lesionj.runtime;

import java.util.List;
import java.util.Map;

/**
 * What a SavedModel says of itself.
 *
 * @param signatures key of each signature to its inputs and outputs
 */
public record SavedModelReport(Map<String, Signature> signatures) {

    /**
     * One way to call the model.
     *
     * @param inputs  by name
     * @param outputs by name
     */
    public record Signature(Map<String, TensorInfo> inputs, Map<String, TensorInfo> outputs) {
    }

    /**
     * Type and shape of a tensor.
     *
     * @param type  TensorFlow's name in lower case: float, int32, string
     * @param shape length of each axis, -1 = any; null when the rank is not known
     */
    public record TensorInfo(String type, List<Long> shape) {
    }
}
