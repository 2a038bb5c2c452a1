package io.github.lesionj.batch;

import io.github.lesionj.pipeline.ImageClassifier;
import io.github.lesionj.results.Classification;
import io.github.lesionj.results.ItemKey;
import java.util.List;

/** Hears which items an input has and how each of them ended. */
interface ItemListener {

    /** Hears nothing. */
    ItemListener NONE = new ItemListener() {
    };

    /** An input was opened; called from a reader's thread, before any of its items ends. */
    default void opened(BatchInput input, List<BatchItem> items) {
        // not everybody waits for it
    }

    /** The network gave its answer, whose row is not there yet; called from the thread that predicts. */
    default void predicted(ItemKey item, ImageClassifier.Result result) {
        // not everybody waits for it
    }

    /**
     * An item ended; called from the thread that predicts.
     *
     * @param row what was found, now or by an earlier run; null where the item failed
     */
    default void ended(ItemKey item, Classification row) {
        // not everybody waits for it
    }
}
