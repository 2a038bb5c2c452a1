package io.github.lesionj.training;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/** What the plan's words for batches mean with the data at hand, and the sentences that say so. */
final class Sampling {

    private final TrainingPlan plan;
    private final BatchSettings settings;
    private final ClassCounts counts;
    private final ItemOrder order;

    Sampling(TrainingPlan plan, TrainingData data, ClassCounts counts) {
        this.plan = plan;
        this.settings = plan.settings().batches();
        this.counts = counts;
        this.order = isBalanced() ? balanced(data)
            : new EpochOrder(data.trainingSize(), settings.batch() * settings.accumulate(), plan.seed());
    }

    private boolean isBalanced() {
        return settings.sampler() == BatchSettings.Sampler.BALANCED;
    }

    private ItemOrder balanced(TrainingData data) {
        for (int c = 0; c < counts.classes(); c++) {
            if (counts.of(c) == 0) {
                throw new UsageException("sampler=balanced cannot draw images of the class " + plan.network().classNames().get(c)
                    + ": there is none for training. Add some, or remove the class.");
            }
        }
        return new BalancedOrder(data, counts, samplesPerClass(), settings.accumulate(), plan.seed());
    }

    private int samplesPerClass() {
        return settings.samplesPerClass() > 0 ? settings.samplesPerClass() : Math.max(1, settings.batch() / counts.classes());
    }

    ItemOrder order() {
        return order;
    }

    /** Items that are in memory at once. */
    int batchSize() {
        return order.stepSize() / settings.accumulate();
    }

    /** What the user should know before the first step. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (isBalanced()) {
            remarks.add("Every batch holds " + samplesPerClass() + " images of each of " + counts.classes() + " classes, " + batchSize()
                + (batchSize() == settings.batch() ? "" : " in place of batch=" + settings.batch()) + "; an epoch has "
                + number(order.stepsPerEpoch() * settings.accumulate(), "batch", "batches") + ".");
        }
        if (settings.accumulate() > 1) {
            remarks.add("A step takes " + settings.accumulate() + " batches, " + order.stepSize() + " images; an epoch has "
                + number(order.stepsPerEpoch(), "step", "steps") + ".");
        }
        remarks.addAll(isBalanced() ? repeatedClasses() : repeatedItems());
        return remarks;
    }

    private List<String> repeatedClasses() {
        List<String> remarks = new ArrayList<>();
        for (int c = 0; c < counts.classes(); c++) {
            if (counts.of(c) < samplesPerClass()) {
                remarks.add("The class " + plan.network().classNames().get(c) + " has " + number(counts.of(c), "image", "images")
                    + ", fewer than samples_per_class=" + samplesPerClass()
                    + ": they are shuffled again when all were drawn, and stand several times in one batch.");
            }
        }
        return remarks;
    }

    private List<String> repeatedItems() {
        return order.stepSize() <= counts.items() ? List.of() : List.of("A step takes " + order.stepSize() + " images and there are "
            + counts.items() + " for training: they are shuffled again when all were drawn, and some stand several times in one step.");
    }

    private static String number(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
