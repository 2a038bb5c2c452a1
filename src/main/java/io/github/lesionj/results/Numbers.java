package io.github.lesionj.results;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as people read them in legends, names and tables, with a dot in every locale. */
final class Numbers {

    private static final double SMALLEST_PLAIN = 0.01;
    private static final double LARGEST_PLAIN = 1000;
    private static final double LARGEST_WHOLE = 1e15;

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

    /** The shortest decimal that is read again as the same number, without an exponent; NaN becomes empty. */
    static String exact(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE ? Long.toString((long) value)
            : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
