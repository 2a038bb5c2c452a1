package io.github.lesionj.dataset;

import java.util.List;

/**
 * What came of reading the boxes of one image.
 *
 * @param images   the image, or none where it cannot be used
 * @param rejected what cannot be used, of it or all of it
 */
record BoxReading(List<BoxedImage> images, List<RejectedItem> rejected) {

    /** An image that can be used. */
    static BoxReading of(BoxedImage image, List<RejectedItem> rejected) {
        return new BoxReading(List.of(image), rejected);
    }

    /** An image that cannot be used. */
    static BoxReading rejected(String name, String reason) {
        return new BoxReading(List.of(), List.of(new RejectedItem(name, reason)));
    }
}
