package io.github.lesionj.image;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens image files, by what they hold and not by their names.
 */
public final class ImageFiles {

    /** Opens a file; its pixels are read when an image is asked for. */
    public ImageSource open(Path file) {
        checkFile(file);
        try {
            FileKind kind = FileKind.of(file);
            return new ImageIoFile(file, kind);
        } catch (IOException e) {
            throw new LesionJException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    private static void checkFile(Path file) {
        if (!Files.exists(file)) {
            throw new UsageException("There is no file " + file + ": check the path.");
        }
        if (Files.isDirectory(file)) {
            throw new UsageException(file + " is a folder where one image file was expected: name a file in it.");
        }
    }
}
