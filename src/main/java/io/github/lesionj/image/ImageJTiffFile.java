package io.github.lesionj.image;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.FileInfo;
import ij.io.FileOpener;
import ij.io.Opener;
import ij.io.TiffDecoder;
import ij.plugin.FileInfoVirtualStack;
import io.github.lesionj.core.LesionJException;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A TIFF that ImageJ wrote, read by ImageJ: it alone knows all that ImageJ keeps in there. Where the pixels lie in the file as
 * they are, which is how ImageJ writes, only those that are asked for are read.
 */
final class ImageJTiffFile implements ImageSource {

    // A stack that would take more than this part of the memory stays on disk, and gives one plane at a time.
    private static final double WHOLE = 0.2;

    private final Path file;
    /** Null where the pixels must be read by ImageJ as well. */
    private final TiffPlanes planes;
    /** With the first pixel of every plane, or all pixels where there are no planes. */
    private final ImagePlus image;
    private final ImagePlusSource source;

    ImageJTiffFile(Path file) throws IOException {
        this(file, (long) (Runtime.getRuntime().maxMemory() * WHOLE));
    }

    /** @param whole stacks of more bytes stay on disk */
    ImageJTiffFile(Path file, long whole) throws IOException {
        this.file = file;
        FileInfo[] infos = infos(file);
        long bytes = check(file, infos);
        this.planes = TiffPlanes.of(file, infos).orElse(null);
        this.image = planes == null ? open(file, () -> opened(infos, bytes > whole)) : open(file, this::firstPixels);
        this.source = new ImagePlusSource(image);
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public int channels() {
        return source.channels();
    }

    @Override
    public int slices() {
        return source.slices();
    }

    @Override
    public int frames() {
        return source.frames();
    }

    @Override
    public SourceImage image(Position position) {
        return planes == null ? source.image(position) : part(position, planes.bounds());
    }

    @Override
    public RegionSource regions(Position position) {
        if (planes == null) {
            return RegionSource.of(image(position));
        }
        Rectangle bounds = planes.bounds();
        return ReadRegions.of(bounds.width, bounds.height,
            (x, y, width, height) -> part(position, new Rectangle(x, y, width, height)));
    }

    private SourceImage part(Position position, Rectangle part) {
        return new ImagePlusSource(image, planes.part(part)).image(position);
    }

    @Override
    public List<Roi> overlay() {
        return source.overlay();
    }

    @Override
    public void close() {
        image.flush();
    }

    private static String folder(Path file) {
        return file.toAbsolutePath().getParent() + "/";
    }

    private static FileInfo[] infos(Path file) throws IOException {
        try {
            return new TiffDecoder(folder(file), file.getFileName().toString()).getTiffInfo();
        } catch (RuntimeException e) {
            throw UnreadableImage.damaged(file, e);
        }
    }

    private static ImagePlus open(Path file, Opening opening) throws IOException {
        try {
            ImagePlus image = quietly(opening);
            if (image == null) {
                throw UnreadableImage.damaged(file, "ImageJ finds no image in it");
            }
            image.setTitle(file.toString());
            return image;
        } catch (LesionJException e) {
            throw e;
        } catch (RuntimeException e) {
            throw UnreadableImage.damaged(file, e);
        } catch (OutOfMemoryError e) {
            throw UnreadableImage.tooLarge(file, Files.size(file));
        }
    }

    private ImagePlus opened(FileInfo[] infos, boolean large) {
        UnreadableImage.checkMemory(file, Arrays.stream(infos).mapToLong(ImageJTiffFile::planeBytes).max().orElse(0));
        return large && pages(infos) > 1 ? FileInfoVirtualStack.openVirtual(file.toAbsolutePath().toString())
            : new Opener().openTiff(folder(file), file.getFileName().toString());
    }

    private ImagePlus firstPixels() {
        FileInfo info = planes.firstPixels();
        ImagePlus pixels = new FileOpener(info).openImage();
        boolean composite = pixels != null && pixels.getNChannels() > 1 && pixels.getType() != ImagePlus.COLOR_RGB
            && (pixels.getOpenAsHyperStack() || info.description.contains("mode="));
        return composite ? new CompositeImage(pixels, mode(info.description)) : pixels;
    }

    // As ImageJ's own opener, which does not give this step away.
    private static int mode(String description) {
        return description.contains("mode=composite") ? IJ.COMPOSITE : description.contains("mode=gray") ? IJ.GRAYSCALE : IJ.COLOR;
    }

    // ImageJ fills what is missing with black and goes on, so the length is looked at first.
    private static long check(Path file, FileInfo[] infos) throws IOException {
        if (infos == null || infos.length == 0) {
            throw UnreadableImage.damaged(file, "it holds no image");
        }
        long all = 0;
        for (FileInfo info : infos) {
            if (info.width < 1 || info.height < 1) {
                throw UnreadableImage.damaged(file, "what its header says does not fit together");
            }
            long plane = planeBytes(info);
            long bytes = plane * info.nImages + info.getGap() * Math.max(0L, info.nImages - 1L);
            if (info.compression <= FileInfo.COMPRESSION_NONE && info.getOffset() + bytes > Files.size(file)) {
                throw UnreadableImage.damaged(file, "it ends before its last pixel");
            }
            all += bytes;
        }
        return all;
    }

    private static long planeBytes(FileInfo info) {
        return (long) info.width * info.height * info.getBytesPerPixel();
    }

    private static int pages(FileInfo[] infos) {
        return Math.max(infos.length, infos[0].nImages);
    }

    /** Something that opens an image. */
    private interface Opening {
        ImagePlus open();
    }

    // ImageJ would show its messages in a dialog; redirected they go to the log.
    private static ImagePlus quietly(Opening opening) {
        IJ.redirectErrorMessages(true);
        try {
            return opening.open();
        } finally {
            IJ.redirectErrorMessages(false);
        }
    }
}
