package io.github.lesionj.training;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.network.Architecture;
import io.github.lesionj.network.EnsembleWriter;
import io.github.lesionj.network.NetworkPlan;
import io.github.lesionj.network.Safetensors;
import io.github.lesionj.network.SavedModelWriter;
import io.github.lesionj.runtime.ExportedNetwork;
import io.github.lesionj.runtime.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes networks that were trained by one plan as one. */
public final class EnsembleExport {

    private EnsembleExport() {
    }

    /**
     * Writes {@code saved_model/} and {@code weights.safetensors} into the plan's output.
     *
     * @param weights file of each member
     */
    public static ExportedNetwork write(Architecture architecture, TrainingPlan plan, List<Path> weights) {
        List<Map<String, FloatTensor>> members = weights.stream().map(Safetensors::read).toList();
        Path file = plan.place().output().resolve("weights.safetensors");
        Safetensors.write(file, EnsembleWriter.joined(members), Map.of("architecture", plan.network().architecture(),
            "members", Integer.toString(members.size()),
            "axes", "convolution [height, width, input, output], dense [input, output]; each member behind foldK."));
        Path savedModel = plan.place().output().resolve("saved_model");
        List<String> outputs = EnsembleWriter.write(architecture, NetworkPlan.of(plan.network()), plan.network().labelKind(), members, savedModel);
        return new ExportedNetwork(savedModel, file, SavedModelWriter.SIGNATURE, SavedModelWriter.INPUT, Trainer.roles(outputs));
    }
}
