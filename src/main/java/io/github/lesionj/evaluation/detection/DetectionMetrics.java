package io.github.lesionj.evaluation.detection;

import io.github.lesionj.evaluation.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The figures of a detector. Means over classes are over those that have objects.
 *
 * @param images    how many
 * @param perClass  by index
 * @param all       all classes as one: a box of one class never hits an object of another
 * @param coco      the figures of COCO
 * @param map50Voc11  mean average precision at IoU 0.5 by PASCAL VOC until 2009
 * @param map50VocAll the same from 2010 on
 * @param froc      of all classes
 * @param iou       from which a box hits, for precision, recall, F1 and FROC
 * @param threshold of the scores, for precision, recall and F1
 * @param notes     sentences on values that do not exist
 */
public record DetectionMetrics(int images, List<DetectedClass> perClass, DetectedClass all, CocoFigures coco, double map50Voc11,
        double map50VocAll, Froc froc, double iou, double threshold, List<String> notes) {

    /** Overlap from which a box hits where nothing else is said. */
    public static final double IOU = 0.5;

    /**
     * Measures.
     *
     * @param classNames of the labels
     * @param threshold  boxes below it are not counted in precision, recall and F1
     * @param iou        from which a box hits, above 0
     */
    public static DetectionMetrics of(List<String> classNames, List<JudgedImage> images, double threshold, double iou) {
        int classes = classNames.size();
        ClassMatching[] matchings = IntStream.range(0, classes).mapToObj(label -> ClassMatching.of(images, label, MatchRule.of(iou)))
            .toArray(ClassMatching[]::new);
        PrecisionRecall[][] curves = Arrays.stream(CocoFigures.thresholds())
            .mapToObj(at -> CocoFigures.curves(images, classes, MatchRule.of(at))).toArray(PrecisionRecall[][]::new);
        List<DetectedClass> perClass = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            int index = label;
            double ap = Arrays.stream(curves).mapToDouble(at -> at[index].average101()).average().orElse(Double.NaN);
            perClass.add(detected(classNames.get(label), matchings[label], threshold, curves[0][label].average101(), ap));
        }
        ClassMatching together = ClassMatching.together(List.of(matchings));
        DetectedClass all = detected("", together, threshold, mean(perClass, DetectedClass::ap50), mean(perClass, DetectedClass::ap));
        PrecisionRecall[] voc = CocoFigures.curves(images, classes,
            new MatchRule(IOU, MatchRule.Convention.BEST, MatchRule.AreaRange.ALL, Integer.MAX_VALUE));
        return new DetectionMetrics(images.size(), List.copyOf(perClass), all, CocoFigures.of(images, classes),
            mean(Arrays.asList(voc), PrecisionRecall::average11), mean(Arrays.asList(voc), PrecisionRecall::averageAll),
            Froc.of(together), iou, threshold, notes(perClass, images));
    }

    private static DetectedClass detected(String name, ClassMatching matching, double threshold, double ap50, double ap) {
        int boxes = matching.above(threshold);
        int hits = matching.hits(boxes);
        return new DetectedClass(name, matching.wanted(), hits, boxes - hits, ap50, ap);
    }

    private static <T> double mean(List<T> values, ToDoubleFunction<T> figure) {
        return values.stream().mapToDouble(figure).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
    }

    private static List<String> notes(List<DetectedClass> classes, List<JudgedImage> images) {
        List<String> notes = new ArrayList<>();
        if (images.isEmpty()) {
            return List.of("There is no image: no value exists.");
        }
        if (classes.stream().allMatch(found -> found.objects() == 0)) {
            notes.add("There is no object on any image: recall, average precision and FROC do not exist; every box is a false alarm.");
        } else {
            for (DetectedClass found : classes) {
                if (found.objects() == 0) {
                    notes.add("There is no object of the class " + found.name() + ": its average precision does not exist, and means over the classes leave it out.");
                }
            }
        }
        return List.copyOf(notes);
    }

    /** Mean over the classes of the average precision at IoU 0.5, 101 points. */
    public double map50() {
        return all.ap50();
    }

    /** Mean over the classes, and over IoU 0.5, 0.55 to 0.95. */
    public double map() {
        return all.ap();
    }

    /** The keys and values of {@code metrics.json}, in order; a value that does not exist is null. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("images", images);
        map.put("objects", all.objects());
        map.put("map50", Numbers.orNull(map50()));
        map.put("map50_95", Numbers.orNull(map()));
        map.put("ap50_per_class", byClass(DetectedClass::ap50));
        map.put("map50_voc_11_points", Numbers.orNull(map50Voc11));
        map.put("map50_voc_all_points", Numbers.orNull(map50VocAll));
        map.put("precision", Numbers.orNull(all.precision()));
        map.put("recall", Numbers.orNull(all.recall()));
        map.put("f1", Numbers.orNull(all.f1()));
        map.put("threshold", threshold);
        map.put("iou", iou);
        map.put("froc", sensitivities());
        map.put("froc_mean", Numbers.orNull(froc.score()));
        map.put("coco", coco.toMap());
        Map<String, Object> classes = new LinkedHashMap<>();
        perClass.forEach(found -> classes.put(found.name(), found.toMap()));
        map.put("per_class", classes);
        map.put("notes", notes);
        return map;
    }

    private Map<String, Object> byClass(ToDoubleFunction<DetectedClass> figure) {
        Map<String, Object> values = new LinkedHashMap<>();
        perClass.forEach(found -> values.put(found.name(), Numbers.orNull(figure.applyAsDouble(found))));
        return values;
    }

    private Map<String, Object> sensitivities() {
        Map<String, Object> values = new LinkedHashMap<>();
        froc.sensitivities().forEach((level, value) -> values.put(level.toString(), Numbers.orNull(value)));
        return values;
    }
}
