package io.github.lesionj.results;

/** The files of one item of a detection beside the tables: {@code rois/PATH.zip} and {@code overlays/PATH.png}. */
public final class DetectionFiles {

    private DetectionFiles() {
    }

    /**
     * Writes both, each whole; no ROIs where nothing was found.
     *
     * @param background the whole image as a picture
     * @param hyperstack whether the item's image is one; the only axis of a plain stack is its slices
     */
    public static void write(ResultFolder folder, Detections found, Thumbnail background, boolean hyperstack) {
        folder.writeRois(found.item(), DetectionRois.of(found, hyperstack));
        DetectionPicture.write(folder.overlay(found.item()), background, found);
    }
}
