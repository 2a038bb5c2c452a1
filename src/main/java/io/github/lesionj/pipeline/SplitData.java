package io.github.lesionj.pipeline;

import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.Augmentation;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.dataset.TrainingItems;
import io.github.lesionj.dataset.TrainingSplit;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.IntensityRule;
import io.github.lesionj.runtime.TrainingData;
import java.util.ArrayList;
import java.util.List;

/** A training split, read and brought to the network's input, as a trainer asks for it. Thread-safe. */
final class SplitData implements TrainingData {

    /** What was read is kept in memory as far as a quarter of Java's reaches. */
    private static final long SHARE_OF_MEMORY = 4;

    /** Between black and white of a z-scored image as it is augmented and shown: 2.5 standard deviations on each side of the mean. */
    static final double Z_SCORE_RANGE = 5;

    private final TrainingItems training;
    private final TrainingItems validation;
    private final InputRule rule;
    private final Augmentation augmentation;

    /** Takes items that were read already. */
    SplitData(TrainingItems training, TrainingItems validation, InputRule rule, Augmentation augmentation) {
        this.training = training;
        this.validation = validation;
        this.rule = rule;
        this.augmentation = augmentation;
    }

    /** Reads both parts; what cannot be read is left out, see {@link #unreadable}. */
    static SplitData load(TrainingSplit split, ItemReader reader, InputRule rule, Augmentation augmentation, Progress progress) {
        TrainingItems training = load(split.training(), reader, rule, memory() / 2, progress);
        training.requireLearnable();
        return new SplitData(training, load(split.validation(), reader, rule, memory() / 2, progress), rule, augmentation);
    }

    /** Bytes that may be used to keep what was read. */
    static long memory() {
        return Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
    }

    /** Reads a set once and keeps as much of it as so many bytes hold. */
    static TrainingItems load(LabelledSet set, ItemReader reader, InputRule rule, long memory, Progress progress) {
        return TrainingItems.load(set, rule.height(), rule.width(), rule.channels(), item -> reader.read(item, rule), memory, progress);
    }

    /** Images that could not be read, and why. */
    List<RejectedItem> unreadable() {
        List<RejectedItem> all = new ArrayList<>(training.unreadable());
        all.addAll(validation.unreadable());
        return all;
    }

    /** The training images that could be read. */
    LabelledSet trainingSet() {
        return training.set();
    }

    /** The validation images that could be read. */
    LabelledSet validationSet() {
        return validation.set();
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
        training.read(index, destination, offset);
        augmentation.apply(destination, offset, rule.height(), rule.width(), rule.channels(), range(rule), seed);
    }

    /**
     * What 0..1 became by the division of the intensity rule; the first channel stands for all. Under z-scores, which have no
     * bounds, the standard deviations that nearly all pixels of an image lie within.
     */
    static double range(InputRule rule) {
        if (rule.intensity().kind() == IntensityRule.Kind.ZSCORE) {
            return Z_SCORE_RANGE;
        }
        double[] deviation = rule.intensity().std();
        return deviation.length == 0 ? 1 : 1 / deviation[0];
    }

    @Override
    public void readValidation(int index, float[] destination, int offset) {
        validation.read(index, destination, offset);
    }

    @Override
    public String checksum() {
        return training.checksum() + " " + validation.checksum();
    }

    @Override
    public String augmentation() {
        return augmentation.key();
    }

    @Override
    public float[] trainingTarget(int index) {
        return training.target(index);
    }

    @Override
    public float[] validationTarget(int index) {
        return validation.target(index);
    }

    @Override
    public String trainingName(int index) {
        return training.name(index);
    }
}
