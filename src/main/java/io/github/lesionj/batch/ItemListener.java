package io.github.lesionj.batch;

import io.github.lesionj.results.Classification;
import io.github.lesionj.results.ItemKey;
import java.util.List;

/** Hears which items an input has and how each of them ended. */
interface ItemListener {

    /** Hears nothing. */
    ItemListener NONE = new ItemListener() {
        @Override
        public void opened(BatchInput input, List<BatchItem> items) {
            // nobody waits for it
        }

        @Override
        public void ended(ItemKey item, Classification row) {
            // nobody waits for it
        }
    };

    /** An input was opened; called from a reader's thread, before any of its items ends. */
    void opened(BatchInput input, List<BatchItem> items);

    /**
     * An item ended; called from the thread that predicts.
     *
     * @param row what was found, now or by an earlier run; null where the item failed
     */
    void ended(ItemKey item, Classification row);
}
