package io.github.lesionj.evaluation;

/**
 * How one class was told from all others; a figure that does not exist is NaN.
 *
 * @param truePositives  items rightly said to be it
 * @param falsePositives items wrongly said to be it
 * @param falseNegatives items of it that were missed
 * @param trueNegatives  the others
 */
record Counts(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

    long support() {
        return truePositives + falseNegatives;
    }

    /** 0 where the class is there and is never said. */
    double precision() {
        return truePositives + falsePositives == 0 && support() > 0 ? 0
            : (double) truePositives / (truePositives + falsePositives);
    }

    double recall() {
        return (double) truePositives / support();
    }

    double specificity() {
        return (double) trueNegatives / (trueNegatives + falsePositives);
    }

    double f1() {
        return support() == 0 ? Double.NaN : 2.0 * truePositives / (2 * truePositives + falsePositives + falseNegatives);
    }
}
