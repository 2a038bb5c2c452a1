package io.github.lesionj.evaluation;

/** Numbers for JSON, which has no NaN. */
public final class Numbers {

    private Numbers() {
    }

    /** The number, or null where it is NaN or infinite. */
    public static Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
