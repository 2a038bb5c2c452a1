package io.github.lesionj.batch;

import ij.gui.Roi;
import java.util.List;

/** Shows the classified objects of an image where they are: in the overlay or in the ROI Manager. */
@FunctionalInterface
public interface ObjectDisplay {

    /** Shows nothing. */
    ObjectDisplay NONE = rois -> { };

    /**
     * Called once, when all of them are done.
     *
     * @param rois the source's own, named, grouped and coloured by class
     */
    void show(List<Roi> rois);
}
