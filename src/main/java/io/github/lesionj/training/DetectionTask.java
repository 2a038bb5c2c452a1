package io.github.lesionj.training;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.DetectionLoss;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.NetworkSettings;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingPlan;
import java.util.List;

/** Boxes on each item. */
final class DetectionTask implements TrainingTask {

    private final NetworkSettings network;
    private final int rows;
    private final Sampling sampling;

    /**
     * Checks and counts.
     *
     * @throws UsageException when the data cannot be learned from
     */
    DetectionTask(TrainingPlan plan, TrainingData data) {
        network = plan.network();
        rows = data.boxRows();
        if (plan.settings().batches().sampler() == BatchSettings.Sampler.BALANCED || plan.settings().batches().mixup() > 0) {
            throw new UsageException("sampler=balanced and mixup are for classifiers; a detector's images hold several classes. Leave them off.");
        }
        if (boxes(data) == 0) {
            throw new UsageException("There is no box on any training image, so there is nothing to learn. Add annotated images.");
        }
        sampling = new Sampling(plan, data, ClassCounts.of(data.trainingSize(), new int[0]));
    }

    private int boxes(TrainingData data) {
        int boxes = 0;
        for (int i = 0; i < data.trainingSize(); i++) {
            boxes += counted(data.trainingTarget(i), data.trainingName(i));
        }
        return boxes;
    }

    private int counted(float[] target, String name) {
        if (target.length != rows * DetectionLoss.TRUTH_VALUES) {
            throw new UsageException("The training image " + name + " has a target of " + target.length + " values and not " + rows + " boxes of "
                + DetectionLoss.TRUTH_VALUES + ".");
        }
        int boxes = 0;
        for (int at = DetectionLoss.TRUTH_VALUES - 1; at < target.length; at += DetectionLoss.TRUTH_VALUES) {
            if (target[at] >= network.classes()) {
                throw new UsageException("The training image " + name + " has a box of the class " + (int) target[at] + ", and the plan has "
                    + network.classes() + " classes.");
            }
            boxes += target[at] >= 0 ? 1 : 0;
        }
        return boxes;
    }

    @Override
    public Criterion criterion() {
        return new DetectionCriterion(network.architecture(), rows);
    }

    @Override
    public Sampling sampling() {
        return sampling;
    }

    @Override
    public Judge judge() {
        return new DetectionJudge(network.classNames());
    }

    @Override
    public List<String> remarks() {
        return sampling.remarks();
    }
}
