package io.github.lesionj.training;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingPlan;

/** Refuses trainings that cannot end well, before anything is built. */
final class PlanCheck {

    private PlanCheck() {
    }

    static void check(TrainingPlan plan, TrainingData data) {
        plan.settings().check(plan.network());
        need(data.trainingSize() >= 2, "There are " + data.trainingSize()
            + " training images; at least two are needed, of different classes or with boxes. Check data.");
        need(data.validationSize() >= 1, "There are no validation images. Give validation= a folder, a split or a fraction.");
    }

    private static void need(boolean fine, String otherwise) {
        if (!fine) {
            throw new UsageException(otherwise);
        }
    }
}
