package io.github.lesionj.batch;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.RegionSource;
import io.github.lesionj.image.SourceImage;
import java.util.List;

/**
 * An input that must hold one image, for its label speaks of one; a stack is refused.
 *
 * @param input whatever it is
 */
record SingleImageInput(BatchInput input) implements BatchInput {

    @Override
    public String path() {
        return input.path();
    }

    @Override
    public String checksum() {
        return input.checksum();
    }

    @Override
    public List<String> truth() {
        return input.truth();
    }

    @Override
    public ImageSource open() {
        ImageSource source = input.open();
        return new ImageSource() {
            @Override
            public String name() {
                return source.name();
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
            public List<Position> positions(int networkChannels, int channel) {
                List<Position> positions = source.positions(networkChannels, channel);
                if (positions.size() != 1) {
                    throw new UsageException(path() + " is a stack of " + positions.size()
                        + " images where its label speaks of one; save its slices as files of their own.");
                }
                return positions;
            }

            @Override
            public SourceImage image(Position position) {
                return source.image(position);
            }

            @Override
            public RegionSource regions(Position position) {
                return source.regions(position);
            }

            @Override
            public void close() {
                source.close();
            }
        };
    }
}
