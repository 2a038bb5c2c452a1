package io.github.lesionj.image;

import io.github.lesionj.core.LesionJException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * A portable graymap or pixmap (P2, P3 as text; P5, P6 binary, 16-bit values with the high byte first). Read here because
 * Bio-Formats 7.3.1 starts one byte too late and ImageJ shows its messages in dialogs.
 */
final class PnmFile implements ImageSource {

    private final Path file;
    private byte[] bytes;
    private int at;

    PnmFile(Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public SourceImage image(Position position) {
        try {
            UnreadableImage.checkMemory(file, Files.size(file));
            bytes = Files.readAllBytes(file);
            return parse();
        } catch (LesionJException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw UnreadableImage.damaged(file, e);
        } catch (OutOfMemoryError e) {
            throw UnreadableImage.tooLarge(file, Runtime.getRuntime().maxMemory());
        } finally {
            bytes = null;
        }
    }

    private SourceImage parse() {
        boolean text = bytes[1] == '2' || bytes[1] == '3';
        int samples = bytes[1] == '3' || bytes[1] == '6' ? 3 : 1;
        at = 2;
        int width = number();
        int height = number();
        int largest = number();
        at++;
        long values = (long) width * height * samples;
        if (width < 1 || height < 1 || largest < 1 || largest > 65535) {
            throw UnreadableImage.damaged(file, "what its header says does not fit together");
        }
        if (values * (largest > 255 && !text ? 2 : 1) > bytes.length - at) {
            throw UnreadableImage.damaged(file, "it ends before its last pixel");
        }
        List<RandomAccessibleInterval<? extends RealType<?>>> channels = new ArrayList<>();
        for (Object plane : planes(width * height, samples, text, largest > 255)) {
            channels.add(PixelArrays.unsigned(plane, width, height));
        }
        return new SourceImage(ChannelViews.stack(channels), samples == 3 ? SourceImage.Kind.RGB : SourceImage.Kind.GREY,
            largest, PixelSize.missing(), List.of());
    }

    private Object[] planes(int pixels, int samples, boolean text, boolean wide) {
        Object[] planes = new Object[samples];
        for (int s = 0; s < samples; s++) {
            planes[s] = wide ? new short[pixels] : new byte[pixels];
        }
        for (int i = 0; i < pixels; i++) {
            for (int s = 0; s < samples; s++) {
                int value = text ? number() : wide ? (bytes[at++] & 0xff) << 8 | bytes[at++] & 0xff : bytes[at++];
                if (wide) {
                    ((short[]) planes[s])[i] = (short) value;
                } else {
                    ((byte[]) planes[s])[i] = (byte) value;
                }
            }
        }
        return planes;
    }

    // The next number, after blanks and comments, which go from # to the end of the line.
    private int number() {
        while (bytes[at] <= ' ' || bytes[at] == '#') {
            if (bytes[at] == '#') {
                while (bytes[at] != '\n' && bytes[at] != '\r') {
                    at++;
                }
            }
            at++;
        }
        int start = at;
        while (at < bytes.length && bytes[at] > ' ') {
            at++;
        }
        return Integer.parseInt(new String(bytes, start, at - start, StandardCharsets.US_ASCII));
    }
}
