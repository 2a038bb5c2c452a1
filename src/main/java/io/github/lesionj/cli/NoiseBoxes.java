package io.github.lesionj.cli;

import io.github.lesionj.dataset.BoxItems;
import io.github.lesionj.runtime.TrainingData;
import java.util.SplittableRandom;

/**
 * Colour images of noise with boxes at random places, for timing.
 *
 * @param trainingSize   number of training images
 * @param validationSize number of validation images
 * @param size           edge in px
 */
record NoiseBoxes(int trainingSize, int validationSize, int size) implements TrainingData {

    static final int CHANNELS = 3;
    /** Of each image. */
    private static final int BOXES = 8;

    @Override
    public void readTraining(int index, long seed, float[] destination, int offset) {
        SplittableRandom random = new SplittableRandom(index);
        for (int i = 0; i < size * size * CHANNELS; i++) {
            destination[offset + i] = (float) random.nextDouble();
        }
    }

    @Override
    public void readValidation(int index, float[] destination, int offset) {
        readTraining(index, 0, destination, offset);
    }

    @Override
    public float[] trainingTarget(int index) {
        SplittableRandom random = new SplittableRandom(~index);
        float[] target = new float[BOXES * BoxItems.ROW];
        for (int box = 0; box < BOXES; box++) {
            float x = (float) (random.nextDouble() * (size - 64));
            float y = (float) (random.nextDouble() * (size - 64));
            float[] row = {x, y, x + 8 + random.nextInt(48), y + 8 + random.nextInt(48), random.nextInt(2)};
            System.arraycopy(row, 0, target, box * BoxItems.ROW, BoxItems.ROW);
        }
        return target;
    }

    @Override
    public float[] validationTarget(int index) {
        return trainingTarget(index);
    }

    @Override
    public int boxRows() {
        return BOXES;
    }

    @Override
    public String trainingName(int index) {
        return "noise " + index;
    }
}
