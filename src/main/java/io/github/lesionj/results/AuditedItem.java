package io.github.lesionj.results;

import io.github.lesionj.evaluation.detection.AuditedImage;

/**
 * An item of an evaluated detector with what its boxes turned out to be.
 *
 * @param item   which
 * @param width  of the whole image, px
 * @param height of the whole image, px
 * @param image  its boxes in px of the whole image
 */
public record AuditedItem(ItemKey item, int width, int height, AuditedImage image) {

    /** Its name and numbers in one line. */
    public String caption() {
        return item.path() + ": " + image.summary();
    }
}
