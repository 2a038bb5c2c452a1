package io.github.lesionj.batch;

import io.github.lesionj.image.ImageSource;
import io.github.lesionj.results.ItemKey;
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

    /** The key of this input as a whole. */
    default ItemKey key() {
        return ItemKey.of(path());
    }
}
