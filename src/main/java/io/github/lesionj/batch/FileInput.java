package io.github.lesionj.batch;

import io.github.lesionj.core.Sha256;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An image file.
 *
 * @param path  under the input
 * @param file  where it lies
 * @param files opens it
 * @param truth its true labels, or null
 */
record FileInput(String path, Path file, ImageFiles files, List<String> truth) implements BatchInput {

    @Override
    public String checksum() {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new UsageException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    @Override
    public ImageSource open() {
        return files.open(file);
    }
}
