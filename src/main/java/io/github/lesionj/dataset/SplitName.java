package io.github.lesionj.dataset;

import java.util.List;
import java.util.Locale;

/** How folders and files are called that hold a part of a data set. */
final class SplitName {

    /** As people write them. */
    static final List<String> ALL = List.of("train", "training", "val", "valid", "validation", "test", "testing");

    private SplitName() {
    }

    /** The first folder of a path where it is one of them; else empty. */
    static String ofFolder(String path) {
        String first = path.substring(0, Math.max(0, path.indexOf('/')));
        return is(first) ? first : "";
    }

    /** Whether a name is one of them, without regard to case. */
    static boolean is(String name) {
        return ALL.contains(name.toLowerCase(Locale.ROOT));
    }
}
