package io.github.lesionj.pipeline;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.Preprocessor;
import io.github.lesionj.image.SourceImage;
import java.nio.file.Path;
import java.util.List;

/** Reads labelled items as images, one image per file. Thread-safe. */
final class ItemReader {

    private final ImageFiles files;
    private final int channel;

    /**
     * A reader.
     *
     * @param channel of multi-channel files, from 1, or 0 for all
     */
    ItemReader(ImageFiles files, int channel) {
        this.files = files;
        this.channel = channel;
    }

    /**
     * The image of an item.
     *
     * @param networkChannels that the network takes, or 0: all that the image has
     */
    SourceImage read(LabelledItem item, int networkChannels) {
        return item.open(file -> single(file, networkChannels));
    }

    /** The item as a network's input; height * width * channels values. */
    float[] read(LabelledItem item, InputRule rule) {
        return Preprocessor.apply(read(item, rule.channels()), rule).values();
    }

    private SourceImage single(Path file, int networkChannels) {
        try (ImageSource source = files.open(file)) {
            List<Position> positions = source.positions(networkChannels == 0 ? source.channels() : networkChannels, channel);
            if (positions.size() != 1) {
                throw new UsageException(file + " is a stack of " + positions.size()
                    + " images where one image was expected; save its slices as files of their own.");
            }
            return source.image(positions.get(0));
        }
    }
}
