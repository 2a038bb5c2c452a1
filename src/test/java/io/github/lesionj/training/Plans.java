package io.github.lesionj.training;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.network.ExplainableCnn;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingPlan;
import java.nio.file.Path;
import java.util.Map;

/** Plans of small trainings. */
final class Plans {

    static final Map<String, String> TINY = Map.of("width", "4", "depth", "1", "stages", "2");

    private Plans() {
    }

    static Trainer trainer(TrainingPlan plan, TrainingData data) {
        return new Trainer(new ExplainableCnn(), plan, data, SessionSettings.cpu(1), "default");
    }

    static TrainingPlan tiny(Path output, int epochs) {
        return of(output, 16, 2, LabelKind.BINARY, epochs, 0.01, TINY);
    }

    /** The same plan, continuing what its output holds. */
    static TrainingPlan resuming(TrainingPlan plan) {
        return new TrainingPlan(plan.architecture(), plan.options(), plan.height(), plan.width(), plan.channels(), plan.classes(),
            plan.labelKind(), plan.epochs(), plan.batch(), plan.learningRate(), plan.weightDecay(), plan.dropout(),
            plan.labelSmoothing(), plan.seed(), plan.device(), plan.initialWeights(), true, plan.output());
    }

    static TrainingPlan of(Path output, int size, int classes, LabelKind kind, int epochs, double rate, Map<String, String> options) {
        return new TrainingPlan("explainable-cnn", options, size, size, 1, classes, kind, epochs, 8, rate, 0.01, 0.1, 0.05, 7,
            "cpu", null, false, output);
    }
}
