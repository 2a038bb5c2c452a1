package io.github.lesionj.image;

import ij.gui.Roi;
import io.github.lesionj.core.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that holds one or more two-dimensional images: a file or an open ImageJ image.
 *
 * <p>Pixels are read when an image is asked for, one position at a time. Not thread-safe; images that were given out stay
 * valid after closing.
 */
public interface ImageSource extends AutoCloseable {

    /** A name for messages: the file's or the window's. */
    String name();

    /** Number of separate channels at each position; an RGB image is one. */
    default int channels() {
        return 1;
    }

    /** Number of slices. */
    default int slices() {
        return 1;
    }

    /** Number of frames. */
    default int frames() {
        return 1;
    }

    /**
     * Reads the image at a position; {@code c} is {@link Position#ALL_CHANNELS} for all channels of a slice and frame.
     *
     * @throws io.github.lesionj.core.LesionJException when it cannot be read, in one sentence that names the source
     */
    SourceImage image(Position position);

    /**
     * The image at a position, to be read region by region: without holding it whole where the source can do so. Valid until
     * this source is closed.
     *
     * @throws io.github.lesionj.core.LesionJException as {@link #image}, also from the regions
     */
    default RegionSource regions(Position position) {
        return RegionSource.of(image(position));
    }

    /** The slice and frame that its user is looking at, or the first. */
    default Position shown() {
        return Position.FIRST;
    }

    /** What lies over the image in ImageJ's overlay, as it is and not copied; empty where there is none. */
    default List<Roi> overlay() {
        return List.of();
    }

    /** Releases what is held open; most sources of a single image hold nothing. */
    @Override
    default void close() {
        // nothing is held open
    }

    /**
     * The items that a network is to see: one for each slice of each frame. All channels go in together when the network
     * takes that many; otherwise one must be chosen.
     *
     * @param networkChannels that the network takes
     * @param channel         that the user chose, from 1, or 0 where none was chosen
     * @throws UsageException when a channel must be chosen, or the chosen one does not exist
     */
    default List<Position> positions(int networkChannels, int channel) {
        int c = chosenChannel(networkChannels, channel);
        List<Position> positions = new ArrayList<>();
        for (int t = 1; t <= frames(); t++) {
            for (int z = 1; z <= slices(); z++) {
                positions.add(new Position(c, z, t));
            }
        }
        return positions;
    }

    private int chosenChannel(int networkChannels, int channel) {
        if (channel < 0 || channel > channels()) {
            throw new UsageException(name() + " has no channel " + channel + ": choose the key channel from 1 to " + channels() + ".");
        }
        if (channel > 0 || channels() == 1) {
            return Math.max(1, channel);
        }
        if (channels() == networkChannels) {
            return Position.ALL_CHANNELS;
        }
        throw new UsageException(name() + " has " + channels() + " channels but the model takes " + networkChannels
            + ": choose one with the key channel, from 1 to " + channels() + ".");
    }
}
