package io.github.lesionj.training;

import io.github.lesionj.network.Seeds;
import io.github.lesionj.runtime.NetworkSettings;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingPlan;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Cuts training data into batches. Thread-safe. */
final class BatchSource {

    /** Seeds of augmentation and of mix-up are families of their own: the order's are mixed from the same seed. */
    private static final long MIXING = 0x6d69_7875_7000L;

    private final TrainingPlan plan;
    private final TrainingData data;
    private final Sampling sampling;
    private final int batchesPerStep;
    private final int itemSize;
    private final int targetSize;

    BatchSource(TrainingPlan plan, TrainingData data, Sampling sampling, int targetSize) {
        NetworkSettings network = plan.network();
        this.plan = plan;
        this.data = data;
        this.sampling = sampling;
        this.batchesPerStep = plan.settings().batches().accumulate();
        this.itemSize = network.height() * network.width() * network.channels();
        this.targetSize = targetSize;
    }

    int stepsPerEpoch() {
        return sampling.order().stepsPerEpoch();
    }

    /**
     * Batches of one epoch, already being read.
     *
     * @param epoch from 0
     * @param step  of the epoch to begin with, from 0
     */
    BatchReader epoch(int epoch, int step) {
        int[] items = sampling.order().epoch(epoch);
        return new BatchReader(number -> training(items, epoch, (int) number), (long) step * batchesPerStep,
            (long) stepsPerEpoch() * batchesPerStep);
    }

    private Batch training(int[] epochItems, int epoch, int number) {
        int size = sampling.batchSize();
        int[] items = Arrays.copyOfRange(epochItems, number * size, (number + 1) * size);
        Batch batch = empty(items);
        for (int i = 0; i < items.length; i++) {
            long position = (long) epoch * epochItems.length + (long) number * size + i;
            long seed = Seeds.mix(~plan.seed(), position);
            double progress = (double) epoch / plan.settings().schedule().epochs();
            data.readTraining(items[i], seed, progress, batch.inputs(), i * itemSize);
            System.arraycopy(data.trainingTarget(items[i], seed, progress), 0, batch.targets(), i * targetSize, targetSize);
        }
        double mixup = plan.settings().batches().mixup();
        if (mixup > 0) {
            new MixUp(mixup).apply(batch, Seeds.mix(plan.seed() ^ MIXING, (long) epoch * epochItems.length + (long) number * size));
        }
        return batch;
    }

    /** Batches of all validation items in their order, the last one smaller. */
    BatchReader validation() {
        int size = sampling.batchSize();
        return new BatchReader(number -> validation((int) number * size,
            Math.min(data.validationSize(), ((int) number + 1) * size)), 0, (data.validationSize() + size - 1) / size);
    }

    private Batch validation(int from, int to) {
        Batch batch = empty(IntStream.range(from, to).toArray());
        for (int i = from; i < to; i++) {
            data.readValidation(i, batch.inputs(), (i - from) * itemSize);
            System.arraycopy(data.validationTarget(i), 0, batch.targets(), (i - from) * targetSize, targetSize);
        }
        return batch;
    }

    private Batch empty(int[] items) {
        return new Batch(items, new float[items.length * itemSize], new float[items.length * targetSize]);
    }
}
