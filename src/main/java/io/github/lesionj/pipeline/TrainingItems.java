package io.github.lesionj.pipeline;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.dataset.Augmentation;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.TrainingSplit;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.runtime.TrainingData;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A training split as a trainer reads it: decoded once and kept as far as a quarter of Java's memory reaches, augmented
 * anew every time. Thread-safe.
 */
final class TrainingItems implements TrainingData {

    private static final int BYTES_PER_VALUE = 4;

    private final LabelledSet training;
    private final LabelledSet validation;
    private final ItemReader reader;
    private final InputRule rule;
    private final Augmentation augmentation;
    private final AtomicReferenceArray<float[]> kept;
    private final AtomicLong room = new AtomicLong(Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_VALUE);

    TrainingItems(TrainingSplit split, ItemReader reader, InputRule rule, Augmentation augmentation) {
        this.training = split.training();
        this.validation = split.validation();
        this.reader = reader;
        this.rule = rule;
        this.augmentation = augmentation;
        this.kept = new AtomicReferenceArray<>(training.size() + validation.size());
    }

    @Override
    public int trainingSize() {
        return training.size();
    }

    @Override
    public int validationSize() {
        return validation.size();
    }

    @Override
    public void readTraining(int index, long seed, float[] destination, int offset) {
        augmentation.apply(values(index, training.items().get(index)), rule.height(), rule.width(), rule.channels(), seed,
            destination, offset);
    }

    @Override
    public void readValidation(int index, float[] destination, int offset) {
        float[] values = values(training.size() + index, validation.items().get(index));
        System.arraycopy(values, 0, destination, offset, values.length);
    }

    private float[] values(int place, LabelledItem item) {
        float[] values = kept.get(place);
        if (values != null) {
            return values;
        }
        values = read(item);
        if (room.addAndGet(-values.length) >= 0) {
            kept.set(place, values);
        } else {
            room.addAndGet(values.length);
        }
        return values;
    }

    private float[] read(LabelledItem item) {
        try {
            return reader.read(item, rule);
        } catch (LesionJException e) {
            throw new LesionJException("The image " + item.name() + " of the training data cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public float[] trainingTarget(int index) {
        return training.items().get(index).target(training.classNames().size());
    }

    @Override
    public float[] validationTarget(int index) {
        return validation.items().get(index).target(training.classNames().size());
    }

    @Override
    public String trainingName(int index) {
        return training.items().get(index).name();
    }
}
