package io.github.lesionj.runtime;

import io.github.lesionj.core.UsageException;
import java.util.ArrayList;
import java.util.List;

/** The value of a key that takes one number, or one per class with commas. */
final class NumberList {

    private NumberList() {
    }

    /**
     * Reads it; empty text is an empty list.
     *
     * @param otherwise what the key may also be, for the message; may be empty
     * @throws UsageException where a part is no number above or equal to 0
     */
    static List<Double> parse(String key, String text, String otherwise) {
        List<Double> numbers = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            numbers.add(number(key, text, part.strip(), otherwise));
        }
        return List.copyOf(numbers);
    }

    private static double number(String key, String text, String part, String otherwise) {
        double value = part.matches("\\+?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?") ? Double.parseDouble(part) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw new UsageException(key + "=" + text + " cannot be read at \"" + part + "\": write " + otherwise
                + "numbers of 0 or more with a dot, one per class with commas, such as 0.25,0.75.");
        }
        return value;
    }
}
