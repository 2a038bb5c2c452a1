package io.github.lesionj.cli;

import io.github.lesionj.image.SourceImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.imglib2.RandomAccess;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;

/**
 * Changes that another machine, another hospital or another radiographer makes to a grey 8-bit image: what a model must bear
 * that was selected on images of one source. Gamma, the stronger contrast, the ramp, blur and noise lie outside of what an
 * augmentation of ours draws; the others lie within the stronger ones.
 */
@FunctionalInterface
interface Perturbation {

    /**
     * Changes an image.
     *
     * @param image [y][x], 0..1
     * @param seed  of what is random
     * @return of the same size; values outside 0..1 are cut off afterwards
     */
    double[][] apply(double[][] image, long seed);

    /** All of them, by name. */
    static Map<String, Perturbation> all() {
        Map<String, Perturbation> all = new LinkedHashMap<>();
        all.put("none", (image, seed) -> image);
        all.put("gamma_0.6", (image, seed) -> eachValue(image, v -> Math.pow(v, 0.6)));
        all.put("gamma_1.6", (image, seed) -> eachValue(image, v -> Math.pow(v, 1.6)));
        all.put("contrast_0.6", (image, seed) -> eachValue(image, v -> 0.5 + 0.6 * (v - 0.5)));
        all.put("contrast_1.5", (image, seed) -> eachValue(image, v -> 0.5 + 1.5 * (v - 0.5)));
        all.put("brighter_0.15", (image, seed) -> eachValue(image, v -> v + 0.15));
        all.put("darker_0.15", (image, seed) -> eachValue(image, v -> v - 0.15));
        all.put("ramp_0.2", (image, seed) -> eachPlace(image, (x, y) -> value(image, x, y) + 0.4 * (x / (image.length - 1) - 0.5)));
        all.put("blur", (image, seed) -> blurred(blurred(image)));
        all.put("noise_0.08", Perturbation::noisy);
        all.put("shift_3px", (image, seed) -> eachPlace(image, (x, y) -> value(image, x - 3, y - 3)));
        all.put("closer_1.2", (image, seed) -> scaled(image, 1.2));
        all.put("farther_0.85", (image, seed) -> scaled(image, 0.85));
        all.put("turned_10", (image, seed) -> turned(image, Math.toRadians(10)));
        return all;
    }

    /** A value from its place in px. */
    @FunctionalInterface
    interface Place {
        double value(double x, double y);
    }

    /** A value from a value. */
    @FunctionalInterface
    interface Value {
        double of(double value);
    }

    private static double[][] eachPlace(double[][] image, Place place) {
        double[][] changed = new double[image.length][image[0].length];
        for (int y = 0; y < image.length; y++) {
            for (int x = 0; x < image[0].length; x++) {
                changed[y][x] = place.value(x, y);
            }
        }
        return changed;
    }

    private static double[][] eachValue(double[][] image, Value value) {
        return eachPlace(image, (x, y) -> value.of(image[(int) y][(int) x]));
    }

    /** Bilinear between pixels; the border goes on outside. */
    private static double value(double[][] image, double x, double y) {
        double left = Math.max(0, Math.min(image[0].length - 1.0, x));
        double top = Math.max(0, Math.min(image.length - 1.0, y));
        int x0 = (int) left;
        int y0 = (int) top;
        int x1 = Math.min(image[0].length - 1, x0 + 1);
        int y1 = Math.min(image.length - 1, y0 + 1);
        double above = image[y0][x0] + (left - x0) * (image[y0][x1] - image[y0][x0]);
        double below = image[y1][x0] + (left - x0) * (image[y1][x1] - image[y1][x0]);
        return above + (top - y0) * (below - above);
    }

    /** The binomial filter 1 2 1 along both axes. */
    private static double[][] blurred(double[][] image) {
        double[][] rows = eachPlace(image, (x, y) -> (value(image, x - 1, y) + 2 * value(image, x, y) + value(image, x + 1, y)) / 4);
        return eachPlace(rows, (x, y) -> (value(rows, x, y - 1) + 2 * value(rows, x, y) + value(rows, x, y + 1)) / 4);
    }

    private static double[][] noisy(double[][] image, long seed) {
        Random random = new Random(seed);
        return eachValue(image, v -> v + 0.08 * random.nextGaussian());
    }

    private static double[][] scaled(double[][] image, double factor) {
        double middleX = (image[0].length - 1) / 2.0;
        double middleY = (image.length - 1) / 2.0;
        return eachPlace(image, (x, y) -> value(image, middleX + (x - middleX) / factor, middleY + (y - middleY) / factor));
    }

    private static double[][] turned(double[][] image, double angle) {
        double middleX = (image[0].length - 1) / 2.0;
        double middleY = (image.length - 1) / 2.0;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return eachPlace(image, (x, y) -> value(image, middleX + cos * (x - middleX) + sin * (y - middleY),
            middleY - sin * (x - middleX) + cos * (y - middleY)));
    }

    /** The same of a grey 8-bit image, rounded to 8 bits. */
    default SourceImage apply(SourceImage source, long seed) {
        double[][] image = new double[source.height()][source.width()];
        RandomAccess<? extends RealType<?>> pixels = source.pixels().randomAccess();
        for (int y = 0; y < source.height(); y++) {
            for (int x = 0; x < source.width(); x++) {
                image[y][x] = pixels.setPositionAndGet(x, y, 0).getRealDouble() / 255;
            }
        }
        double[][] changed = apply(image, seed);
        byte[] bytes = new byte[source.height() * source.width()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, changed[i / source.width()][i % source.width()])));
        }
        return new SourceImage(ArrayImgs.unsignedBytes(bytes, source.width(), source.height(), 1), source.kind(), 255,
            source.umPerPx(), source.remarks());
    }
}
