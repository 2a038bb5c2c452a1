package io.github.lesionj.pipeline;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.modelpackage.ModelCard;

/**
 * What a user asks of a detector that is not known yet.
 *
 * @param threshold     as in {@link DetectionSettings}, or {@link #OF_THE_MODEL}
 * @param nms           likewise
 * @param maxDetections as in {@link DetectionSettings}
 * @param umPerPx       as in {@link DetectionSettings}
 * @param batch         as in {@link DetectionSettings}
 */
public record DetectionChoice(double threshold, double nms, int maxDetections, double umPerPx, int batch) {

    /** What stands for the value of the model's card. */
    public static final double OF_THE_MODEL = -1;

    /**
     * Checks the two that may be left to the model.
     *
     * @throws UsageException where one is neither 0 to 1 nor {@link #OF_THE_MODEL}
     */
    public DetectionChoice {
        check("threshold", threshold);
        check("nms", nms);
    }

    private static void check(String key, double value) {
        if (value != OF_THE_MODEL && !(value >= 0 && value <= 1)) {
            throw new UsageException(key + "=" + value + " is out of range; it must be 0 to 1, or -1 for what the model's card says.");
        }
    }

    /** With a model. */
    public DetectionSettings with(ModelCard card) {
        DetectionSettings says = card.isDetector() ? DetectionSettings.of(card) : DetectionSettings.STANDARD;
        return new DetectionSettings(threshold == OF_THE_MODEL ? says.threshold() : threshold, nms == OF_THE_MODEL ? says.nms() : nms, maxDetections,
            umPerPx, batch);
    }
}
