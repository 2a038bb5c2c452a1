package io.github.lesionj.evaluation.detection;

import java.util.List;

/** The threshold of a detector's scores with the best F1 over all classes together, a balance of misses and false alarms. */
public final class BestThreshold {

    private BestThreshold() {
    }

    /**
     * The threshold, midway between the score of the last box that it keeps and the next one's.
     *
     * @param classes how many
     * @param iou     from which a box hits
     * @return NaN where no threshold has a hit
     */
    public static double ofF1(List<JudgedImage> images, int classes, double iou) {
        return new DetectionOperatingRule(DetectionOperatingRule.Kind.F1, Double.NaN).choose(images, classes, iou)
            .map(DetectionOperatingRule.Choice::threshold).orElse(Double.NaN);
    }
}
