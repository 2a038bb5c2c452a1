package io.github.lesionj.image;

import java.awt.image.ColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * What the first bytes of a file say of its first image, without its pixels.
 *
 * @param width    in px
 * @param height   in px
 * @param channels 1 grey, 3 colour
 * @param bits     per channel
 */
public record ImageFacts(int width, int height, int channels, int bits) {

    /** Reads the header of a PNG, JPEG, BMP, GIF or TIFF; empty where it is something else or cannot be read. Thread-safe. */
    public static Optional<ImageFacts> ofHeader(Path file) {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = in == null ? null : ImageIO.getImageReaders(in);
            return readers == null || !readers.hasNext() ? Optional.empty() : ofHeader(in, readers.next());
        } catch (IOException | RuntimeException e) {
            // Java's readers throw much more than they declare; such a file is judged when its pixels are read
            return Optional.empty();
        }
    }

    private static Optional<ImageFacts> ofHeader(ImageInputStream in, ImageReader reader) throws IOException {
        try {
            reader.setInput(in, true, true);
            Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
            if (!types.hasNext()) {
                return Optional.empty();
            }
            ColorModel colors = types.next().getColorModel();
            int bits = Arrays.stream(colors.getComponentSize()).max().orElse(8);
            return Optional.of(new ImageFacts(reader.getWidth(0), reader.getHeight(0), colors.getNumColorComponents(), bits));
        } finally {
            reader.dispose();
        }
    }
}
