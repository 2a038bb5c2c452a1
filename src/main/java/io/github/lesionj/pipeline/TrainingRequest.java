package io.github.lesionj.pipeline;

import io.github.lesionj.image.ResizeRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a user asks of a training; 0 or empty = chosen from the data.
 *
 * @param command       as the menu names it, for the ledger
 * @param keys          every key with its value, for the ledger
 * @param data          a path, or {@code PATH#split}
 * @param validation    {@code #split} of it, a fraction, another set, or empty
 * @param classNames    in the order of the network's scores
 * @param positive      the class that sensitivity speaks of
 * @param architecture  id
 * @param options       of the architecture
 * @param size          of the network's input in px
 * @param channels      of the network's input
 * @param resize        how images are brought to the size
 * @param intensity     auto, type, percentile, zscore
 * @param augment       see {@code dataset.Augmentation}
 * @param epochs        passes over the data
 * @param batch         images per step
 * @param learningRate  peak of the schedule
 * @param weightDecay   decoupled
 * @param dropout       before the last layer, 0..1
 * @param labelSmoothing 0..1
 * @param seed          of all that is drawn
 * @param device        auto, cpu, gpu, gpu:N
 * @param initialWeights package or file to start from, or null
 * @param resume        whether an interrupted training in the output folder is continued; otherwise it starts anew
 * @param modelName     of the package
 * @param licence       of the package, SPDX
 * @param attribution   whose data it stands on
 * @param output        result folder
 */
public record TrainingRequest(String command, Map<String, String> keys, String data, String validation, List<String> classNames,
        String positive, String architecture, Map<String, String> options, int size, int channels, ResizeRule resize,
        String intensity, String augment, int epochs, int batch, double learningRate, double weightDecay, double dropout,
        double labelSmoothing, long seed, String device, Path initialWeights, boolean resume, String modelName,
        String licence, String attribution, Path output) {
}
