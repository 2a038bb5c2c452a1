package io.github.lesionj.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups dealt out to folds: large ones first, among those of one size the rare classes first, each to the fold whose class
 * counts it brings nearest to their shares. Of several shuffles the most even division is taken.
 */
final class FoldDealing {

    private static final int ATTEMPTS = 16;
    /** Weights that no deviation reaches: a division that cannot be learned from is taken only where all are so. */
    private static final double EMPTY_FOLD = 1e9;
    private static final double WHOLE_CLASS = 1e6;

    private final List<List<LabelledItem>> parts = new ArrayList<>();
    private final List<ClassTally> tallies = new ArrayList<>();
    private final double[] totals;

    private FoldDealing(double[] totals, int folds) {
        this.totals = totals;
        double[] share = Arrays.stream(totals).map(total -> total / folds).toArray();
        for (int f = 0; f < folds; f++) {
            parts.add(new ArrayList<>());
            tallies.add(new ClassTally(share, totals));
        }
    }

    /**
     * Divides groups.
     *
     * @return the items of each fold
     */
    static List<List<LabelledItem>> best(ItemGroups groups, int classes, int folds, long seed) {
        double[] totals = new double[classes + 1];
        Map<LabelledItem, double[]> byFirst = new HashMap<>();
        for (List<LabelledItem> group : groups.all()) {
            double[] found = ClassTally.counts(group, classes);
            byFirst.put(group.get(0), found);
            for (int c = 0; c <= classes; c++) {
                totals[c] += found[c];
            }
        }
        FoldDealing best = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            FoldDealing dealing = new FoldDealing(totals, folds);
            dealing.deal(groups.shuffled(seed + 1_000_003L * attempt), byFirst);
            best = best == null || dealing.worth() < best.worth() ? dealing : best;
        }
        return best.parts;
    }

    private void deal(List<List<LabelledItem>> groups, Map<LabelledItem, double[]> counts) {
        List<List<LabelledItem>> order = new ArrayList<>(groups);
        order.sort(Comparator.<List<LabelledItem>>comparingInt(group -> -group.size())
            .thenComparingDouble(group -> -rarity(counts.get(group.get(0)))));
        for (List<LabelledItem> group : order) {
            double[] found = counts.get(group.get(0));
            int fold = nearest(found);
            parts.get(fold).addAll(group);
            tallies.get(fold).add(found);
        }
    }

    private double rarity(double[] counts) {
        double sum = 0;
        for (int c = 0; c < counts.length; c++) {
            sum += counts[c] == 0 ? 0 : counts[c] / totals[c];
        }
        return sum;
    }

    private int nearest(double[] group) {
        int best = 0;
        for (int f = 1; f < parts.size(); f++) {
            double gain = tallies.get(best).change(group) - tallies.get(f).change(group);
            // of equal ones the fold with fewer items; sums of thirds are not exact
            if (gain > 1e-9 || gain > -1e-9 && parts.get(f).size() < parts.get(best).size()) {
                best = f;
            }
        }
        return best;
    }

    /** Deviation from an even division, far more where a fold is empty or holds a whole class. */
    private double worth() {
        double worth = 0;
        for (int f = 0; f < parts.size(); f++) {
            worth += tallies.get(f).deviation() + (parts.get(f).isEmpty() ? EMPTY_FOLD : 0);
            for (int c = 0; c < totals.length - 1; c++) {
                worth += totals[c] > 0 && tallies.get(f).count(c) == totals[c] ? WHOLE_CLASS : 0;
            }
        }
        return worth;
    }
}
