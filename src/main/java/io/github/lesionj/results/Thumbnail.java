package io.github.lesionj.results;

import io.github.lesionj.image.RegionSource;
import io.github.lesionj.image.SourceImage;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * An image as a picture to look at: enlarged by a whole factor until its short edge has 512 px, or reduced until its long
 * edge has 1600 px. 8 bit shows as it is; other types between their 0.5 and 99.5 percentiles; NaN is black.
 *
 * @param picture the pixels
 * @param scaleX  picture px per image px
 * @param scaleY  picture px per image px
 */
public record Thumbnail(BufferedImage picture, double scaleX, double scaleY) {

    private static final int SHORT_EDGE = 512;
    private static final int LONG_EDGE = 1600;
    private static final int SAMPLES = 3;
    private static final double CUT = 0.005;
    /** Rows of the picture for which a large image is read at once. */
    private static final int STRIP = 16;
    /** Px up to which an image is read at once. */
    private static final long AT_ONCE = 1 << 24;

    public static Thumbnail of(SourceImage image) {
        return of(RegionSource.of(image), Long.MAX_VALUE);
    }

    /** As above, of an image that may be too large to be in memory as a whole: it is read in strips. */
    public static Thumbnail of(RegionSource image) {
        return of(image, AT_ONCE);
    }

    /** An image that is not enlarged, and reduced until no edge has more than so many px. */
    static Thumbnail reduced(RegionSource image, int longest) {
        return Math.max(image.width(), image.height()) > longest ? reduced(image, longest, AT_ONCE)
            : new Thumbnail(render(image, image.width(), image.height(), 1, image.height()), 1, 1);
    }

    private static Thumbnail reduced(RegionSource image, int longest, long atOnce) {
        int width = image.width();
        int height = image.height();
        int longEdge = Math.max(width, height);
        int reducedWidth = Math.max(1, Math.round((float) width * longest / longEdge));
        int reducedHeight = Math.max(1, Math.round((float) height * longest / longEdge));
        return new Thumbnail(render(image, reducedWidth, reducedHeight, 1, (long) width * height <= atOnce ? reducedHeight : STRIP),
            (double) reducedWidth / width, (double) reducedHeight / height);
    }

    private static Thumbnail of(RegionSource image, long atOnce) {
        int width = image.width();
        int height = image.height();
        int longEdge = Math.max(width, height);
        if (longEdge > LONG_EDGE) {
            return reduced(image, LONG_EDGE, atOnce);
        }
        int enough = (SHORT_EDGE + Math.min(width, height) - 1) / Math.min(width, height);
        int factor = Math.max(1, Math.min(enough, LONG_EDGE / longEdge));
        return new Thumbnail(render(image, width, height, factor, height), factor, factor);
    }

    private static BufferedImage render(RegionSource image, int width, int height, int factor, int strip) {
        float[][] samples = new float[Math.min(3, image.channels())][width * height];
        double step = (double) image.height() / height;
        for (int row = 0; row < height; row += strip) {
            int end = Math.min(height, row + strip);
            int top = (int) (row * step);
            SourceImage part = image.region(0, top, image.width(), Math.min(image.height(), (int) Math.ceil(end * step)) - top);
            for (int channel = 0; channel < samples.length; channel++) {
                sample(part.pixels(), top, channel, new Lines(row, end, width, step), samples[channel]);
            }
        }
        int[][] grey = new int[samples.length][];
        for (int channel = 0; channel < samples.length; channel++) {
            grey[channel] = toBytes(samples[channel], image.typeMax());
        }
        BufferedImage picture = new BufferedImage(width * factor, height * factor, BufferedImage.TYPE_INT_RGB);
        int[] line = new int[picture.getWidth()];
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < line.length; x++) {
                line[x] = rgb(grey, y / factor * width + x / factor);
            }
            picture.setRGB(0, y, line.length, 1, line, 0, line.length);
        }
        return picture;
    }

    // Two channels show as red and green, more than three by their first three.
    private static int rgb(int[][] planes, int index) {
        int red = planes[0][index];
        int green = planes.length > 1 ? planes[1][index] : red;
        int blue = planes.length == 2 ? 0 : planes[planes.length - 1][index];
        return red << 16 | green << 8 | blue;
    }

    /** Rows of the picture: which, how wide, and how many rows of the image each stands for. */
    private record Lines(int from, int to, int width, double step) {
    }

    // Up to 3 x 3 samples per pixel keep a 30,000 px image quick.
    private static void sample(RandomAccessibleInterval<? extends RealType<?>> pixels, int top, int channel, Lines lines, float[] samples) {
        RandomAccess<? extends RealType<?>> access = pixels.randomAccess();
        access.setPosition(channel, 2);
        double stepX = (double) pixels.dimension(0) / lines.width;
        int countX = stepX > 1 ? SAMPLES : 1;
        int countY = lines.step > 1 ? SAMPLES : 1;
        for (int y = lines.from; y < lines.to; y++) {
            for (int x = 0; x < lines.width; x++) {
                double sum = 0;
                for (int k = 0; k < countX * countY; k++) {
                    access.setPosition((long) ((x + (k % countX + 0.5) / countX) * stepX), 0);
                    access.setPosition((long) ((y + (k / countX + 0.5) / countY) * lines.step) - top, 1);
                    sum += access.get().getRealDouble();
                }
                samples[y * lines.width + x] = (float) (sum / (countX * countY));
            }
        }
    }

    private static int[] toBytes(float[] values, double typeMax) {
        double low = 0;
        double high = 255;
        if (typeMax != 255) {
            float[] sorted = finite(values);
            Arrays.sort(sorted);
            low = sorted.length == 0 ? 0 : sorted[(int) (CUT * (sorted.length - 1))];
            high = sorted.length == 0 ? 1 : sorted[(int) Math.ceil((1 - CUT) * (sorted.length - 1))];
        }
        int[] bytes = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            double share = high > low ? (values[i] - low) / (high - low) : 0.5;
            bytes[i] = Double.isNaN(share) ? 0 : (int) Math.round(255 * Math.max(0, Math.min(1, share)));
        }
        return bytes;
    }

    private static float[] finite(float[] values) {
        float[] finite = new float[values.length];
        int count = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                finite[count++] = value;
            }
        }
        return Arrays.copyOf(finite, count);
    }
}
