package io.github.lesionj.image;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.FileInfo;
import ij.io.Opener;
import ij.io.TiffDecoder;
import ij.plugin.FileInfoVirtualStack;
import io.github.lesionj.core.LesionJException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A TIFF that ImageJ wrote, read by ImageJ: it alone knows all that ImageJ keeps in there. */
final class ImageJTiffFile implements ImageSource {

    // A stack that would take more than this part of the memory stays on disk, and gives one plane at a time.
    private static final double WHOLE = 0.2;

    private final Path file;
    private final ImagePlus image;
    private final ImagePlusSource source;

    ImageJTiffFile(Path file) throws IOException {
        this(file, (long) (Runtime.getRuntime().maxMemory() * WHOLE));
    }

    /** @param whole stacks of more bytes stay on disk */
    ImageJTiffFile(Path file, long whole) throws IOException {
        this.file = file;
        this.image = open(file, whole);
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
        return source.image(position);
    }

    @Override
    public List<Roi> overlay() {
        return source.overlay();
    }

    @Override
    public void close() {
        image.flush();
    }

    private static ImagePlus open(Path file, long whole) throws IOException {
        try {
            Path absolute = file.toAbsolutePath();
            String folder = absolute.getParent() + "/";
            String name = absolute.getFileName().toString();
            FileInfo[] infos = new TiffDecoder(folder, name).getTiffInfo();
            long bytes = check(file, infos);
            ImagePlus image = quietly(() -> bytes > whole && pages(infos) > 1
                ? FileInfoVirtualStack.openVirtual(absolute.toString()) : new Opener().openTiff(folder, name));
            if (image == null) {
                throw UnreadableImage.damaged(file, "ImageJ finds no image in it");
            }
            image.setTitle(file.toString());
            return image;
        } catch (LesionJException | IOException e) {
            throw e;
        } catch (RuntimeException e) {
            throw UnreadableImage.damaged(file, e);
        } catch (OutOfMemoryError e) {
            throw UnreadableImage.tooLarge(file, Files.size(file));
        }
    }

    // ImageJ fills what is missing with black and goes on, so the length is looked at first.
    private static long check(Path file, FileInfo[] infos) throws IOException {
        if (infos == null || infos.length == 0) {
            throw UnreadableImage.damaged(file, "it holds no image");
        }
        long all = 0;
        for (FileInfo info : infos) {
            long plane = (long) info.width * info.height * info.getBytesPerPixel();
            long bytes = plane * info.nImages + info.getGap() * Math.max(0L, info.nImages - 1L);
            if (info.compression <= FileInfo.COMPRESSION_NONE && info.getOffset() + bytes > Files.size(file)) {
                throw UnreadableImage.damaged(file, "it ends before its last pixel");
            }
            UnreadableImage.checkMemory(file, plane);
            all += bytes;
        }
        return all;
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
