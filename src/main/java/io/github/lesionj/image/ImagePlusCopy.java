package io.github.lesionj.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;

/** An image as ImageJ shows it, with pixels of its own. */
public final class ImagePlusCopy {

    private static final double BYTE = 255;
    private static final double SHORT = 65535;

    private ImagePlusCopy() {
    }

    /**
     * Copies an image: RGB as such, else a slice per channel of 8 or 16 bits where the type has them, else of float.
     *
     * @param title of the window
     */
    public static ImagePlus of(SourceImage image, String title) {
        if (image.kind() == SourceImage.Kind.RGB && image.typeMax() == BYTE) {
            ColorProcessor colours = new ColorProcessor(image.width(), image.height());
            colours.setRGB(bytes(image, 0), bytes(image, 1), bytes(image, 2));
            return new ImagePlus(title, colours);
        }
        ImageStack stack = new ImageStack(image.width(), image.height());
        for (int channel = 0; channel < image.channels(); channel++) {
            stack.addSlice(plane(image, channel));
        }
        return new ImagePlus(title, stack);
    }

    private static byte[] bytes(SourceImage image, int channel) {
        return (byte[]) plane(image, channel).getPixels();
    }

    private static ImageProcessor plane(SourceImage image, int channel) {
        ImageProcessor plane = image.typeMax() == BYTE ? new ByteProcessor(image.width(), image.height())
            : image.typeMax() == SHORT ? new ShortProcessor(image.width(), image.height())
            : new FloatProcessor(image.width(), image.height());
        RandomAccess<? extends RealType<?>> pixel = image.pixels().randomAccess();
        pixel.setPosition(channel, 2);
        for (int y = 0; y < image.height(); y++) {
            pixel.setPosition(y, 1);
            for (int x = 0; x < image.width(); x++) {
                pixel.setPosition(x, 0);
                plane.setf(x, y, pixel.get().getRealFloat());
            }
        }
        plane.resetMinAndMax();
        return plane;
    }
}
