package io.github.lesionj.runtime;

import io.github.lesionj.core.FloatTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a training left behind.
 *
 * @param savedModel   inference-only SavedModel, batch-norm folded
 * @param weights      {@code weights.safetensors}: the weights as trained
 * @param signatureKey of the SavedModel
 * @param inputName    the signature's name of the input, [batch, height, width, channels]
 * @param outputs      role (see {@code ModelSignature}) to the signature's output name
 * @param testInput    a batch of one
 * @param testOutput   scores of the *training graph* in inference mode on it, [1, classes]
 * @param history      every epoch
 * @param bestEpoch    whose weights were exported, from 1
 * @param cancelled    whether the user stopped it before the last epoch
 * @param stopped      one sentence why training itself ended before the last epoch (a loss that is not finite, its images
 *                     named), though the best weights until then were written; null when it did not
 * @param parameters   number of trained values
 */
public record TrainingOutcome(Path savedModel, Path weights, String signatureKey, String inputName,
        Map<String, String> outputs, FloatTensor testInput, FloatTensor testOutput,
        List<TrainingListener.EpochReport> history, int bestEpoch, boolean cancelled, String stopped, long parameters) {
}
