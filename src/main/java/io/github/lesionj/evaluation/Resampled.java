package io.github.lesionj.evaluation;

import java.util.List;

/** Figures that can be measured anew on items that were drawn again. Thread-safe. */
public interface Resampled {

    /** Every key, in order. */
    List<String> keys();

    /**
     * Values in the order of {@link #keys}.
     *
     * @param weights how often each item was drawn
     * @return NaN for a figure that does not exist
     */
    double[] values(int[] weights);
}
