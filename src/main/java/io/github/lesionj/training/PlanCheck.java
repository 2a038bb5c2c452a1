package io.github.lesionj.training;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingPlan;
import java.util.Arrays;

/** Refuses trainings that cannot end well, before anything is built. */
final class PlanCheck {

    private PlanCheck() {
    }

    static void check(TrainingPlan plan, TrainingData data) {
        plan.settings().check(plan.network());
        need(data.trainingSize() >= 2, "There are " + data.trainingSize()
            + " training images; at least two of different classes are needed. Check data.");
        need(data.validationSize() >= 1, "There are no validation images. Give validation= a folder, a split or a fraction.");
        checkTargets(plan.network().classes(), data);
    }

    private static void checkTargets(int classes, TrainingData data) {
        float[] first = data.trainingTarget(0);
        boolean different = false;
        for (int i = 0; i < data.trainingSize(); i++) {
            float[] target = data.trainingTarget(i);
            need(target.length == classes, "The training image " + data.trainingName(i) + " has a target of " + target.length
                + " values and the plan has " + classes + " classes.");
            different |= !Arrays.equals(first, target);
        }
        need(different, "All training images have the same label, so there is nothing to learn. Add images of another class.");
    }

    private static void need(boolean fine, String otherwise) {
        if (!fine) {
            throw new UsageException(otherwise);
        }
    }
}
