package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random changes of training images, the same for the same seed. Each parameter is a largest change, drawn evenly between
 * minus and plus; 0 switches it off. Immutable, thread-safe.
 *
 * @param rotation    in degrees
 * @param translation as a part of width and height
 * @param zoom        as a part: 0.1 means 1 / 1.1 to 1.1 times
 * @param brightness  added, as a part of the whole range of an image
 * @param contrast    as a part: 0.1 means the distance from the image's mean times 0.9 to 1.1
 * @param noise       largest standard deviation of normal noise, likewise
 * @param flipX       left and right are changed over in half of the cases; only where sides do not matter
 * @param flipY       likewise top and bottom
 * @param erasing     probability that a rectangle of 2 to 10 % of the area gets the image's mean (Zhong 2017, arXiv:1708.04896)
 */
public record Augmentation(double rotation, double translation, double zoom, double brightness, double contrast, double noise,
        boolean flipX, boolean flipY, double erasing) {

    /** No change at all. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 0, 0, false, false, 0);
    /** Small changes that any medical image bears; no flips, for the heart is on the left. */
    public static final Augmentation LIGHT = new Augmentation(7, 0.05, 0.1, 0.1, 0.1, 0.01, false, false, 0);
    /** Larger ones, for little data. */
    public static final Augmentation STRONG = new Augmentation(15, 0.1, 0.2, 0.2, 0.2, 0.03, false, false, 0.25);

    private static final double[] SMALLEST_AND_LARGEST_AREA = {0.02, 0.1};
    private static final double LARGEST_ASPECT = 3.3;

    public Augmentation {
        check("rotation", rotation, 180);
        check("translation", translation, 0.5);
        check("zoom", zoom, 1);
        check("brightness", brightness, 1);
        check("contrast", contrast, 0.9);
        check("noise", noise, 1);
        check("erasing", erasing, 1);
    }

    private static void check(String name, double value, double largest) {
        if (!(value >= 0 && value <= largest)) {
            throw new UsageException("augment: " + name + " is " + value + ", but must lie between 0 and " + largest + ".");
        }
    }

    /** Reads the key {@code augment}; see {@link AugmentationKey}. */
    public static Augmentation parse(String text) {
        return AugmentationKey.parse(text);
    }

    /** The text that {@link #parse} makes the same augmentation of. */
    public String key() {
        return AugmentationKey.text(this);
    }

    /**
     * Changes one image in place.
     *
     * @param values   holds height * width * channels values from {@code offset}, channel fastest
     * @param offset   of the first value
     * @param height   in px
     * @param width    in px
     * @param channels number of them
     * @param range    what the whole range of an image is in the network's input: 1 where that is 0..1
     * @param seed     decides every change
     */
    public void apply(float[] values, int offset, int height, int width, int channels, double range, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        AffineMap map = map(random, height, width);
        if (!map.isIdentity()) {
            map.resample(values, offset, height, width, channels);
        }
        recolor(values, offset, height, width, channels, range, random);
    }

    /** The changes of {@link #apply} that leave everything at its place. */
    void recolor(float[] values, int offset, int height, int width, int channels, double range, SplittableRandom random) {
        int count = height * width * channels;
        double factor = 1 + between(random, contrast);
        double shift = range * between(random, brightness);
        if (contrast > 0 || brightness > 0) {
            double mean = mean(values, offset, count);
            for (int i = offset; i < offset + count; i++) {
                values[i] = (float) ((values[i] - mean) * factor + mean + shift);
            }
        }
        double deviation = range * noise * random.nextDouble();
        if (noise > 0) {
            for (int i = offset; i < offset + count; i++) {
                values[i] += (float) (deviation * random.nextGaussian());
            }
        }
        if (random.nextDouble() < erasing) {
            erase(values, offset, height, width, channels, random);
        }
    }

    private AffineMap map(SplittableRandom random, int height, int width) {
        double angle = Math.toRadians(between(random, rotation));
        double scale = Math.exp(between(random, Math.log1p(zoom)));
        double shiftX = between(random, translation) * width;
        double shiftY = between(random, translation) * height;
        boolean mirrorX = random.nextBoolean() && flipX;
        boolean mirrorY = random.nextBoolean() && flipY;
        return new AffineMap(angle, scale, shiftX, shiftY, mirrorX, mirrorY);
    }

    private static double between(SplittableRandom random, double largest) {
        return (2 * random.nextDouble() - 1) * largest;
    }

    private static double mean(float[] values, int offset, int count) {
        double sum = 0;
        for (int i = offset; i < offset + count; i++) {
            sum += values[i];
        }
        return sum / count;
    }

    private static void erase(float[] values, int offset, int height, int width, int channels, SplittableRandom random) {
        double low = SMALLEST_AND_LARGEST_AREA[0];
        double area = (low + (SMALLEST_AND_LARGEST_AREA[1] - low) * random.nextDouble()) * height * width;
        double aspect = Math.exp((2 * random.nextDouble() - 1) * Math.log(LARGEST_ASPECT));
        int rows = Math.max(1, Math.min(height, (int) Math.round(Math.sqrt(area * aspect))));
        int columns = Math.max(1, Math.min(width, (int) Math.round(Math.sqrt(area / aspect))));
        int top = random.nextInt(height - rows + 1);
        int left = random.nextInt(width - columns + 1);
        float mean = (float) mean(values, offset, height * width * channels);
        for (int row = top; row < top + rows; row++) {
            int start = offset + (row * width + left) * channels;
            Arrays.fill(values, start, start + columns * channels, mean);
        }
    }
}
