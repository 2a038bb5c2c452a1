package io.github.lesionj.dataset;

import io.github.lesionj.core.Sha256;
import io.github.lesionj.image.SourceImage;
import java.util.Arrays;
import java.util.List;
import net.imglib2.img.array.ArrayImgs;

/**
 * Many 8-bit images of one size, held as one array; how an {@code .npz} comes into memory. Immutable, thread-safe.
 */
public final class ImageArray {

    private final byte[] values;
    private final int width;
    private final int height;
    private final int channels;

    /**
     * Takes the array over without a copy.
     *
     * @param values axes [image, y, x, channel], last fastest
     */
    ImageArray(byte[] values, int width, int height, int channels) {
        this.values = values;
        this.width = width;
        this.height = height;
        this.channels = channels;
    }

    /** Number of images. */
    public int size() {
        return values.length / imageBytes();
    }

    int imageBytes() {
        return width * height * channels;
    }

    String checksum(int index) {
        return Sha256.of(values, index * imageBytes(), imageBytes());
    }

    /** A copy of one image, axes x, y, channel. */
    public SourceImage image(int index) {
        byte[] planes = channels == 1
            ? Arrays.copyOfRange(values, index * imageBytes(), (index + 1) * imageBytes()) : planes(index);
        return new SourceImage(ArrayImgs.unsignedBytes(planes, width, height, channels), kind(), 255,
            new double[] {Double.NaN, Double.NaN}, List.of());
    }

    private byte[] planes(int index) {
        byte[] planes = new byte[imageBytes()];
        int pixels = width * height;
        int from = index * imageBytes();
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                planes[channel * pixels + pixel] = values[from++];
            }
        }
        return planes;
    }

    private SourceImage.Kind kind() {
        return switch (channels) {
            case 1 -> SourceImage.Kind.GREY;
            case 3 -> SourceImage.Kind.RGB;
            default -> SourceImage.Kind.CHANNELS;
        };
    }
}
