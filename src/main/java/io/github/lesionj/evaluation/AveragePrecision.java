package io.github.lesionj.evaluation;

/** Average precision: the sum over thresholds of precision times gain in recall, without interpolation. */
public final class AveragePrecision {

    private AveragePrecision() {
    }

    /**
     * Average precision of one class; items of equal score stand at one threshold together.
     *
     * @return 0..1, or NaN where no item is positive or a score is NaN
     */
    public static double of(double[] scores, boolean[] positive) {
        return Ranking.of(scores, positive).averagePrecision(Ranking.once(scores.length));
    }
}
