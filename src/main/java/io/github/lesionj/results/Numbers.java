package io.github.lesionj.results;

import java.util.Locale;

/** Numbers as people read them in legends and names, with a dot in every locale. */
final class Numbers {

    private static final double SMALLEST_PLAIN = 0.01;
    private static final double LARGEST_PLAIN = 1000;

    private Numbers() {
    }

    /** Two decimals, or two significant digits with an exponent where those would say nothing. */
    static String brief(double value) {
        double size = Math.abs(value);
        if (value == 0) {
            return "0";
        }
        return size < SMALLEST_PLAIN || size >= LARGEST_PLAIN ? String.format(Locale.ROOT, "%.1e", value)
            : String.format(Locale.ROOT, "%.2f", value);
    }
}
