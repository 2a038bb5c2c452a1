package io.github.lesionj.training;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingPlan;
import java.util.Arrays;
import java.util.Locale;

/** Refuses trainings that cannot end well, before anything is built. */
final class PlanCheck {

    private PlanCheck() {
    }

    static void check(TrainingPlan plan, TrainingData data) {
        need(plan.epochs() >= 1, "epochs=" + plan.epochs() + " trains nothing. Take 1 or more.");
        need(plan.batch() >= 2, "batch=" + plan.batch() + " is too small for batch normalisation. Take 2 or more.");
        need(plan.learningRate() > 0 && Double.isFinite(plan.learningRate()),
            number("learning_rate=%s is not above 0. Take a value such as 0.002.", plan.learningRate()));
        need(plan.weightDecay() >= 0 && Double.isFinite(plan.weightDecay()),
            number("The weight decay %s is not 0 or more.", plan.weightDecay()));
        need(plan.dropout() >= 0 && plan.dropout() < 1, number("dropout=%s is not in 0..1 (1 excluded).", plan.dropout()));
        need(plan.labelSmoothing() >= 0 && plan.labelSmoothing() < 1,
            number("The label smoothing %s is not in 0..1 (1 excluded).", plan.labelSmoothing()));
        need(data.trainingSize() >= 2, "There are " + data.trainingSize()
            + " training images; at least two of different classes are needed. Check data.");
        need(data.validationSize() >= 1, "There are no validation images. Give validation= a folder, a split or a fraction.");
        checkTargets(plan.classes(), data);
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

    private static String number(String sentence, double value) {
        return String.format(Locale.ROOT, sentence, Double.toString(value));
    }

    private static void need(boolean fine, String otherwise) {
        if (!fine) {
            throw new UsageException(otherwise);
        }
    }
}
