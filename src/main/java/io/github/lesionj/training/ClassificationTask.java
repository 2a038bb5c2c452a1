package io.github.lesionj.training;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.Loss;
import io.github.lesionj.network.LossPlan;
import io.github.lesionj.runtime.NetworkSettings;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One or several classes for each item. */
final class ClassificationTask implements TrainingTask {

    private final NetworkSettings network;
    private final LossPlan loss;
    private final Sampling sampling;

    /**
     * Checks and counts.
     *
     * @throws UsageException when the data cannot be learned from
     */
    ClassificationTask(TrainingPlan plan, TrainingData data) {
        network = plan.network();
        checkTargets(data);
        ClassCounts counts = ClassCounts.of(data, network.classes());
        loss = ClassWeights.plan(plan.settings().loss(), network.labelKind(), counts);
        sampling = new Sampling(plan, data, counts);
    }

    private void checkTargets(TrainingData data) {
        float[] first = data.trainingTarget(0);
        boolean different = false;
        for (int i = 0; i < data.trainingSize(); i++) {
            float[] target = data.trainingTarget(i);
            if (target.length != network.classes()) {
                throw new UsageException("The training image " + data.trainingName(i) + " has a target of " + target.length
                    + " values and the plan has " + network.classes() + " classes.");
            }
            different |= !Arrays.equals(first, target);
        }
        if (!different) {
            throw new UsageException("All training images have the same label, so there is nothing to learn. Add images of another class.");
        }
    }

    @Override
    public Criterion criterion() {
        return new ClassificationCriterion(Loss.of(network.labelKind(), loss), network.classes());
    }

    @Override
    public Sampling sampling() {
        return sampling;
    }

    @Override
    public Judge judge() {
        return new ClassificationJudge(network.labelKind());
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(sampling.remarks());
        if (loss.weights().length > 0) {
            remarks.add("Weights of the classes in the loss: " + ClassWeights.text(loss.weights(), network.classNames()) + ".");
        }
        return remarks;
    }
}
