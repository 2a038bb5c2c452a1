package io.github.lesionj.modelpackage;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what a mistyped name may have meant. */
final class NearMiss {

    private static final int FARTHEST = 3;

    private NearMiss() {
    }

    /** The nearest name, or null when none is near. */
    static String of(String text, Collection<String> names) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return names.stream().filter(name -> near(wanted, name.toLowerCase(Locale.ROOT)))
            .min(Comparator.comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT)))).orElse(null);
    }

    private static boolean near(String wanted, String name) {
        return distance(wanted, name) <= FARTHEST || wanted.length() >= FARTHEST && name.contains(wanted);
    }

    /** Levenshtein's distance: single characters added, dropped or changed. */
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(changed, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }

    /** A text as a path; null where it cannot be one. */
    static Path asPath(String text) {
        try {
            return text.isBlank() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
