package io.github.lesionj.pipeline;

import io.github.lesionj.geometry.CandidateBoxes;
import io.github.lesionj.modelpackage.DetectionRule;
import io.github.lesionj.modelpackage.ModelCard;

/**
 * What a user asks of a detector.
 *
 * @param threshold     least score of a box, 0..1
 * @param nms           IoU above which two boxes of a class are one, 0..1
 * @param maxDetections boxes of an image at most, those of the highest scores
 * @param umPerPx       size of a pixel that overrides an image's own calibration; NaN = its own
 * @param batch         tiles that the network sees at once
 */
public record DetectionSettings(double threshold, double nms, int maxDetections, double umPerPx, int batch) {

    /** Where neither user nor card says otherwise. */
    public static final double THRESHOLD = 0.3;
    /** Boxes of an image, which may have many tiles, where the user does not say otherwise. */
    public static final int MAX_DETECTIONS = CandidateBoxes.MOST;

    /** Low enough for the whole curve of precision and recall. */
    private static final double FLOOR = 0.01;
    /** COCO's number, a hundred, is too few for crowded fields of cells. */
    private static final int MOST_MEASURED = 1000;

    /** Where there is no card. */
    public static final DetectionSettings STANDARD = new DetectionSettings(THRESHOLD, DetectionRule.NMS, MAX_DETECTIONS, Double.NaN, 8);

    /** As a card says. */
    public static DetectionSettings of(ModelCard card) {
        double threshold = Double.isNaN(card.threshold()) ? THRESHOLD : card.threshold();
        return new DetectionSettings(threshold, card.detection().nms(), MAX_DETECTIONS, Double.NaN, STANDARD.batch);
    }

    /** As these, for a measurement: every box that its curves need. */
    public DetectionSettings measuring() {
        return new DetectionSettings(FLOOR, nms, MOST_MEASURED, umPerPx, batch);
    }
}
