package io.github.lesionj.dataset;

import io.github.lesionj.core.Sha256;
import io.github.lesionj.image.SourceImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Where the pixels of an item are: a file of any format, or an array that is in memory already. */
public sealed interface ItemSource {

    /** The image, read with {@code files} where it is a file. */
    SourceImage open(Function<Path, SourceImage> files);

    /** A number that is equal for items of equal content; cheap to get. */
    long size() throws IOException;

    /** As much of the content as is cheap to get: a file's size, the checksum of an array's pixels. */
    String fingerprint() throws IOException;

    /**
     * Checksum of a few parts of the content, and not of all of it where that is large: equal contents give equal ones, different
     * ones of the same size hardly ever.
     */
    String sample() throws IOException;

    /** Checksum of the content: of a file's bytes, of an array's pixels. */
    String checksum() throws IOException;

    /**
     * A file.
     *
     * @param path absolute, or relative to the working folder
     */
    record File(Path path) implements ItemSource {

        @Override
        public SourceImage open(Function<Path, SourceImage> files) {
            return files.apply(path);
        }

        @Override
        public long size() throws IOException {
            return Files.size(path);
        }

        @Override
        public String fingerprint() throws IOException {
            return Long.toString(size());
        }

        @Override
        public String sample() throws IOException {
            return FileSample.of(path);
        }

        @Override
        public String checksum() throws IOException {
            return Sha256.of(path);
        }
    }

    /**
     * One image of an array of images.
     *
     * @param images all of them
     * @param index  of this one
     */
    record Pixels(ImageArray images, int index) implements ItemSource {

        @Override
        public SourceImage open(Function<Path, SourceImage> files) {
            return images.image(index);
        }

        @Override
        public long size() {
            return images.imageBytes();
        }

        @Override
        public String fingerprint() {
            return checksum();
        }

        @Override
        public String sample() {
            return checksum();
        }

        @Override
        public String checksum() {
            return images.checksum(index);
        }
    }
}
