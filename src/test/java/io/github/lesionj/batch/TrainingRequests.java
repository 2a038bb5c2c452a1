package io.github.lesionj.batch;

import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.pipeline.NetworkRequest;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.LossSettings;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.ScheduleSettings;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TrainingSettings;
import java.util.Map;

/** Parts of requests for small trainings. */
final class TrainingRequests {

    private TrainingRequests() {
    }

    static NetworkRequest tinyNetwork(int size) {
        return new NetworkRequest("explainable-cnn", Map.of("width", "4", "depth", "1", "stages", "2"), 0.2, size, 1,
            ResizeRule.LETTERBOX, "auto");
    }

    static TrainingSettings settings(int epochs) {
        return new TrainingSettings(LossSettings.crossEntropy(0.05), BatchSettings.shuffled(4), OptimizerSettings.adamW(0.05),
            ScheduleSettings.cosine(epochs, 0.01), StartSettings.AT_RANDOM);
    }
}
