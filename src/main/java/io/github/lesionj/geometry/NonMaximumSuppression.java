package io.github.lesionj.geometry;

import java.util.Arrays;

/**
 * Of boxes that overlap much, keeps the one of the highest score: from the highest score down, a box is kept unless one that was
 * kept before it overlaps it by more than the limit. Of equal scores the first comes first.
 *
 * <p>A box is compared only with kept ones near it and of its size, for an IoU above t needs longer sides that differ by less than
 * 1 / t: so the time grows with the number of boxes and not with its square, whatever their sizes.
 */
public final class NonMaximumSuppression {

    private final double limit;
    private final int most;

    /**
     * A rule.
     *
     * @param limit IoU, 0..1; boxes that overlap by more are one
     * @param most  how many boxes are kept at most, those of the highest scores
     */
    public NonMaximumSuppression(double limit, int most) {
        if (!(limit >= 0 && limit <= 1) || most < 0) {
            throw new IllegalArgumentException("No non-maximum suppression above an IoU of " + limit + " to " + most + " boxes");
        }
        this.limit = limit;
        this.most = most;
    }

    /**
     * Which boxes are kept, by descending score.
     *
     * @param boxes  finite; an empty one overlaps nothing: it is kept, and suppresses none
     * @param scores of each, not NaN
     */
    public int[] keep(Boxes boxes, float[] scores) {
        return keep(boxes, scores, new int[boxes.size()]);
    }

    /**
     * The same class by class: boxes of different classes never suppress each other.
     *
     * @param classes of each
     */
    public int[] keep(Boxes boxes, float[] scores, int[] classes) {
        int[] order = byScore(scores);
        int[] kept = new int[Math.min(most, order.length)];
        int count = 0;
        KeptBoxes near = new KeptBoxes(boxes, classes, limit);
        for (int i = 0; i < order.length && count < most; i++) {
            if (!near.overlaps(order[i])) {
                near.add(order[i]);
                kept[count++] = order[i];
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** Indices by descending score, equal ones in their order. */
    static int[] byScore(float[] scores) {
        long[] keys = new long[scores.length];
        for (int i = 0; i < scores.length; i++) {
            if (Float.isNaN(scores[i])) {
                throw new IllegalArgumentException("Score " + i + " is not a number");
            }
            int bits = Float.floatToIntBits(scores[i] + 0f);
            // in the order of the floats: negative ones rise as their bits fall
            int rising = bits ^ (bits >> 31 & Integer.MAX_VALUE);
            keys[i] = (long) ~rising << 32 | i;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        Arrays.setAll(order, i -> (int) keys[i]);
        return order;
    }
}
