package io.github.lesionj.image;

import java.util.Locale;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.Util;

/**
 * What the axes of an imglib2 image mean. A {@code Dataset} or {@code ImgPlus} of ImageJ2 says it; it is asked by name, for
 * its classes are on no registry that a build can count on. For any other image: x, y, then three planes of bytes are
 * channels, and what else there is are slices, then frames.
 */
final class ImageAxes {

    /** What an axis can mean here. */
    enum Meaning {
        X, Y, CHANNEL, SLICE, FRAME, OTHER
    }

    private final RandomAccessibleInterval<?> image;
    private final boolean says;

    private ImageAxes(RandomAccessibleInterval<?> image) {
        this.image = image;
        this.says = axis(0) != null;
    }

    static ImageAxes of(RandomAccessibleInterval<?> image) {
        return new ImageAxes(image);
    }

    Meaning meaning(int d) {
        return says ? said(String.valueOf(call(call(axis(d), "type"), "getLabel"))) : assumed(d);
    }

    private static Meaning said(String label) {
        return switch (label.toLowerCase(Locale.ROOT)) {
            case "x" -> Meaning.X;
            case "y" -> Meaning.Y;
            case "z" -> Meaning.SLICE;
            case "time" -> Meaning.FRAME;
            case "channel" -> Meaning.CHANNEL;
            default -> Meaning.OTHER;
        };
    }

    private Meaning assumed(int d) {
        boolean colours = image.numDimensions() > 2 && image.dimension(2) == 3
            && Util.getTypeFromInterval(image) instanceof UnsignedByteType;
        Meaning[] meanings = colours
            ? new Meaning[] {Meaning.X, Meaning.Y, Meaning.CHANNEL, Meaning.SLICE, Meaning.FRAME}
            : new Meaning[] {Meaning.X, Meaning.Y, Meaning.SLICE, Meaning.FRAME};
        return d < meanings.length ? meanings[d] : Meaning.OTHER;
    }

    /** Whether three channels are red, green and blue: as the image says, or else yes. */
    boolean isRgb() {
        Object merged = call(image, "isRGBMerged");
        return merged == null ? !says : Boolean.TRUE.equals(merged);
    }

    /** Width and height of a pixel in micrometres, NaN where not said. */
    double[] umPerPx() {
        double[] um = {Double.NaN, Double.NaN};
        for (int d = 0; says && d < image.numDimensions(); d++) {
            if (meaning(d) == Meaning.X) {
                um[0] = um(axis(d));
            } else if (meaning(d) == Meaning.Y) {
                um[1] = um(axis(d));
            }
        }
        return PixelSize.of(um[0], um[1]);
    }

    private static double um(Object axis) {
        try {
            Object scale = axis.getClass().getMethod("averageScale", double.class, double.class).invoke(axis, 0.0, 1.0);
            return PixelSize.of((double) scale, (double) scale, (String) call(axis, "unit"))[0];
        } catch (ReflectiveOperationException | ClassCastException e) {
            return Double.NaN;
        }
    }

    private Object axis(int d) {
        try {
            return image.getClass().getMethod("axis", int.class).invoke(image, d);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static Object call(Object target, String method) {
        try {
            return target == null ? null : target.getClass().getMethod(method).invoke(target);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
