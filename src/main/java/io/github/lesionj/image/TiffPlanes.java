package io.github.lesionj.image;

import ij.io.FileInfo;
import ij.io.ImageReader;
import io.github.lesionj.core.LesionJException;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The planes of a TIFF whose pixels lie in the file as they are, row after row and plane after plane, as ImageJ writes them:
 * any part is read from its place, without the rest. Thread-safe; the file is open only while it is read.
 */
final class TiffPlanes {

    private final Path file;
    private final FileInfo info;

    private TiffPlanes(Path file, FileInfo info) {
        this.file = file;
        this.info = info;
    }

    /**
     * Those of a file, or nothing where its pixels do not lie like that.
     *
     * @param infos as ImageJ reads them from the file
     */
    static Optional<TiffPlanes> of(Path file, FileInfo[] infos) {
        FileInfo first = infos[0];
        boolean plain = infos.length == 1 && first.compression <= FileInfo.COMPRESSION_NONE && hasWholeBytes(first) && isOnePiece(first)
            && !becomesSpectrum(first);
        return plain ? Optional.of(new TiffPlanes(file, first)) : Optional.empty();
    }

    private static boolean hasWholeBytes(FileInfo info) {
        return switch (info.fileType) {
            case FileInfo.GRAY8, FileInfo.COLOR8, FileInfo.GRAY16_UNSIGNED, FileInfo.GRAY16_SIGNED, FileInfo.GRAY32_INT,
                FileInfo.GRAY32_FLOAT, FileInfo.RGB -> true;
            default -> false;
        };
    }

    private static boolean isOnePiece(FileInfo info) {
        for (int strip = 1; info.stripOffsets != null && strip < info.stripOffsets.length; strip++) {
            boolean follows = info.stripLengths != null && info.stripLengths.length == info.stripOffsets.length
                && info.stripOffsets[strip] == info.stripOffsets[strip - 1] + info.stripLengths[strip - 1];
            if (!follows) {
                return false;
            }
        }
        return true;
    }

    // ImageJ goes by the name alone, and makes a power spectrum of it.
    private static boolean becomesSpectrum(FileInfo info) {
        return info.getBytesPerPixel() == 4 && info.fileName.startsWith("FFT of");
    }

    Rectangle bounds() {
        return new Rectangle(info.width, info.height);
    }

    /** What ImageJ needs to open the first pixel of every plane with all that the file says of the image. */
    FileInfo firstPixels() {
        FileInfo pixels = ofSize(1, 1);
        pixels.nImages = info.nImages;
        pixels.longOffset = info.getOffset();
        pixels.longGap = planeStep() - info.getBytesPerPixel();
        pixels.roi = null;
        pixels.plot = null;
        return pixels;
    }

    private FileInfo ofSize(int width, int height) {
        FileInfo part = (FileInfo) info.clone();
        part.width = width;
        part.height = height;
        part.nImages = 1;
        part.offset = 0;
        part.longOffset = 0;
        part.stripOffsets = null;
        part.stripLengths = null;
        return part;
    }

    private long planeStep() {
        return (long) info.width * info.height * info.getBytesPerPixel() + info.getGap();
    }

    /** The same part of every plane; it must lie within. */
    StoredPlanes part(Rectangle part) {
        return new Part(part);
    }

    private final class Part implements StoredPlanes {
        private final Rectangle part;

        Part(Rectangle part) {
            this.part = part;
        }

        @Override
        public int width() {
            return part.width;
        }

        @Override
        public int height() {
            return part.height;
        }

        @Override
        public Object array(int index) {
            UnreadableImage.checkMemory(file, bytes());
            try (FileChannel channel = FileChannel.open(file)) {
                return read(channel, index);
            } catch (LesionJException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                throw UnreadableImage.damaged(file, e);
            } catch (OutOfMemoryError e) {
                throw UnreadableImage.tooLarge(file, bytes());
            }
        }

        private long bytes() {
            return (long) part.width * part.height * info.getBytesPerPixel();
        }

        // ImageJ's own reader makes numbers of the bytes, so that all types come out as ImageJ has them.
        private Object read(FileChannel channel, int index) throws IOException {
            int pixel = info.getBytesPerPixel();
            long row = (long) info.width * pixel;
            long start = info.getOffset() + (index - 1) * planeStep() + part.y * row + (long) part.x * pixel;
            RowStream rows = new RowStream(channel, start, row, (long) part.width * pixel, part.height);
            Object array = new ImageReader(ofSize(part.width, part.height)).readPixels(rows, 0);
            rows.check();
            return array;
        }
    }
}
