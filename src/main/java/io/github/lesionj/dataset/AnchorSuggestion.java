package io.github.lesionj.dataset;

import io.github.lesionj.geometry.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Sizes and ratios of anchors that suit the boxes of a training set: centres of clusters, where a box belongs to the centre of the
 * largest IoU (Redmon and Farhadi 2017, arXiv:1612.08242, section 2).
 *
 * @param sizes    edges of a square of the anchor's area, px of the network's input, by level from the finest, rising
 * @param ratios   height by width, rising
 * @param coverage share of the boxes that overlap with an anchor of the best shape by an IoU of 0.5 or more, centres matched
 * @param mean     of these best IoU
 */
public record AnchorSuggestion(double[][] sizes, double[] ratios, double coverage, double mean) {

    private static final int LEVELS = 3;
    private static final int SIZES = 3;
    private static final int RATIOS = 3;
    private static final int ROUNDS = 100;
    private static final double COVERED = 0.5;

    /**
     * For three levels of three sizes, each in three ratios.
     *
     * @param boxes px of the network's input; empty ones are left out
     * @param seed  of the first centres
     * @throws IllegalArgumentException without a box
     */
    public static AnchorSuggestion of(List<Box> boxes, long seed) {
        double[][] shapes = boxes.stream().filter(box -> !box.isEmpty()).map(box -> new double[] {box.width(), box.height()}).toArray(double[][]::new);
        if (shapes.length == 0) {
            throw new IllegalArgumentException("No box to suggest anchors for");
        }
        double[][] squares = Arrays.stream(shapes).map(shape -> new double[] {Math.sqrt(shape[0] * shape[1]), Math.sqrt(shape[0] * shape[1])})
            .toArray(double[][]::new);
        double[] edges = Arrays.stream(centres(squares, LEVELS * SIZES, seed)).mapToDouble(centre -> centre[0]).sorted().toArray();
        // of unit area, so that a ratio is one number
        double[][] slender = Arrays.stream(shapes).map(shape -> slender(shape[1] / shape[0])).toArray(double[][]::new);
        double[] ratios = Arrays.stream(centres(slender, RATIOS, seed + 1)).mapToDouble(centre -> centre[1] / centre[0]).sorted().toArray();
        double[][] sizes = new double[LEVELS][];
        Arrays.setAll(sizes, level -> Arrays.stream(edges, level * SIZES, (level + 1) * SIZES).map(AnchorSuggestion::rounded).toArray());
        return judged(sizes, Arrays.stream(ratios).map(AnchorSuggestion::rounded).toArray(), shapes);
    }

    private static double[] slender(double ratio) {
        return new double[] {1 / Math.sqrt(ratio), Math.sqrt(ratio)};
    }

    /** To three digits. */
    private static double rounded(double value) {
        double step = Math.pow(10, Math.floor(Math.log10(value)) - 2);
        return Math.rint(value / step) * step;
    }

    private static AnchorSuggestion judged(double[][] sizes, double[] ratios, double[][] shapes) {
        List<double[]> anchors = new ArrayList<>();
        for (double[] level : sizes) {
            for (double size : level) {
                for (double ratio : ratios) {
                    double[] unit = slender(ratio);
                    anchors.add(new double[] {size * unit[0], size * unit[1]});
                }
            }
        }
        double[] best = Arrays.stream(shapes).mapToDouble(shape -> anchors.stream().mapToDouble(anchor -> overlap(shape, anchor)).max().orElseThrow()).toArray();
        return new AnchorSuggestion(sizes, ratios, Arrays.stream(best).filter(iou -> iou >= COVERED).count() / (double) best.length,
            Arrays.stream(best).average().orElseThrow());
    }

    /** IoU of two boxes with one centre. */
    private static double overlap(double[] a, double[] b) {
        double shared = Math.min(a[0], b[0]) * Math.min(a[1], b[1]);
        return shared / (a[0] * a[1] + b[0] * b[1] - shared);
    }

    /** Where there are fewer different shapes than centres, some centres are equal. */
    private static double[][] centres(double[][] shapes, int count, long seed) {
        double[][] centres = firstCentres(shapes, count, new SplittableRandom(seed));
        for (int round = 0; round < ROUNDS; round++) {
            double[][] sums = new double[count][3];
            for (double[] shape : shapes) {
                double[] sum = sums[nearest(shape, centres)];
                sum[0] += shape[0];
                sum[1] += shape[1];
                sum[2]++;
            }
            double[][] next = new double[count][];
            for (int i = 0; i < count; i++) {
                next[i] = sums[i][2] == 0 ? centres[i] : new double[] {sums[i][0] / sums[i][2], sums[i][1] / sums[i][2]};
            }
            if (Arrays.deepEquals(next, centres)) {
                break;
            }
            centres = next;
        }
        return centres;
    }

    /** Each next one drawn the likelier the less it overlaps with those before it (Arthur and Vassilvitskii 2007). */
    private static double[][] firstCentres(double[][] shapes, int count, SplittableRandom random) {
        double[][] centres = new double[count][];
        centres[0] = shapes[random.nextInt(shapes.length)];
        for (int i = 1; i < count; i++) {
            double[][] known = Arrays.copyOf(centres, i);
            double[] distances = Arrays.stream(shapes).mapToDouble(shape -> 1 - overlap(shape, known[nearest(shape, known)])).toArray();
            double left = random.nextDouble() * Arrays.stream(distances).sum();
            int chosen = 0;
            while (chosen + 1 < shapes.length && left >= distances[chosen]) {
                left -= distances[chosen++];
            }
            centres[i] = shapes[chosen];
        }
        return centres;
    }

    private static int nearest(double[] shape, double[][] centres) {
        int best = 0;
        for (int i = 1; i < centres.length; i++) {
            best = overlap(shape, centres[i]) > overlap(shape, centres[best]) ? i : best;
        }
        return best;
    }

    /** Sizes as an architecture takes them, such as {@code 4,8,16;8,16,32;16,32,64}. */
    public String sizesText() {
        List<String> levels = new ArrayList<>();
        for (double[] level : sizes) {
            levels.add(text(level));
        }
        return String.join(";", levels);
    }

    /** Ratios as an architecture takes them, such as {@code 0.5,1,2}. */
    public String ratiosText() {
        return text(ratios);
    }

    private static String text(double[] values) {
        return String.join(",", Arrays.stream(values).mapToObj(value -> String.format(Locale.ROOT, "%.3g", value)).toList());
    }
}
