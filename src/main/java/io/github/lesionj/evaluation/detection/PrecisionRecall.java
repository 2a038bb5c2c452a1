package io.github.lesionj.evaluation.detection;

import java.util.Arrays;

/**
 * Precision over recall by falling score, and the areas under it. Nothing of it exists (NaN) where no object must be found.
 *
 * @param recall    after each box, rising; empty where no object must be found
 * @param precision after each box
 * @param wanted    number of objects that must be found
 */
public record PrecisionRecall(double[] recall, double[] precision, int wanted) {

    /** Distances of recall as the reference codes have them: their multiples are not always the nearest numbers, and a recall may lie between. */
    private static final double COCO_STEP = 0.01;
    private static final double VOC_STEP = 0.1;

    /** Of one class. */
    public static PrecisionRecall of(ClassMatching matching) {
        int count = matching.wanted() == 0 ? 0 : matching.hits().length;
        double[] recall = new double[count];
        double[] precision = new double[count];
        int hits = 0;
        for (int i = 0; i < count; i++) {
            hits += matching.hits()[i] ? 1 : 0;
            recall[i] = (double) hits / matching.wanted();
            precision[i] = (double) hits / (i + 1);
        }
        return new PrecisionRecall(recall, precision, matching.wanted());
    }

    /** Mean over recall 0, 0.01 to 1 of the best precision at that recall or more (COCO). */
    public double average101() {
        return average(COCO_STEP);
    }

    /** The same over recall 0, 0.1 to 1 (PASCAL VOC until 2009). */
    public double average11() {
        return average(VOC_STEP);
    }

    private double average(double distance) {
        double[] best = envelope();
        int steps = (int) Math.round(1 / distance);
        double sum = 0;
        for (int step = 0; step <= steps; step++) {
            int at = firstWith(step == steps ? 1 : step * distance);
            sum += at < best.length ? best[at] : 0;
        }
        return wanted == 0 ? Double.NaN : sum / (steps + 1);
    }

    /** The area under the best precision at each recall or more, at every recall (PASCAL VOC from 2010). */
    public double averageAll() {
        double[] best = envelope();
        double area = 0;
        double before = 0;
        for (int i = 0; i < best.length; i++) {
            area += (recall[i] - before) * best[i];
            before = recall[i];
        }
        return wanted == 0 ? Double.NaN : area;
    }

    private double[] envelope() {
        double[] best = precision.clone();
        for (int i = best.length - 2; i >= 0; i--) {
            best[i] = Math.max(best[i], best[i + 1]);
        }
        return best;
    }

    private int firstWith(double least) {
        int at = Arrays.binarySearch(recall, least);
        if (at < 0) {
            return -at - 1;
        }
        while (at > 0 && recall[at - 1] >= least) {
            at--;
        }
        return at;
    }

    /** Of all boxes. */
    public double lastRecall() {
        return wanted == 0 ? Double.NaN : recall.length == 0 ? 0 : recall[recall.length - 1];
    }
}
