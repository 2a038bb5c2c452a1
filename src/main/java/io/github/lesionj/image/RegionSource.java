package io.github.lesionj.image;

import java.awt.Rectangle;
import java.util.List;

/**
 * One two-dimensional image that is read region by region, however large it is: region in, pixels out. Every region has the
 * values that the whole image has there.
 *
 * <p>Not thread-safe unless an implementation says that it is. Regions that were given out stay valid after closing.
 */
public interface RegionSource extends AutoCloseable {

    /** In px. */
    int width();

    /** In px. */
    int height();

    /** As those of every region. */
    int channels();

    /** As that of every region. */
    SourceImage.Kind kind();

    /** Largest value of the stored type, or NaN where it has none, as in {@link SourceImage#typeMax()}. */
    double typeMax();

    /** Width and height of a pixel in micrometres, or NaN where not calibrated. */
    double[] umPerPx();

    /** What is done to the pixels on the way, as short sentences; a region may have some of its own beside them. */
    List<String> remarks();

    /**
     * Reads a part of the image, which becomes an image of its own that starts at 0.
     *
     * @param x      first column, px
     * @param y      first row, px
     * @param width  1 or more, px
     * @param height 1 or more, px
     * @throws IllegalArgumentException                   where the part does not lie within the image
     * @throws io.github.lesionj.core.LesionJException    when it cannot be read, in one sentence that names the source
     */
    SourceImage region(int x, int y, int width, int height);

    /**
     * As {@link #region}, of a part that may reach beyond the image, where the edge pixels are repeated.
     *
     * @param part px; it must meet the image
     */
    default SourceImage window(Rectangle part) {
        Rectangle within = part.intersection(new Rectangle(width(), height()));
        SourceImage region = region(within.x, within.y, within.width, within.height);
        return within.equals(part) ? region
            : region.window(new Rectangle(part.x - within.x, part.y - within.y, part.width, part.height));
    }

    /** Releases what it holds open; most hold nothing. */
    @Override
    default void close() {
        // nothing is held open
    }

    /** The regions of an image in memory; pixels are shared, not copied. Thread-safe. */
    static RegionSource of(SourceImage image) {
        return new ReadRegions(image.width(), image.height(), image, image::crop);
    }
}
