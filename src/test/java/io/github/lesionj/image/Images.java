package io.github.lesionj.image;

import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;

/** Small images and rules for tests. */
final class Images {

    private Images() {
    }

    static SourceImage bytes(int width, int height, int... values) {
        byte[] array = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            array[i] = (byte) values[i];
        }
        return image(ArrayImgs.unsignedBytes(array, width, height, values.length / (width * height)), 255);
    }

    static SourceImage floats(int width, int height, float... values) {
        return image(ArrayImgs.floats(values, width, height, values.length / (width * height)), Double.NaN);
    }

    static SourceImage image(RandomAccessibleInterval<? extends RealType<?>> pixels, double typeMax) {
        SourceImage.Kind kind = pixels.dimension(2) == 1 ? SourceImage.Kind.GREY : SourceImage.Kind.CHANNELS;
        return new SourceImage(pixels, kind, typeMax, PixelSize.missing(), List.of());
    }

    static SourceImage as(SourceImage.Kind kind, SourceImage image) {
        return new SourceImage(image.pixels(), kind, image.typeMax(), image.umPerPx(), image.remarks());
    }

    /** An image that no flip, turn or swap leaves as it is: 3 x + 7 y, plus 50 for each channel. */
    static SourceImage gradient(int width, int height, int channels) {
        float[] values = new float[width * height * channels];
        for (int i = 0; i < values.length; i++) {
            int c = i / (width * height);
            values[i] = 3f * (i % width) + 7f * (i / width % height) + 50f * c;
        }
        return floats(width, height, values);
    }

    static InputRule grey(int width, int height, ResizeRule resize, IntensityRule intensity) {
        return new InputRule(width, height, 1, ChannelRule.GREY, intensity, resize);
    }

    static IntensityRule intensity(IntensityRule.Kind kind, double low, double high) {
        return new IntensityRule(kind, low, high, new double[0], new double[0]);
    }

    static IntensityRule asIs() {
        return intensity(IntensityRule.Kind.NONE, 0, 0);
    }

    /** All values of an image, x fastest, then y, then channel. */
    static float[] values(SourceImage image) {
        float[] values = new float[image.width() * image.height() * image.channels()];
        float[] row = new float[image.width()];
        int at = 0;
        for (var channel : ChannelViews.split(image.pixels())) {
            Rows rows = RowReader.of(channel);
            for (int y = 0; y < image.height(); y++) {
                rows.read(0, y, row.length, row);
                System.arraycopy(row, 0, values, at, row.length);
                at += row.length;
            }
        }
        return values;
    }
}
