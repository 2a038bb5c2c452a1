package io.github.lesionj.training;

import io.github.lesionj.network.Seeds;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingPlan;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Cuts training data into batches. Thread-safe. */
final class BatchSource {

    private final TrainingPlan plan;
    private final TrainingData data;
    private final EpochOrder order;
    private final int itemSize;

    BatchSource(TrainingPlan plan, TrainingData data) {
        this.plan = plan;
        this.data = data;
        this.order = new EpochOrder(data.trainingSize(), plan.batch(), plan.seed());
        this.itemSize = plan.height() * plan.width() * plan.channels();
    }

    int stepsPerEpoch() {
        return order.stepsPerEpoch();
    }

    /**
     * Batches of one epoch, already being read.
     *
     * @param epoch from 0
     * @param step  of the epoch to begin with, from 0
     */
    BatchReader epoch(int epoch, int step) {
        int[] items = order.epoch(epoch);
        return new BatchReader(number -> training(items, epoch, (int) number), step, stepsPerEpoch());
    }

    private Batch training(int[] epochItems, int epoch, int step) {
        int[] items = Arrays.copyOfRange(epochItems, step * plan.batch(), (step + 1) * plan.batch());
        Batch batch = empty(items);
        for (int i = 0; i < items.length; i++) {
            long position = (long) epoch * epochItems.length + (long) step * plan.batch() + i;
            // seeds of augmentation are a family of their own: the order's are mixed from the same seed
            data.readTraining(items[i], Seeds.mix(~plan.seed(), position), batch.inputs(), i * itemSize);
            System.arraycopy(data.trainingTarget(items[i]), 0, batch.targets(), i * plan.classes(), plan.classes());
        }
        return batch;
    }

    /** Batches of all validation items in their order, the last one smaller. */
    BatchReader validation() {
        int size = plan.batch();
        return new BatchReader(number -> validation((int) number * size,
            Math.min(data.validationSize(), ((int) number + 1) * size)), 0, (data.validationSize() + size - 1) / size);
    }

    private Batch validation(int from, int to) {
        Batch batch = empty(IntStream.range(from, to).toArray());
        for (int i = from; i < to; i++) {
            data.readValidation(i, batch.inputs(), (i - from) * itemSize);
            System.arraycopy(data.validationTarget(i), 0, batch.targets(), (i - from) * plan.classes(), plan.classes());
        }
        return batch;
    }

    private Batch empty(int[] items) {
        return new Batch(items, new float[items.length * itemSize], new float[items.length * plan.classes()]);
    }
}
