package io.github.lesionj.runtime;

import java.nio.file.Path;
import java.util.Map;

/**
 * A network as it was written for inference.
 *
 * @param savedModel   folder
 * @param weights      {@code weights.safetensors}: the weights as trained
 * @param signatureKey of the SavedModel
 * @param inputName    the signature's name of the input, [batch, height, width, channels]
 * @param outputs      role (see {@code ModelSignature}) to the signature's output name
 */
public record ExportedNetwork(Path savedModel, Path weights, String signatureKey, String inputName, Map<String, String> outputs) {
}
