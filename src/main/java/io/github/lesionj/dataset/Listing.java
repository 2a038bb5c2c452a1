package io.github.lesionj.dataset;

import java.util.List;

/** A few names of many, for a sentence. */
public final class Listing {

    private static final int SHOWN = 3;

    private Listing() {
    }

    /** {@code a, b, c and 7 more}. */
    public static String of(List<String> names) {
        return of(names, SHOWN);
    }

    /**
     * The same with another number of them.
     *
     * @param most that are named
     */
    static String of(List<String> names, int most) {
        String shown = String.join(", ", names.subList(0, Math.min(most, names.size())));
        return names.size() > most ? shown + " and " + (names.size() - most) + " more" : shown;
    }
}
