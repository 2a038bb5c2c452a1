package io.github.lesionj.dataset;

import java.util.List;

/** A few names of many, for a sentence. */
public final class Listing {

    private static final int SHOWN = 3;

    private Listing() {
    }

    /** {@code a, b, c and 7 more}. */
    public static String of(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }
}
