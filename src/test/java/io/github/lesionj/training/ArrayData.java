package io.github.lesionj.training;

import io.github.lesionj.runtime.TrainingData;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Training data in memory; training and validation items. */
record ArrayData(List<float[]> images, List<float[]> targets, List<float[]> validationImages,
        List<float[]> validationTargets) implements TrainingData {

    /** Bright squares at random places on noise (class 1) or noise alone (class 0), one channel. */
    static ArrayData squares(int items, int size, long seed) {
        Random random = new Random(seed);
        List<float[]> targets = IntStream.range(0, items).mapToObj(i -> new float[] {1 - i % 2, i % 2}).toList();
        List<float[]> images = IntStream.range(0, items).mapToObj(i -> square(size, i % 2 == 1, random)).toList();
        return new ArrayData(images, targets, images, targets);
    }

    private static float[] square(int size, boolean lesion, Random random) {
        float[] image = new float[size * size];
        for (int i = 0; i < image.length; i++) {
            image[i] = 0.3f + 0.1f * random.nextFloat();
        }
        int x0 = random.nextInt(size - 4);
        int y0 = random.nextInt(size - 4);
        for (int i = 0; lesion && i < 16; i++) {
            image[(y0 + i / 4) * size + x0 + i % 4] += 0.5f;
        }
        return image;
    }

    @Override
    public int trainingSize() {
        return images.size();
    }

    @Override
    public int validationSize() {
        return validationImages.size();
    }

    @Override
    public void readTraining(int index, long seed, float[] destination, int offset) {
        System.arraycopy(images.get(index), 0, destination, offset, images.get(index).length);
    }

    @Override
    public void readValidation(int index, float[] destination, int offset) {
        System.arraycopy(validationImages.get(index), 0, destination, offset, validationImages.get(index).length);
    }

    @Override
    public float[] trainingTarget(int index) {
        return targets.get(index);
    }

    @Override
    public float[] validationTarget(int index) {
        return validationTargets.get(index);
    }

    @Override
    public String trainingName(int index) {
        return "image-" + index + ".png";
    }
}
