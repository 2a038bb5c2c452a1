package io.github.lesionj.image;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ImageProcessor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.WholeFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes an image so that reading it gives the same values: PNG where that holds them (8 or 16 bit grey, RGB), else TIFF. */
public final class PixelFile {

    private PixelFile() {
    }

    /**
     * Writes a file, whole.
     *
     * @param file its name without an ending
     * @return the file with its ending
     */
    public static Path write(SourceImage image, Path file) {
        ImagePlus copy = PixelCopy.of(image, file.getFileName().toString());
        boolean png = copy.getStackSize() == 1 && copy.getBitDepth() != 32;
        Path written = file.resolveSibling(file.getFileName() + (png ? ".png" : ".tif"));
        if (png) {
            BufferedImage picture = picture(copy.getProcessor());
            WholeFile.write(written, out -> writePng(picture, out));
        } else {
            byte[] bytes = new FileSaver(copy).serialize();
            if (bytes == null) {
                throw new LesionJException("Cannot write " + written + ": ImageJ cannot save such an image.");
            }
            WholeFile.write(written, out -> out.write(bytes));
        }
        return written;
    }

    // Java would keep every picture in a file of its own first.
    private static void writePng(BufferedImage picture, OutputStream out) throws IOException {
        try (ImageOutputStream memory = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(picture, "png", memory)) {
                throw new IOException("Java has no writer for PNG");
            }
        }
    }

    // ImageJ's own conversion gives bytes a palette, which readers take for colours.
    private static BufferedImage picture(ImageProcessor pixels) {
        int type = switch (pixels.getBitDepth()) {
            case 8 -> BufferedImage.TYPE_BYTE_GRAY;
            case 16 -> BufferedImage.TYPE_USHORT_GRAY;
            default -> BufferedImage.TYPE_INT_RGB;
        };
        BufferedImage picture = new BufferedImage(pixels.getWidth(), pixels.getHeight(), type);
        picture.getRaster().setDataElements(0, 0, pixels.getWidth(), pixels.getHeight(), pixels.getPixels());
        return picture;
    }
}
