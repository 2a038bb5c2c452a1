package io.github.lesionj.runtime;

import io.github.lesionj.core.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What lies behind the wall. One instance owns the native library; all methods may be called from any thread.
 */
public interface Backend extends AutoCloseable {

    /** Versions, natives, devices and memory, and what {@code device=auto} chooses; starts the engine when it has not started. */
    default EngineReport report() {
        return report("auto");
    }

    /**
     * The same for another choice of a device.
     *
     * @param device auto, cpu, gpu, gpu:N
     */
    EngineReport report(String device);

    /**
     * Reads a SavedModel's protocol buffer without loading it, and refuses what an untrusted model must not do.
     *
     * @param savedModel folder that holds {@code saved_model.pb}
     * @return its signatures
     * @throws io.github.lesionj.core.UsageException naming the op that is refused and why, or what cannot be read
     */
    SavedModelReport inspect(Path savedModel);

    /**
     * Loads a SavedModel after {@link #inspect}.
     *
     * @param savedModel folder that holds {@code saved_model.pb}
     * @param signature  key of the signature
     * @param device     what the user asked for: auto, cpu, gpu, gpu:N
     */
    Predictor open(Path savedModel, String signature, String device);

    /**
     * Loads a SavedModel as {@link #open} does, and makes its graph ready for gradients.
     *
     * @param scores the signature's output with the class scores, [batch, score]
     * @throws NoGradientException saying why its graph gives none
     */
    GradientPredictor openWithGradient(Path savedModel, String signature, String device, String scores);

    /** Architectures that can be trained, our own and those of foreign jars, by id. */
    List<ArchitectureInfo> architectures();

    /**
     * What a network costs, counted in its graph.
     *
     * @throws io.github.lesionj.core.UsageException when its options or its size do not go with the architecture
     */
    NetworkCost cost(NetworkSettings network);

    /**
     * Writes a package's weights as safetensors: with torchvision's names and layout where torchvision has the network.
     *
     * @param weights      {@code weights.safetensors} of the package
     * @param architecture of the package
     * @param output       file to write
     * @return sentences: what was written, and how Python loads it
     */
    List<String> exportWeights(Path weights, String architecture, Path output);

    /**
     * Everything that decides which weights a training would end at, by name: its plan, the data, the initial weights, device,
     * threads and versions. Two trainings of the same identity end at the same bits on one machine.
     */
    Map<String, String> trainingIdentity(TrainingPlan plan, TrainingData data);

    /**
     * Trains a network and writes the best weights of it as a SavedModel for inference.
     *
     * @return what was written and how training went; also when cancelled after at least one epoch (the best so far)
     */
    TrainingOutcome train(TrainingPlan plan, TrainingData data, TrainingListener listener, Progress progress);

    /**
     * Writes several networks of one plan as one SavedModel for inference: its scores give the mean of their probabilities,
     * its maps are the means of theirs.
     *
     * @param plan    that they were trained by; its output receives {@code saved_model/} and {@code weights.safetensors}
     * @param weights {@code weights.safetensors} of each, at least one
     */
    ExportedNetwork ensemble(TrainingPlan plan, List<Path> weights);

    @Override
    void close();
}
