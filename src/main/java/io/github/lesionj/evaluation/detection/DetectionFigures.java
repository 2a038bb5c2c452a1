package io.github.lesionj.evaluation.detection;

import io.github.lesionj.evaluation.Resampled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The figures of a detector that get intervals, for any weights of the images: boxes and objects of an image that was drawn twice count
 * twice. Boxes are matched and sorted once.
 */
final class DetectionFigures implements Resampled {

    static final String MAP50 = "map50";
    static final String RECALL = "recall";
    static final String SENSITIVITY = "sensitivity_at_1_false_alarm";

    private static final List<String> KEYS = List.of(MAP50, RECALL, SENSITIVITY);

    /** At IoU 0.5, which average precision is of. */
    private final List<Matched> classes;
    private final Matched all;
    private final double threshold;

    /**
     * Boxes by descending score, without those that count neither as hits nor as false alarms.
     *
     * @param image  of each box
     * @param wanted of each image, how many objects must be found
     */
    private record Matched(double[] score, boolean[] hit, int[] image, int[] wanted) {
    }

    private record Judged(double score, boolean hit, int image) {
    }

    /**
     * Matches.
     *
     * @param classes   how many
     * @param threshold of the scores, for the recall
     * @param iou       from which a box hits, for recall and sensitivity
     */
    DetectionFigures(List<JudgedImage> images, int classes, double threshold, double iou) {
        this.threshold = threshold;
        this.classes = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            this.classes.add(matched(images, label, label + 1, DetectionMetrics.IOU));
        }
        this.all = matched(images, 0, classes, iou);
    }

    private static Matched matched(List<JudgedImage> images, int from, int to, double iou) {
        List<Judged> boxes = new ArrayList<>();
        int[] wanted = new int[images.size()];
        for (int image = 0; image < wanted.length; image++) {
            for (int label = from; label < to; label++) {
                ImageMatching matching = ImageMatching.of(images.get(image), label, MatchRule.of(iou));
                wanted[image] += matching.wanted();
                for (int i = 0; i < matching.hit().length; i++) {
                    if (!matching.ignored()[i]) {
                        boxes.add(new Judged(matching.found().get(i).score(), matching.hit()[i] >= 0, image));
                    }
                }
            }
        }
        boxes.sort(Comparator.comparingDouble(box -> -box.score()));
        boolean[] hit = new boolean[boxes.size()];
        for (int i = 0; i < hit.length; i++) {
            hit[i] = boxes.get(i).hit();
        }
        return new Matched(boxes.stream().mapToDouble(Judged::score).toArray(), hit, boxes.stream().mapToInt(Judged::image).toArray(), wanted);
    }

    @Override
    public List<String> keys() {
        return KEYS;
    }

    @Override
    public double[] values(int[] weights) {
        double sum = 0;
        int existing = 0;
        for (Matched matched : classes) {
            double precision = averagePrecision(matched, weights);
            sum += Double.isNaN(precision) ? 0 : precision;
            existing += Double.isNaN(precision) ? 0 : 1;
        }
        return new double[] {existing == 0 ? Double.NaN : sum / existing, recall(weights), sensitivity(weights)};
    }

    private static long wanted(Matched matched, int[] weights) {
        long wanted = 0;
        for (int image = 0; image < weights.length; image++) {
            wanted += (long) weights[image] * matched.wanted[image];
        }
        return wanted;
    }

    /** Boxes of images that were not drawn are passed over: after none of all there is no precision. */
    private static double averagePrecision(Matched matched, int[] weights) {
        long wanted = wanted(matched, weights);
        double[] recall = new double[wanted == 0 ? 0 : matched.hit.length];
        double[] precision = new double[recall.length];
        long hits = 0;
        long boxes = 0;
        int points = 0;
        for (int i = 0; i < recall.length; i++) {
            int weight = weights[matched.image[i]];
            boxes += weight;
            hits += matched.hit[i] ? weight : 0;
            if (weight > 0) {
                recall[points] = (double) hits / wanted;
                precision[points++] = (double) hits / boxes;
            }
        }
        return new PrecisionRecall(Arrays.copyOf(recall, points), Arrays.copyOf(precision, points), Math.toIntExact(wanted))
            .average101();
    }

    private double recall(int[] weights) {
        long hits = 0;
        for (int i = 0; i < all.hit.length && all.score[i] >= threshold; i++) {
            hits += all.hit[i] ? weights[all.image[i]] : 0;
        }
        long wanted = wanted(all, weights);
        return wanted == 0 ? Double.NaN : (double) hits / wanted;
    }

    /** As {@link Froc#sensitivity}: boxes of equal scores come together. */
    private double sensitivity(int[] weights) {
        long images = 0;
        for (int weight : weights) {
            images += weight;
        }
        long wanted = wanted(all, weights);
        long hits = 0;
        long falseAlarms = 0;
        long best = 0;
        for (int i = 0; i < all.hit.length && falseAlarms <= images; i++) {
            int weight = weights[all.image[i]];
            hits += all.hit[i] ? weight : 0;
            falseAlarms += all.hit[i] ? 0 : weight;
            boolean last = i + 1 == all.hit.length || all.score[i + 1] < all.score[i];
            best = last && falseAlarms <= images ? hits : best;
        }
        return wanted == 0 || images == 0 ? Double.NaN : (double) best / wanted;
    }
}
