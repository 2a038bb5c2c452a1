package io.github.lesionj.batch;

import io.github.lesionj.results.Detections;

/** Shows what was found on each item, mostly on the active image. Called from several threads, in any order. */
@FunctionalInterface
public interface DetectionDisplay {

    /** Shows nothing. */
    DetectionDisplay NONE = found -> { };

    /** The model is loaded: what an earlier run showed is out of date. */
    default void begin() {
        // most displays begin empty
    }

    /** Also called for an item that is taken over from an earlier run. */
    void show(Detections found);
}
