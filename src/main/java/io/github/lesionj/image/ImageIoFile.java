package io.github.lesionj.image;

import io.github.lesionj.core.LesionJException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A PNG, JPEG, BMP or one-frame GIF, read by Java's own readers.
 *
 * <p>Resolution tags are not taken as a calibration (ImageJ does neither). The EXIF orientation is not applied, so that
 * pixels and ROIs lie where ImageJ shows them, and said in a remark.
 */
final class ImageIoFile implements ImageSource {

    private static final long IN_MEMORY = 64 << 20;

    // Deflate makes nothing smaller than by this.
    private static final long DEFLATE_LIMIT = 1032;

    private final Path file;
    private final FileKind kind;

    ImageIoFile(Path file, FileKind kind) {
        this.file = file;
        this.kind = kind;
    }

    /** Whether a file of this kind has only one picture in it. */
    static boolean isSingle(Path file, FileKind kind) throws IOException {
        if (kind != FileKind.GIF) {
            return true;
        }
        ImageReader reader = reader(kind);
        try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
            reader.setInput(in);
            return reader.getNumImages(true) < 2;
        } catch (RuntimeException e) {
            throw UnreadableImage.damaged(file, e);
        } finally {
            reader.dispose();
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public SourceImage image(Position position) {
        try {
            return decode();
        } catch (LesionJException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw UnreadableImage.damaged(file, e);
        } catch (OutOfMemoryError e) {
            throw UnreadableImage.tooLarge(file, Runtime.getRuntime().maxMemory());
        }
    }

    private SourceImage decode() throws IOException {
        List<String> remarks = new ArrayList<>();
        boolean small = Files.size(file) <= IN_MEMORY;
        byte[] bytes = small ? Files.readAllBytes(file) : head();
        if (kind == FileKind.JPEG) {
            checkJpeg(JpegHeader.of(bytes), remarks);
        }
        ImageReader reader = reader(kind);
        try (ImageInputStream in = small ? new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))
                : new FileImageInputStream(file.toFile())) {
            reader.setInput(in, true, true);
            checkSize(reader);
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            BufferedImage image = reader.read(0);
            checkWarnings(warnings, remarks);
            return RasterPixels.of(file, image, remarks);
        } finally {
            reader.dispose();
        }
    }

    private byte[] head() throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(1 << 20);
        }
    }

    // Other readers may be registered in a Fiji; Java's own are the ones whose behaviour is known here.
    private static ImageReader reader(FileKind kind) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(kind.name().toLowerCase(Locale.ROOT));
        ImageReader first = null;
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
                return reader;
            }
            first = first == null ? reader : first;
        }
        if (first == null) {
            throw new NoSuchElementException("this Java has no reader for " + kind);
        }
        return first;
    }

    private void checkJpeg(JpegHeader header, List<String> remarks) {
        if (header.components() == 4) {
            throw UnreadableImage.refused(file, "it is a CMYK JPEG, made for printing. Save it as RGB or grey.");
        }
        if (header.bits() > 8) {
            throw UnreadableImage.refused(file, "it is a JPEG with " + header.bits() + " bits per sample. Save it as 16-bit PNG or TIFF.");
        }
        if (header.orientation() != 1) {
            remarks.add("The EXIF orientation " + header.orientation() + " was not applied: pixels lie as ImageJ shows them.");
        }
    }

    private void checkSize(ImageReader reader) throws IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (kind == FileKind.PNG && pixels / 8 > Files.size(file) * DEFLATE_LIMIT) {
            throw UnreadableImage.damaged(file, "its header promises " + reader.getWidth(0) + " x " + reader.getHeight(0)
                + " px, more than a file of this length can hold");
        }
        UnreadableImage.checkMemory(file, pixels);
    }

    // Java's JPEG reader fills what is missing with grey and only warns.
    private void checkWarnings(List<String> warnings, List<String> remarks) {
        for (String warning : warnings) {
            String lower = warning.toLowerCase(Locale.ROOT);
            if (lower.contains("premature") || lower.contains("corrupt") && !lower.contains("extraneous")) {
                throw UnreadableImage.damaged(file, UnreadableImage.reason(new IOException(warning)));
            }
            remarks.add("The reader warned: " + warning + ".");
        }
    }
}
