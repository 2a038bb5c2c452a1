package io.github.lesionj.evaluation;

/** Numbers for JSON, which has no NaN. */
final class Numbers {

    private Numbers() {
    }

    static Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
