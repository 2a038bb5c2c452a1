package io.github.lesionj.batch;

import io.github.lesionj.core.Progress;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.image.RegionSource;
import java.awt.Rectangle;
import java.util.List;

/**
 * Finds boxes on images while others are read: what can be read ahead is, and the rest as it searches.
 *
 * @param <P> an image, as far as it is read
 */
interface Detector<P> {

    /** By the labels of boxes. */
    List<String> classNames();

    /** Of an image that its network takes. */
    int channels();

    /** Images at once. */
    int batch();

    /** Size of a pixel that overrides an image's own calibration; NaN = its own. */
    double umPerPx();

    /**
     * Reads an image, or what decides how it is looked at; may be called while others are searched.
     *
     * @param area to search, px; null = all of it
     */
    P prepare(RegionSource image, Rectangle area);

    /** Whether all that is needed of an image is read, so that it may be closed. */
    boolean isRead(P image);

    /**
     * Searches images; called from one thread.
     *
     * @return of each, in their order, in px of the whole image
     */
    List<List<ScoredBox>> detect(List<P> images, Progress progress);
}
