package io.github.lesionj.image;

import io.github.lesionj.core.LesionJException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.Util;
import net.imglib2.view.Views;
import org.scijava.convert.ConvertService;
import org.scijava.io.IOPlugin;
import org.scijava.io.IOService;
import org.scijava.io.location.FileLocation;

/**
 * A file that an {@code IOPlugin} of the host opens (inside Fiji that is SCIFIO), taken as an imglib2 image. An
 * {@code ImagePlus} of it would be registered with the host and never freed.
 */
final class SciJavaFile implements ImageSource {

    private final Path file;
    private final RandomAccessibleInterval<?> image;
    private final Map<ImageAxes.Meaning, Integer> axes = new HashMap<>();
    private final boolean rgb;
    private final double[] umPerPx;

    private SciJavaFile(Path file, RandomAccessibleInterval<?> image) {
        this.file = file;
        this.image = image;
        ImageAxes said = ImageAxes.of(image);
        for (int d = 0; d < image.numDimensions(); d++) {
            put(said.meaning(d), d);
        }
        if (!axes.containsKey(ImageAxes.Meaning.X) || !axes.containsKey(ImageAxes.Meaning.Y)) {
            throw UnreadableImage.refused(file, "it has no axes x and y.");
        }
        this.rgb = isRgb(said);
        this.umPerPx = said.umPerPx();
    }

    /** Opens a file; empty where no plugin knows it or what it gives is no image. */
    static Optional<ImageSource> open(Path file, IOService opener, ConvertService converter) {
        RandomAccessibleInterval<?> image = asImage(opened(file, opener), converter);
        if (image == null) {
            return Optional.empty();
        }
        Object type = Util.getTypeFromInterval(image);
        if (!(type instanceof RealType || type instanceof ARGBType)) {
            throw UnreadableImage.refused(file, "its pixels are neither numbers nor colours.");
        }
        return Optional.of(new SciJavaFile(file, image));
    }

    // As IOService.open does, without its log line for a file that no plugin knows and without announcing the image.
    private static Object opened(Path file, IOService opener) {
        try {
            FileLocation location = new FileLocation(file.toFile());
            IOPlugin<?> plugin = opener.getOpener(location);
            return plugin == null ? null : plugin.open(location);
        } catch (IOException | RuntimeException e) {
            throw UnreadableImage.damaged(file, e);
        } catch (OutOfMemoryError e) {
            throw UnreadableImage.tooLarge(file, Runtime.getRuntime().maxMemory());
        }
    }

    private static RandomAccessibleInterval<?> asImage(Object opened, ConvertService converter) {
        if (opened == null || opened instanceof RandomAccessibleInterval) {
            return (RandomAccessibleInterval<?>) opened;
        }
        if (converter == null) {
            return null;
        }
        if (converter.supports(opened, Img.class)) {
            return converter.convert(opened, Img.class);
        }
        return converter.supports(opened, RandomAccessibleInterval.class)
            ? converter.convert(opened, RandomAccessibleInterval.class) : null;
    }

    private void put(ImageAxes.Meaning meaning, int d) {
        if (meaning == ImageAxes.Meaning.OTHER && image.dimension(d) > 1) {
            throw UnreadableImage.refused(file, "its axis " + (d + 1) + " of length " + image.dimension(d)
                + " is neither x, y, channel, slice nor frame. Save the plane you want as TIFF.");
        }
        if (meaning != ImageAxes.Meaning.OTHER && axes.put(meaning, d) != null) {
            throw UnreadableImage.refused(file, "two of its axes have the same meaning. Save it as TIFF.");
        }
    }

    // Where nothing is said of axes, three planes of bytes are red, green and blue.
    private boolean isRgb(ImageAxes said) {
        return axes.containsKey(ImageAxes.Meaning.CHANNEL) && length(ImageAxes.Meaning.CHANNEL) == 3
            && Util.getTypeFromInterval(image) instanceof UnsignedByteType && said.isRgb();
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public int channels() {
        return rgb ? 1 : length(ImageAxes.Meaning.CHANNEL);
    }

    @Override
    public int slices() {
        return length(ImageAxes.Meaning.SLICE);
    }

    @Override
    public int frames() {
        return length(ImageAxes.Meaning.FRAME);
    }

    private int length(ImageAxes.Meaning meaning) {
        Integer d = axes.get(meaning);
        return d == null ? 1 : (int) image.dimension(d);
    }

    @Override
    public SourceImage image(Position position) {
        try {
            return planes(position);
        } catch (LesionJException e) {
            throw e;
        } catch (RuntimeException e) {
            throw UnreadableImage.damaged(file, e);
        }
    }

    @SuppressWarnings("unchecked")
    private SourceImage planes(Position position) {
        int first = rgb || position.c() == Position.ALL_CHANNELS ? 1 : position.c();
        int last = rgb ? 3 : position.c() == Position.ALL_CHANNELS ? channels() : position.c();
        RandomAccessibleInterval<?> plane = plane(first, position);
        if (Util.getTypeFromInterval(plane) instanceof ARGBType) {
            return new SourceImage(PixelArrays.rgb((RandomAccessibleInterval<ARGBType>) plane), SourceImage.Kind.RGB, 255, umPerPx, List.of());
        }
        List<RandomAccessibleInterval<? extends RealType<?>>> channels = new ArrayList<>();
        for (int c = first; c <= last; c++) {
            channels.add((RandomAccessibleInterval<? extends RealType<?>>) plane(c, position));
        }
        SourceImage.Kind kind = rgb ? SourceImage.Kind.RGB : channels.size() == 1 ? SourceImage.Kind.GREY : SourceImage.Kind.CHANNELS;
        return new SourceImage(ChannelViews.stack(channels), kind, typeMax(channels.get(0)), umPerPx, List.of());
    }

    // Axes x, y, at 0.
    private RandomAccessibleInterval<?> plane(int c, Position position) {
        RandomAccessibleInterval<?> plane = image;
        for (int d = image.numDimensions() - 1; d >= 0; d--) {
            if (!Integer.valueOf(d).equals(axes.get(ImageAxes.Meaning.X)) && !Integer.valueOf(d).equals(axes.get(ImageAxes.Meaning.Y))) {
                plane = Views.hyperSlice(plane, d, image.min(d) + index(d, c, position));
            }
        }
        boolean turned = axes.get(ImageAxes.Meaning.X) > axes.get(ImageAxes.Meaning.Y);
        RandomAccessibleInterval<?> upright = turned ? Views.permute(plane, 0, 1) : plane;
        return atZero(upright);
    }

    private static <T> RandomAccessibleInterval<T> atZero(RandomAccessibleInterval<T> plane) {
        return Views.zeroMin(plane);
    }

    private int index(int d, int c, Position position) {
        if (Integer.valueOf(d).equals(axes.get(ImageAxes.Meaning.CHANNEL))) {
            return c - 1;
        }
        if (Integer.valueOf(d).equals(axes.get(ImageAxes.Meaning.SLICE))) {
            return position.z() - 1;
        }
        return Integer.valueOf(d).equals(axes.get(ImageAxes.Meaning.FRAME)) ? position.t() - 1 : 0;
    }

    private static double typeMax(RandomAccessibleInterval<? extends RealType<?>> channel) {
        RealType<?> type = ChannelViews.firstPixel(channel);
        return type instanceof IntegerType && type.getMinValue() == 0 ? type.getMaxValue() : Double.NaN;
    }

    /** Nothing to do: the image is not registered anywhere. */
    @Override
    public void close() {
    }
}
