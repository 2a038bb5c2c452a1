package io.github.lesionj.dataset;

import java.nio.file.Path;

/** Reads one form of labelled collection. Readers are asked in turn; the first that knows a path reads it. */
interface LabelledSetReader {

    /** Whether the path looks like this form; it exists. Opens no image. */
    boolean knows(Path path);

    /** Whether its items are images on which objects are marked by boxes. */
    default boolean givesBoxes() {
        return false;
    }

    /**
     * Reads the whole collection, or at least one split of it.
     *
     * @param path  exists
     * @param split the only split that is wanted, or empty for all; a reader may use it to read less
     * @param names how labels become classes
     * @throws io.github.lesionj.core.UsageException what is wrong with the collection as a whole
     */
    LabelledSet read(Path path, String split, ClassNaming names);
}
