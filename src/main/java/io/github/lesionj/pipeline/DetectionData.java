package io.github.lesionj.pipeline;

import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.BoxAugmentation;
import io.github.lesionj.dataset.BoxItems;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.LoadedImages;
import io.github.lesionj.dataset.RejectedItem;
import io.github.lesionj.dataset.TrainingSplit;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.Preprocessor;
import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.modelpackage.DetectionRule;
import io.github.lesionj.runtime.TrainingData;
import java.util.ArrayList;
import java.util.List;

/** A training split with boxes, read and scaled, as a trainer asks for it. Thread-safe. */
final class DetectionData implements TrainingData {

    /** Px that are kept for each px of the input, along an edge: a zoom to that loses nothing. */
    private static final double KEPT = 1.5;

    private final BoxItems training;
    private final BoxItems validation;
    private final BoxAugmentation augmentation;
    private final int rows;

    private DetectionData(BoxItems training, BoxItems validation, BoxAugmentation augmentation) {
        this.training = training;
        this.validation = validation;
        this.augmentation = augmentation;
        this.rows = Math.max(training.rows(), validation.rows());
    }

    /** Reads both parts; what cannot be read is left out, see {@link #unreadable}. */
    static DetectionData load(TrainingSplit split, ItemReader reader, InputRule rule, DetectionRule detection, BoxAugmentation augmentation,
            Progress progress) {
        BoxItems training = load(split.training(), reader, rule, detection, augmentation, progress);
        return new DetectionData(training, load(split.validation(), reader, rule, detection, BoxAugmentation.NONE, progress), augmentation);
    }

    private static BoxItems load(LabelledSet set, ItemReader reader, InputRule rule, DetectionRule detection, BoxAugmentation augmentation,
            Progress progress) {
        LoadedImages images = LoadedImages.load(set, item -> read(item, reader, rule, detection), SplitData.memory() / 2, progress);
        return new BoxItems(images, rule.width(), rule.height(), rule.channels(), augmentation, SplitData.range(rule));
    }

    private static LoadedImages.Read read(LabelledItem item, ItemReader reader, InputRule rule, DetectionRule detection) {
        SourceImage image = reader.read(item, rule.channels());
        double fit = Math.min((double) rule.width() / image.width(), (double) rule.height() / image.height());
        double[] scale = detection.fitsWhole() ? new double[] {fit, fit} : detection.scales(image.umPerPx());
        int width = kept(image.width(), scale[0]);
        int height = kept(image.height(), scale[1]);
        InputRule wanted = new InputRule(width, height, rule.channels(), rule.channel(), rule.intensity(), ResizeRule.STRETCH);
        return new LoadedImages.Read(Preprocessor.apply(image, wanted).values(), width, height,
            new LoadedImages.Size(image.width(), image.height(), scale));
    }

    private static int kept(int length, double scale) {
        return Math.max(1, (int) Math.round(length * Math.min(1, KEPT * scale)));
    }

    /** Images that could not be read, and why. */
    List<RejectedItem> unreadable() {
        List<RejectedItem> all = new ArrayList<>(training.images().unreadable());
        all.addAll(validation.images().unreadable());
        return all;
    }

    /** The validation images that could be read. */
    LabelledSet validationSet() {
        return validation.images().set();
    }

    /** Frames of a training. */
    BoxItems training() {
        return training;
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
        readTraining(index, seed, 0, destination, offset);
    }

    @Override
    public void readTraining(int index, long seed, double progress, float[] destination, int offset) {
        training.read(index, seed, progress, destination, offset);
    }

    @Override
    public void readValidation(int index, float[] destination, int offset) {
        validation.read(index, destination, offset);
    }

    @Override
    public float[] trainingTarget(int index) {
        return training.target(index, rows);
    }

    @Override
    public float[] trainingTarget(int index, long seed, double progress) {
        return training.target(index, seed, progress, rows);
    }

    @Override
    public float[] validationTarget(int index) {
        return validation.target(index, rows);
    }

    @Override
    public int boxRows() {
        return rows;
    }

    @Override
    public String trainingName(int index) {
        return training.name(index);
    }

    @Override
    public String checksum() {
        return training.images().checksum() + " " + validation.images().checksum();
    }

    @Override
    public String augmentation() {
        return augmentation.key();
    }
}
