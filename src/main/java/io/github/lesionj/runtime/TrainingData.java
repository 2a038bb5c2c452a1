package io.github.lesionj.runtime;

/**
 * Items for a training, already brought to the network's input. Methods may be called from several threads at once.
 */
public interface TrainingData {

    int trainingSize();

    int validationSize();

    /**
     * Writes one training item, augmented.
     *
     * @param index       of the item
     * @param seed        of the augmentation, different for every epoch and item
     * @param destination receives height * width * channels values, channel fastest
     * @param offset      of the first value
     */
    void readTraining(int index, long seed, float[] destination, int offset);

    /** As {@link #readTraining}, for a validation item, never augmented. */
    void readValidation(int index, float[] destination, int offset);

    /** Target of a training item: one value per class, 1 where the class is true, else 0. */
    float[] trainingTarget(int index);

    /**
     * As {@link #readTraining(int, long, float[], int)}, where the changes depend on how far the training is.
     *
     * @param progress share of the epochs that have ended, 0..1
     */
    default void readTraining(int index, long seed, double progress, float[] destination, int offset) {
        readTraining(index, seed, destination, offset);
    }

    /**
     * Target of a training item as {@link #readTraining(int, long, double, float[], int)} changed its pixels; a class stays as it is.
     *
     * @param seed     of the augmentation
     * @param progress share of the epochs that have ended, 0..1
     */
    default float[] trainingTarget(int index, long seed, double progress) {
        return trainingTarget(index);
    }

    /**
     * For a detector the number of rows in each target, else 0. Then a target is one row after the other, each of five values: x0, y0,
     * x1, y1 in px of the network's input, half-open, and the class from 0, -1 where the row holds no box, -2 for a box that is neither to
     * be found nor background.
     */
    default int boxRows() {
        return 0;
    }

    /** Target of a validation item. */
    float[] validationTarget(int index);

    /** What an error message calls a training item; mostly its path. */
    String trainingName(int index);

    /** Changes with the pixels of any item, training or validation, before augmentation; empty where that is not known. */
    default String checksum() {
        return "";
    }

    /** What {@link #readTraining} does to the pixels, as text: another text is another training; empty where it does nothing. */
    default String augmentation() {
        return "";
    }
}
