package io.github.lesionj.image;

import java.awt.Rectangle;
import java.util.List;
import java.util.stream.Stream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * One two-dimensional image as it comes from a file or from ImageJ, with what preprocessing must know of it.
 *
 * @param pixels   axes x, y, channel; interval starts at 0; calibrated values where the image has a calibration function
 * @param kind     what the channels mean
 * @param typeMax  largest value of the stored type (255, 65535), or NaN where it has none (float, calibrated values)
 * @param umPerPx  width and height of a pixel in micrometres, or NaN where not calibrated
 * @param remarks  what was done to the pixels on the way that a reader of the ledger should know, as short sentences
 */
public record SourceImage(RandomAccessibleInterval<? extends RealType<?>> pixels, Kind kind, double typeMax,
        double[] umPerPx, List<String> remarks) {

    /** What the channels of an image mean. */
    public enum Kind {
        /** One channel. */
        GREY,
        /** Three channels red, green, blue. */
        RGB,
        /** Any number of separate channels. */
        CHANNELS
    }

    public int width() {
        return (int) pixels.dimension(0);
    }

    public int height() {
        return (int) pixels.dimension(1);
    }

    public int channels() {
        return (int) pixels.dimension(2);
    }

    /** A part of the image, in px; it must lie within. Pixels are shared, not copied. */
    public SourceImage crop(int x, int y, int width, int height) {
        return new SourceImage(ChannelViews.crop(pixels, x, y, width, height), kind, typeMax, umPerPx, remarks);
    }

    /** A part of the image that may reach beyond it, where the edge pixels are repeated; pixels are shared, not copied. */
    public SourceImage window(Rectangle part) {
        return new SourceImage(ChannelViews.window(pixels, part), kind, typeMax, umPerPx, remarks);
    }

    /** The same image with one remark more. */
    public SourceImage remarked(String remark) {
        return new SourceImage(pixels, kind, typeMax, umPerPx,
            Stream.concat(remarks.stream(), Stream.of(remark)).toList());
    }
}
