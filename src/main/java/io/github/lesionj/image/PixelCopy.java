package io.github.lesionj.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.lesionj.core.UsageException;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * An image's values as one of ImageJ: 8 bit, 16 bit or RGB where that says the same, else 32 bit. Values without a type
 * stay as they are; those of another type's range (12 bits of a camera) become 0..1, which rules by type read alike.
 */
public final class PixelCopy {

    private static final int BYTE_MAX = 255;
    private static final int SHORT_MAX = 65535;

    private PixelCopy() {
    }

    /**
     * Copies the pixels; several channels become those of a composite image.
     *
     * @throws UsageException where there are more pixels than one array holds
     */
    public static ImagePlus of(SourceImage image, String title) {
        if ((long) image.width() * image.height() > Integer.MAX_VALUE - 16L) {
            throw new UsageException(title + " would have " + image.width() + " x " + image.height()
                + " px, more than ImageJ holds: choose a smaller margin.");
        }
        List<float[]> planes = new ArrayList<>();
        for (RandomAccessibleInterval<? extends RealType<?>> channel : ChannelViews.split(image.pixels())) {
            planes.add(values(channel));
        }
        if (image.kind() == SourceImage.Kind.RGB && image.typeMax() == BYTE_MAX) {
            return new ImagePlus(title, colour(planes, image.width(), image.height()));
        }
        ImageStack stack = new ImageStack(image.width(), image.height());
        planes.forEach(plane -> stack.addSlice(processor(plane, image)));
        ImagePlus copy = new ImagePlus(title, stack);
        copy.setDimensions(planes.size(), 1, 1);
        return planes.size() == 1 ? copy : new CompositeImage(copy, CompositeImage.COMPOSITE);
    }

    private static float[] values(RandomAccessibleInterval<? extends RealType<?>> channel) {
        RowReader reader = RowReader.of(channel);
        float[] values = new float[reader.width * reader.height];
        float[] row = new float[reader.width];
        for (int y = 0; y < reader.height; y++) {
            reader.read(0, y, reader.width, row);
            System.arraycopy(row, 0, values, y * reader.width, reader.width);
        }
        return values;
    }

    private static ColorProcessor colour(List<float[]> planes, int width, int height) {
        int[] packed = new int[width * height];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = 0xff000000 | (int) planes.get(0)[i] << 16 | (int) planes.get(1)[i] << 8 | (int) planes.get(2)[i];
        }
        return new ColorProcessor(width, height, packed);
    }

    private static ImageProcessor processor(float[] values, SourceImage image) {
        if (image.typeMax() == BYTE_MAX) {
            byte[] bytes = new byte[values.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) values[i];
            }
            return new ByteProcessor(image.width(), image.height(), bytes);
        }
        if (image.typeMax() == SHORT_MAX) {
            short[] shorts = new short[values.length];
            for (int i = 0; i < shorts.length; i++) {
                shorts[i] = (short) (int) values[i];
            }
            return new ShortProcessor(image.width(), image.height(), shorts, null);
        }
        if (!Double.isNaN(image.typeMax())) {
            for (int i = 0; i < values.length; i++) {
                values[i] /= (float) image.typeMax();
            }
        }
        return new FloatProcessor(image.width(), image.height(), values);
    }
}
