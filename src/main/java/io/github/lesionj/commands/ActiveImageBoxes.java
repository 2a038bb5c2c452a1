package io.github.lesionj.commands;

import ij.ImagePlus;
import ij.gui.Roi;
import io.github.lesionj.batch.DetectionDisplay;
import io.github.lesionj.results.DetectionRois;
import io.github.lesionj.results.Detections;
import io.github.lesionj.results.ImageOverlay;
import java.util.List;

/** Shows boxes on the image that is open in ImageJ and in the ROI Manager, in place of those of an earlier run. Thread-safe. */
final class ActiveImageBoxes implements DetectionDisplay {

    private final ImagePlus image;

    ActiveImageBoxes(ImagePlus image) {
        this.image = image;
    }

    @Override
    public void begin() {
        ImageOverlay.clear(image);
        ImageOverlay.clearRoiManager(image);
    }

    @Override
    public synchronized void show(Detections found) {
        List<Roi> rois = DetectionRois.of(found, image.isHyperStack());
        ImageOverlay.nameGroups(found.classNames());
        ImageOverlay.addBoxes(image, rois);
        ImageOverlay.addToRoiManager(image, rois);
    }
}
