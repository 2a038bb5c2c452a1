package io.github.lesionj.door;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws small images whose answer is known. */
public final class TestImages {

    private TestImages() {
    }

    /** A grey PNG of one value; {@link TinyModel} gives VALUE / 255. */
    public static Path flat(Path file, int value) {
        BufferedImage image = new BufferedImage(32, 24, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((java.awt.image.DataBufferByte) image.getRaster().getDataBuffer()).getData(), (byte) value);
        return png(file, image);
    }

    /** A PNG of grey noise, so that truncating it loses pixels. */
    public static Path noise(Path file, long seed) {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        new Random(seed).nextBytes(((java.awt.image.DataBufferByte) image.getRaster().getDataBuffer()).getData());
        return png(file, image);
    }

    /** Writes a PNG and its folders. */
    public static Path png(Path file, BufferedImage image) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            ImageIO.write(image, "png", file.toFile());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Saves as ImageJ does, a stack too. */
    public static Path tiff(Path file, ImagePlus image) {
        file.toFile().getParentFile().mkdirs();
        boolean saved = image.getStackSize() > 1 ? new FileSaver(image).saveAsTiffStack(file.toString())
            : new FileSaver(image).saveAsTiff(file.toString());
        if (!saved) {
            throw new IllegalStateException("not saved: " + file);
        }
        return file;
    }

    /** 8-bit image, black but for a square of 16 px. */
    public static ByteProcessor square(int width, int height, int left, int top, int value) {
        ByteProcessor pixels = new ByteProcessor(width, height);
        pixels.setColor(value);
        pixels.fillRect(left, top, 16, 16);
        return pixels;
    }
}
