package io.github.lesionj.runtime;

import io.github.lesionj.core.LabelKind;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything that decides a training, but the data.
 *
 * @param architecture id
 * @param options      of the architecture, such as {@code width}, {@code depth}, {@code stem}; missing ones take its defaults
 * @param height       of the input in px
 * @param width        of the input in px
 * @param channels     of the input
 * @param classes      number of classes
 * @param labelKind    decides the loss: softmax or sigmoid cross entropy
 * @param epochs       passes over the training data
 * @param batch        items per step; the last batch of an epoch is filled up from the next epoch's order
 * @param learningRate peak of the schedule: linear warm-up, then cosine to zero
 * @param weightDecay  decoupled (AdamW), on convolution and dense kernels only
 * @param dropout      before the last dense layer, in 0..1
 * @param labelSmoothing in 0..1
 * @param seed         of initial weights, order, augmentation and dropout
 * @param device       auto, cpu, gpu, gpu:N
 * @param initialWeights to start from, or null: a model package (folder or zip), a safetensors file, or what PyTorch saved
 * @param resume       whether a checkpoint in {@code output} is continued; otherwise it is dropped
 * @param output       folder that receives {@code saved_model/}, {@code weights.safetensors}, {@code checkpoint/}
 */
public record TrainingPlan(String architecture, Map<String, String> options, int height, int width, int channels,
        int classes, LabelKind labelKind, int epochs, int batch, double learningRate, double weightDecay, double dropout,
        double labelSmoothing, long seed, String device, Path initialWeights, boolean resume,
        Path output) {
}
