package io.github.lesionj.dataset;

/** Numbers as annotation files have them. */
final class Decimal {

    private Decimal() {
    }

    /** NaN where the text is no number. */
    static double of(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
