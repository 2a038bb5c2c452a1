package io.github.lesionj.batch;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.SourceImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An item of a data set that is no file of its own, such as an image of an npz archive.
 *
 * @param item  of the set
 * @param truth its labels by name
 */
record LabelledInput(LabelledItem item, List<String> truth) implements BatchInput {

    @Override
    public String path() {
        return item.name();
    }

    @Override
    public String checksum() {
        try {
            return item.source().checksum();
        } catch (IOException e) {
            throw new UsageException("Cannot read " + item.name() + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    @Override
    public ImageSource open() {
        SourceImage image = item.open(LabelledInput::noFile);
        return new ImageSource() {
            @Override
            public String name() {
                return item.name();
            }

            @Override
            public int channels() {
                return image.kind() == SourceImage.Kind.CHANNELS ? image.channels() : 1;
            }

            @Override
            public SourceImage image(Position position) {
                return image;
            }
        };
    }

    private static SourceImage noFile(Path file) {
        throw new IllegalStateException(file + " is a file of its own");
    }
}
