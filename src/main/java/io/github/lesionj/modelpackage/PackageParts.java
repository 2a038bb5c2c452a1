package io.github.lesionj.modelpackage;

import io.github.lesionj.core.FloatTensor;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a model package is made of.
 *
 * @param card        what it says of itself
 * @param savedModel  folder of the SavedModel, inference only
 * @param weights     {@code .safetensors} with the weights as trained, or null
 * @param testInput   one batch as the network takes it
 * @param testOutputs role (see {@link ModelSignature}) to what the network gives for it, scores at least; for bioimage.io
 *                    each must hold a value beyond 1e-4
 * @param tensorFlow  version of the native library that wrote the SavedModel, such as {@code 2.16.2}
 */
public record PackageParts(ModelCard card, Path savedModel, Path weights, FloatTensor testInput,
        Map<String, FloatTensor> testOutputs, String tensorFlow) {
}
