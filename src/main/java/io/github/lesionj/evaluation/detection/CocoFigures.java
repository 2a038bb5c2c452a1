package io.github.lesionj.evaluation.detection;

import io.github.lesionj.evaluation.Numbers;
import io.github.lesionj.evaluation.detection.MatchRule.AreaRange;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The twelve figures of COCO's box evaluation (Lin et al. 2014, arXiv:1405.0312): average precision (101 points) and average recall,
 * means over the classes that occur, and over the IoU 0.5, 0.55 to 0.95 where no other is named. NaN where no object counts.
 *
 * @param ap       at 100 boxes an image and class
 * @param ap50     at IoU 0.5
 * @param ap75     at IoU 0.75
 * @param apSmall  objects up to 32 x 32 px
 * @param apMedium between
 * @param apLarge  from 96 x 96 px
 * @param ar1      at one box an image and class
 * @param ar10     at ten
 * @param ar100    at 100
 * @param arSmall  at 100
 * @param arMedium at 100
 * @param arLarge  at 100
 */
public record CocoFigures(double ap, double ap50, double ap75, double apSmall, double apMedium, double apLarge,
        double ar1, double ar10, double ar100, double arSmall, double arMedium, double arLarge) {

    private static final double LEAST = 0.5;
    private static final double MOST = 0.95;
    private static final int STEPS = 9;
    private static final int AT_75 = 5;
    private static final int BOXES = 100;

    /**
     * Measures.
     *
     * @param classes number of classes; labels of boxes are below it
     */
    public static CocoFigures of(List<JudgedImage> images, int classes) {
        ToDoubleFunction<PrecisionRecall> precision = PrecisionRecall::average101;
        ToDoubleFunction<PrecisionRecall> recall = PrecisionRecall::lastRecall;
        PrecisionRecall[][] all = curves(images, classes, AreaRange.ALL, BOXES);
        PrecisionRecall[][] small = curves(images, classes, AreaRange.SMALL, BOXES);
        PrecisionRecall[][] medium = curves(images, classes, AreaRange.MEDIUM, BOXES);
        PrecisionRecall[][] large = curves(images, classes, AreaRange.LARGE, BOXES);
        return new CocoFigures(mean(all, precision), mean(new PrecisionRecall[][] {all[0]}, precision),
            mean(new PrecisionRecall[][] {all[AT_75]}, precision),
            mean(small, precision), mean(medium, precision), mean(large, precision),
            mean(curves(images, classes, AreaRange.ALL, 1), recall), mean(curves(images, classes, AreaRange.ALL, 10), recall),
            mean(all, recall), mean(small, recall), mean(medium, recall), mean(large, recall));
    }

    /** The IoU at which hits are counted, rising; equal bit for bit to those of COCO's own code. */
    static double[] thresholds() {
        double step = (MOST - LEAST) / STEPS;
        return IntStream.rangeClosed(0, STEPS).mapToDouble(i -> i == STEPS ? MOST : LEAST + i * step).toArray();
    }

    /** [threshold][class]. */
    private static PrecisionRecall[][] curves(List<JudgedImage> images, int classes, AreaRange areas, int most) {
        return Arrays.stream(thresholds()).mapToObj(iou -> curves(images, classes,
            new MatchRule(iou, MatchRule.Convention.BEST_FREE, areas, most))).toArray(PrecisionRecall[][]::new);
    }

    static PrecisionRecall[] curves(List<JudgedImage> images, int classes, MatchRule rule) {
        return IntStream.range(0, classes).parallel().mapToObj(label -> PrecisionRecall.of(ClassMatching.of(images, label, rule)))
            .toArray(PrecisionRecall[]::new);
    }

    private static double mean(PrecisionRecall[][] curves, ToDoubleFunction<PrecisionRecall> figure) {
        return Arrays.stream(curves).flatMap(Arrays::stream).mapToDouble(figure).filter(value -> !Double.isNaN(value)).average()
            .orElse(Double.NaN);
    }

    /** By short names. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        String[] names = {"ap", "ap50", "ap75", "ap_small", "ap_medium", "ap_large", "ar_1", "ar_10", "ar_100", "ar_small", "ar_medium", "ar_large"};
        double[] values = {ap, ap50, ap75, apSmall, apMedium, apLarge, ar1, ar10, ar100, arSmall, arMedium, arLarge};
        for (int i = 0; i < names.length; i++) {
            map.put(names[i], Numbers.orNull(values[i]));
        }
        return map;
    }
}
