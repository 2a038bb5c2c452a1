package io.github.lesionj.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a detector says of one image before any threshold: boxes, and a score of each for every class.
 *
 * @param boxes   x0, y0, x1, y1 of each box, one box after the other; where classes have boxes of their own, those of a candidate
 *                side by side, class by class
 * @param scores  of each candidate, class by class, in 0..1
 * @param classes number of them
 */
public record CandidateBoxes(Boxes boxes, float[] scores, int classes) {

    /** Candidates with the highest scores among which overlapping ones are looked for; bounds time and memory at a threshold of 0. */
    public static final int MOST = 100_000;

    public CandidateBoxes {
        int candidates = classes < 1 ? 0 : scores.length / classes;
        if (classes < 1 || scores.length % classes != 0 || boxes.size() != candidates && boxes.size() != scores.length) {
            throw new IllegalArgumentException(boxes.size() + " boxes do not go with " + scores.length + " scores of " + classes + " classes");
        }
    }

    /**
     * Those of a score, without overlapping ones.
     *
     * @param threshold  least score; candidates of a class below it are none
     * @param suppressor of boxes of one class; says how many are left at most
     * @return by descending score; empty boxes and such as are not finite are left out
     */
    public List<ScoredBox> select(double threshold, NonMaximumSuppression suppressor) {
        int[] chosen = above(threshold);
        float[] values = new float[chosen.length];
        int[] labels = new int[chosen.length];
        float[] edges = new float[4 * chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            values[i] = scores[chosen[i]];
            labels[i] = chosen[i] % classes;
            System.arraycopy(boxes.values(), 4 * boxOf(chosen[i]), edges, 4 * i, 4);
        }
        Boxes selected = new Boxes(edges);
        List<ScoredBox> found = new ArrayList<>();
        for (int i : suppressor.keep(selected, values, labels)) {
            found.add(new ScoredBox(selected.get(i), labels[i], values[i]));
        }
        return found;
    }

    private int boxOf(int score) {
        return boxes.size() == scores.length ? score : score / classes;
    }

    /** Places of the scores at or above the threshold whose box can be used, at most {@link #MOST}. */
    private int[] above(double threshold) {
        int[] places = new int[Math.min(scores.length, 1024)];
        int count = 0;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= threshold && isUsable(boxOf(i))) {
                places = count == places.length ? Arrays.copyOf(places, 2 * count) : places;
                places[count++] = i;
            }
        }
        return count > MOST ? highest(Arrays.copyOf(places, count)) : Arrays.copyOf(places, count);
    }

    private int[] highest(int[] places) {
        float[] values = new float[places.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = scores[places[i]];
        }
        int[] order = NonMaximumSuppression.byScore(values);
        int[] best = new int[MOST];
        Arrays.setAll(best, i -> places[order[i]]);
        return best;
    }

    private boolean isUsable(int box) {
        float[] edges = boxes.values();
        float sum = 0;
        for (int i = 4 * box; i < 4 * box + 4; i++) {
            sum += edges[i];
        }
        return Float.isFinite(sum) && edges[4 * box + 2] > edges[4 * box] && edges[4 * box + 3] > edges[4 * box + 1];
    }
}
