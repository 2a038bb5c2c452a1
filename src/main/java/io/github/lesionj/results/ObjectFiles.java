package io.github.lesionj.results;

import ij.gui.Roi;
import io.github.lesionj.dataset.GivenLabel;
import java.util.List;

/** The classified ROIs of one image on disk: {@code rois/PATH.zip} and {@code geojson/PATH.geojson}, PATH being the image's. */
public final class ObjectFiles {

    private ObjectFiles() {
    }

    /**
     * Writes both.
     *
     * @param image that they lie on
     * @param rois  in their order, those that could not be classified without a class
     */
    public static void write(ResultFolder folder, ItemKey image, List<Roi> rois, List<String> classNames) {
        folder.writeRois(image, rois);
        GeoJsonExporter.write(folder, image, rois.stream().filter(roi -> !GivenLabel.of(roi).isEmpty())
            .map(Regions::ofObject).toList(), classNames);
    }
}
