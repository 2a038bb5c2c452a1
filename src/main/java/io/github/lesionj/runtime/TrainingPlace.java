package io.github.lesionj.runtime;

import java.nio.file.Path;

/**
 * Where a training runs; nothing here decides what it ends at, but the device, which the trainer asks the engine about.
 *
 * @param device auto, cpu, gpu, gpu:N
 * @param resume whether a checkpoint in {@code output} is continued; otherwise it is dropped
 * @param output folder that receives {@code saved_model/}, {@code weights.safetensors}, {@code checkpoint/}
 */
public record TrainingPlace(String device, boolean resume, Path output) {
}
