package io.github.lesionj.pipeline;

import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.geometry.TileMerge;
import java.util.List;

/**
 * What a detector says of an image, before a threshold: another threshold needs no new prediction.
 *
 * @param merge of all tiles
 * @param floor lowest threshold that can be asked for: what is below was not kept
 * @param tiles that the image was looked at in
 */
public record SearchedImage(TileMerge merge, double floor, long tiles) {

    /**
     * The boxes.
     *
     * @param threshold least score, at or above the floor
     * @param nms       IoU above which two boxes of a class are one
     * @param most      boxes at most
     * @return in px of the image, by descending score
     */
    public List<ScoredBox> boxes(double threshold, double nms, int most) {
        if (threshold < floor) {
            throw new IllegalArgumentException("Boxes below " + floor + " were not kept, so there are none from " + threshold + " on");
        }
        return merge.merged(threshold, nms, most);
    }

    /** As settings ask for them. */
    public List<ScoredBox> boxes(DetectionSettings settings) {
        return boxes(settings.threshold(), settings.nms(), settings.maxDetections());
    }
}
