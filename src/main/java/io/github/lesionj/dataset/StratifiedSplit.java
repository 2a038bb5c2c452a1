package io.github.lesionj.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Draws a part of a set so that every class has its share in it and no group is torn apart.
 *
 * <p>Groups are shuffled, the large ones taken first, and each is drawn when that brings the class counts closer to their
 * targets (sum of squared deviations, each relative to the class's count). Every class that occurs in two groups or more
 * aims at one item at least. The same seed gives the same part.
 */
final class StratifiedSplit {

    private StratifiedSplit() {
    }

    /**
     * The drawn items.
     *
     * @param groups   to draw from
     * @param classes  number of classes
     * @param fraction of the items, between 0 and 1
     */
    static Set<LabelledItem> draw(ItemGroups groups, int classes, double fraction, long seed) {
        List<List<LabelledItem>> shuffled = groups.shuffled(seed);
        double[] totals = ClassTally.counts(shuffled.stream().flatMap(List::stream).toList(), classes);
        ClassTally tally = new ClassTally(targets(shuffled, classes, fraction), totals);
        Set<LabelledItem> drawn = new HashSet<>();
        for (List<LabelledItem> group : shuffled) {
            double[] counts = ClassTally.counts(group, classes);
            if (tally.change(counts) < 0) {
                drawn.addAll(group);
                tally.add(counts);
            }
        }
        return drawn;
    }

    private static double[] targets(List<List<LabelledItem>> groups, int classes, double fraction) {
        double[] targets = new double[classes + 1];
        int[] occurrences = new int[classes + 1];
        for (List<LabelledItem> group : groups) {
            double[] counts = ClassTally.counts(group, classes);
            for (int c = 0; c <= classes; c++) {
                targets[c] += fraction * counts[c];
                occurrences[c] += counts[c] > 0 ? 1 : 0;
            }
        }
        for (int c = 0; c <= classes; c++) {
            targets[c] = occurrences[c] > 1 ? Math.max(1, targets[c]) : targets[c];
        }
        return targets;
    }
}
