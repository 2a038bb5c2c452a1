package io.github.lesionj.batch;

import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.Position;
import io.github.lesionj.results.ItemKey;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that a run reads: a file, an item of a data set, or the active image.
 *
 * <p>Called from reader threads; {@link #open} may be called once from any of them.
 */
public interface BatchInput {

    /** Its path under the input, as {@code results.csv} names it. */
    String path();

    /** SHA-256 of what it holds. */
    String checksum();

    /** Opens it; the caller closes. */
    ImageSource open();

    /** Its true labels, or null where not known. */
    default List<String> truth() {
        return null;
    }

    /** Left edge of what is read within the whole image, in px. */
    default int left() {
        return 0;
    }

    /** Top edge of what is read within the whole image, in px. */
    default int top() {
        return 0;
    }

    /** What of it is searched for objects, px; null = all of it. */
    default Rectangle area() {
        return null;
    }

    /**
     * What of it is classified: by default every slice of every frame.
     *
     * @param source          this input, opened
     * @param networkChannels that the network takes
     * @param channel         from 1, or 0 where none was chosen
     */
    default List<BatchItem> items(ImageSource source, int networkChannels, int channel) {
        List<BatchItem> items = new ArrayList<>();
        for (Position position : source.positions(networkChannels, channel)) {
            items.add(new BatchItem(key(source, position), position, null, image -> image));
        }
        return items;
    }

    /** The key of a plane; a plain image's is its path alone. */
    default ItemKey key(ImageSource source, Position position) {
        boolean plain = source.channels() == 1 && source.slices() == 1 && source.frames() == 1;
        return plain ? key() : ItemKey.of(path(), position.c(), position.z(), position.t());
    }

    /** The key of this input as a whole. */
    default ItemKey key() {
        return ItemKey.of(path());
    }
}
