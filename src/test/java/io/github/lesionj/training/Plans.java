package io.github.lesionj.training;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.network.ExplainableCnn;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.LossSettings;
import io.github.lesionj.runtime.NetworkSettings;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.ScheduleSettings;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingPlace;
import io.github.lesionj.runtime.TrainingPlan;
import io.github.lesionj.runtime.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
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
        return plan.with(new TrainingPlace(plan.place().device(), true, plan.place().output()));
    }

    static TrainingPlan of(Path output, int size, int classes, LabelKind kind, int epochs, double rate, Map<String, String> options) {
        return new TrainingPlan(new NetworkSettings("explainable-cnn", options, size, size, 1, names(classes), kind, 0.1),
            new TrainingSettings(LossSettings.crossEntropy(0.05), BatchSettings.shuffled(8), OptimizerSettings.adamW(0.01),
                ScheduleSettings.cosine(epochs, rate), StartSettings.AT_RANDOM), 7, new TrainingPlace("cpu", false, output));
    }

    static List<String> names(int classes) {
        return List.of("dark", "bright", "odd", "red", "round").subList(0, classes);
    }

    static TrainingPlan with(TrainingPlan plan, LossSettings loss) {
        TrainingSettings old = plan.settings();
        return plan.with(new TrainingSettings(loss, old.batches(), old.optimizer(), old.schedule(), old.start()));
    }

    static TrainingPlan with(TrainingPlan plan, BatchSettings batches) {
        TrainingSettings old = plan.settings();
        return plan.with(new TrainingSettings(old.loss(), batches, old.optimizer(), old.schedule(), old.start()));
    }

    static TrainingPlan with(TrainingPlan plan, OptimizerSettings optimizer) {
        TrainingSettings old = plan.settings();
        return plan.with(new TrainingSettings(old.loss(), old.batches(), optimizer, old.schedule(), old.start()));
    }

    static TrainingPlan with(TrainingPlan plan, ScheduleSettings schedule) {
        TrainingSettings old = plan.settings();
        return plan.with(new TrainingSettings(old.loss(), old.batches(), old.optimizer(), schedule, old.start()));
    }

    static TrainingPlan with(TrainingPlan plan, StartSettings start) {
        TrainingSettings old = plan.settings();
        return plan.with(new TrainingSettings(old.loss(), old.batches(), old.optimizer(), old.schedule(), start));
    }
}
