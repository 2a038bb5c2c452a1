package io.github.lesionj.cli;

import io.github.lesionj.runtime.TrainingData;
import java.util.SplittableRandom;

/**
 * Grey images that hold nothing to learn but the brightness of their class, for timing.
 *
 * @param trainingSize   number of training images
 * @param validationSize number of validation images
 * @param size           edge in px
 */
record NoiseData(int trainingSize, int validationSize, int size) implements TrainingData {

    @Override
    public void readTraining(int index, long seed, float[] destination, int offset) {
        SplittableRandom random = new SplittableRandom(index);
        for (int i = 0; i < size * size; i++) {
            destination[offset + i] = (float) (random.nextDouble() + index % 2);
        }
    }

    @Override
    public void readValidation(int index, float[] destination, int offset) {
        readTraining(index, 0, destination, offset);
    }

    @Override
    public float[] trainingTarget(int index) {
        return index % 2 == 0 ? new float[] {1, 0} : new float[] {0, 1};
    }

    @Override
    public float[] validationTarget(int index) {
        return trainingTarget(index);
    }

    @Override
    public String trainingName(int index) {
        return "noise " + index;
    }
}
