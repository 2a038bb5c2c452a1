package io.github.lesionj.image;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.scijava.convert.ConvertService;
import org.scijava.io.IOService;

/**
 * Opens image files, by what they hold and not by their names: PNG, JPEG, BMP and one-frame GIF by Java, TIFF that ImageJ
 * wrote by ImageJ, PGM and PPM here, all others by Bio-Formats, and what that does not know by SciJava's {@code IOService} (inside Fiji:
 * SCIFIO). No dialog is shown and nothing is null: what cannot be opened is told in a sentence. Thread-safe as far as the
 * services given are.
 */
public final class ImageFiles {

    private final IOService opener;
    private final ConvertService converter;

    /** Without SciJava's services. */
    public ImageFiles() {
        this(null, null);
    }

    /**
     * @param opener    of the host, or null
     * @param converter of the host, for what {@code opener} gives and is no imglib2 image yet; or null
     */
    public ImageFiles(IOService opener, ConvertService converter) {
        this.opener = opener;
        this.converter = converter;
    }

    /**
     * Opens a file; its pixels are read when an image is asked for.
     *
     * @throws UsageException   when there is no such file, or it is a folder
     * @throws LesionJException when it cannot be read, or what it holds cannot be used
     */
    public ImageSource open(Path file) {
        checkFile(file);
        try {
            FileKind kind = FileKind.of(file);
            if (kind.isTiff()) {
                return openTiff(file);
            }
            if (kind == FileKind.PNM) {
                return new PnmFile(file);
            }
            return kind != FileKind.OTHER && ImageIoFile.isSingle(file, kind) ? new ImageIoFile(file, kind) : openElsewhere(file);
        } catch (IOException e) {
            throw new LesionJException("Cannot read " + file + ": " + WholeFile.reason(e) + ". Check the file and its permissions.", e);
        }
    }

    private ImageSource openTiff(Path file) throws IOException {
        if (TiffHeader.isImageJ(file)) {
            return new ImageJTiffFile(file);
        }
        if (!TiffHeader.isComplete(file)) {
            throw UnreadableImage.damaged(file, "it ends before its last pixel");
        }
        return openElsewhere(file);
    }

    private static void checkFile(Path file) {
        if (!Files.exists(file)) {
            throw new UsageException("There is no file " + file + ": check the path.");
        }
        if (Files.isDirectory(file)) {
            throw new UsageException(file + " is a folder where one image file was expected: name a file in it.");
        }
        if (!Files.isRegularFile(file)) {
            throw new UsageException(file + " is no regular file (a device or pipe): name an image file.");
        }
        if (!Files.isReadable(file)) {
            throw new LesionJException("Cannot read " + file + ": permission denied. Check the permissions of the file.");
        }
        if (isEmpty(file)) {
            throw UnreadableImage.damaged(file, "it is empty (0 bytes)");
        }
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            throw new LesionJException("Cannot read " + file + ": " + WholeFile.reason(e) + ". Check the file and its permissions.", e);
        }
    }

    private ImageSource openElsewhere(Path file) throws IOException {
        boolean bioFormats = hasBioFormats();
        LesionJException failure = unknownFormat(file, bioFormats);
        Optional<ImageSource> source = Optional.empty();
        try {
            source = bioFormats ? BioFormatsFile.open(file) : source;
        } catch (LesionJException e) {
            failure = e;
        }
        if (source.isEmpty() && opener != null) {
            source = SciJavaFile.open(file, opener, converter);
        }
        if (source.isEmpty()) {
            throw failure;
        }
        return source.get();
    }

    private static LesionJException unknownFormat(Path file, boolean bioFormats) {
        return new LesionJException(bioFormats
            ? "Cannot read " + file + ": its format is not known to ImageJ, Bio-Formats or SciJava. Save it as PNG or TIFF."
            : "Cannot read " + file + ": its format is not known to ImageJ. Put bioformats_package.jar into ImageJ's plugins"
                + " folder (from the Bio-Formats downloads of openmicroscopy.org), or save the image as PNG.");
    }

    private static boolean hasBioFormats() {
        try {
            Class.forName("loci.formats.ImageReader", false, ImageFiles.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
