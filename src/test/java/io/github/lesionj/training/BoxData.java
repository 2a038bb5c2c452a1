package io.github.lesionj.training;

import io.github.lesionj.runtime.TrainingData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bright (class 0) and dark (class 1) rectangles at random places on noise, one channel; every sixth image has none. */
record BoxData(int size, List<float[]> images, List<float[]> targets) implements TrainingData {

    private static final int ROWS = 3;

    static BoxData rectangles(int items, int size, long seed) {
        Random random = new Random(seed);
        List<float[]> images = new ArrayList<>();
        List<float[]> targets = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            float[] image = new float[size * size];
            for (int k = 0; k < image.length; k++) {
                image[k] = 0.5f + 0.1f * (random.nextFloat() - 0.5f);
            }
            float[] target = new float[5 * ROWS];
            Arrays.fill(target, -1);
            int boxes = i % 6 == 0 ? 0 : 1 + random.nextInt(2);
            for (int box = 0; box < boxes; box++) {
                draw(image, size, target, box, random);
            }
            images.add(image);
            targets.add(target);
        }
        return new BoxData(size, images, targets);
    }

    // The second lies in the other half of the image: none covers another.
    private static void draw(float[] image, int size, float[] target, int box, Random random) {
        int width = 8 + random.nextInt(9);
        int height = 8 + random.nextInt(9);
        int x = random.nextInt(size - width);
        int y = box * size / 2 + random.nextInt(size / 2 - height);
        int label = random.nextInt(2);
        for (int row = y; row < y + height; row++) {
            for (int column = x; column < x + width; column++) {
                image[row * size + column] += label == 0 ? 0.4f : -0.4f;
            }
        }
        System.arraycopy(new float[] {x, y, x + width, y + height, label}, 0, target, 5 * box, 5);
    }

    @Override
    public int trainingSize() {
        return images.size();
    }

    @Override
    public int validationSize() {
        return Math.min(24, images.size());
    }

    @Override
    public void readTraining(int index, long seed, float[] destination, int offset) {
        System.arraycopy(images.get(index), 0, destination, offset, size * size);
    }

    @Override
    public void readValidation(int index, float[] destination, int offset) {
        readTraining(index, 0, destination, offset);
    }

    @Override
    public float[] trainingTarget(int index) {
        return targets.get(index);
    }

    @Override
    public float[] validationTarget(int index) {
        return targets.get(index);
    }

    @Override
    public int boxRows() {
        return ROWS;
    }

    @Override
    public String trainingName(int index) {
        return "image-" + index + ".png";
    }
}
