package io.github.lesionj.results;

import io.github.lesionj.core.WholeFile;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as PNG, whole or not at all. */
final class PngFile {

    private PngFile() {
    }

    static void write(Path file, BufferedImage picture) {
        WholeFile.write(file, out -> {
            // ImageIO's own cache would be a file in the temporary folder.
            try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
                ImageIO.write(picture, "png", stream);
            }
        });
    }
}
