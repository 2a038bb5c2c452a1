package io.github.lesionj.evaluation.detection;

import io.github.lesionj.evaluation.Numbers;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well objects of one class are found.
 *
 * @param name        of the class
 * @param objects     that must be found
 * @param hits        of them, by boxes at the threshold or above
 * @param falseAlarms boxes at the threshold or above that hit no object
 * @param ap50        average precision at IoU 0.5, 101 points; NaN without objects
 * @param ap          mean of it over IoU 0.5, 0.55 to 0.95
 */
public record DetectedClass(String name, int objects, int hits, int falseAlarms, double ap50, double ap) {

    public int misses() {
        return objects - hits;
    }

    /** Share of the boxes that are hits; NaN without boxes. */
    public double precision() {
        return hits + falseAlarms == 0 ? Double.NaN : (double) hits / (hits + falseAlarms);
    }

    /** Share of the objects that are hit; NaN without objects. */
    public double recall() {
        return objects == 0 ? Double.NaN : (double) hits / objects;
    }

    /** Harmonic mean of precision and recall; 0 where objects or boxes are there and no box is a hit. */
    public double f1() {
        int all = 2 * hits + falseAlarms + misses();
        return all == 0 ? Double.NaN : 2.0 * hits / all;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("objects", objects);
        map.put("hits", hits);
        map.put("misses", misses());
        map.put("false_alarms", falseAlarms);
        map.put("precision", Numbers.orNull(precision()));
        map.put("recall", Numbers.orNull(recall()));
        map.put("f1", Numbers.orNull(f1()));
        map.put("ap50", Numbers.orNull(ap50));
        map.put("ap50_95", Numbers.orNull(ap));
        return map;
    }
}
