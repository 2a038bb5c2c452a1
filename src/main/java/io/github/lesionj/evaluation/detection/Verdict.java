package io.github.lesionj.evaluation.detection;

import java.util.Locale;

/** What a box turned out to be. */
public enum Verdict {
    /** A found box that hits an object. */
    HIT,
    /** An object that no box hits. */
    MISS,
    /** A found box that hits no object. */
    FALSE_ALARM,
    /** A found box that is neither right nor wrong: it lies on a difficult object or on a crowd. */
    IGNORED;

    /** As people and tables call it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
