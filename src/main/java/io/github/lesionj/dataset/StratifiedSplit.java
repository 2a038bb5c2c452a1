package io.github.lesionj.dataset;

import io.github.lesionj.core.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Draws a part of a set so that every class has its share in it and no group is torn apart.
 *
 * <p>Items of the same group, and items of the same content, stay together. Groups are shuffled, the large ones taken first,
 * and each is drawn when that brings the class counts closer to their targets (sum of squared deviations, each relative to
 * the class's count). Every class that occurs in two groups or more aims at one item at least. The same seed gives the same
 * part.
 */
final class StratifiedSplit {

    private StratifiedSplit() {
    }

    /**
     * The drawn items.
     *
     * @param fraction of the items, between 0 and 1
     */
    static Set<LabelledItem> draw(LabelledSet set, double fraction, long seed, Progress progress) {
        List<List<LabelledItem>> groups = groups(set.items(), progress);
        Collections.shuffle(groups, new Random(seed));
        groups.sort(Comparator.comparingInt(group -> -group.size()));
        int classes = set.classNames().size();
        double[] targets = targets(groups, classes, fraction);
        double[] totals = counts(set.items(), classes);
        double[] drawnCounts = new double[classes + 1];
        Set<LabelledItem> drawn = new HashSet<>();
        for (List<LabelledItem> group : groups) {
            double[] counts = counts(group, classes);
            double change = 0;
            for (int c = 0; c <= classes; c++) {
                double before = drawnCounts[c] - targets[c];
                double after = before + counts[c];
                change += counts[c] == 0 ? 0 : (after * after - before * before) / totals[c];
            }
            if (change < 0) {
                drawn.addAll(group);
                for (int c = 0; c <= classes; c++) {
                    drawnCounts[c] += counts[c];
                }
            }
        }
        return drawn;
    }

    private static double[] targets(List<List<LabelledItem>> groups, int classes, double fraction) {
        double[] targets = new double[classes + 1];
        int[] occurrences = new int[classes + 1];
        for (List<LabelledItem> group : groups) {
            double[] counts = counts(group, classes);
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

    /** Items per class; the last entry counts those without any. */
    private static double[] counts(List<LabelledItem> items, int classes) {
        double[] counts = new double[classes + 1];
        for (LabelledItem item : items) {
            for (int label : item.labels()) {
                counts[label]++;
            }
            counts[classes] += item.labels().isEmpty() ? 1 : 0;
        }
        return counts;
    }

    private static List<List<LabelledItem>> groups(List<LabelledItem> items, Progress progress) {
        Map<LabelledItem, LabelledItem> doubles = new HashMap<>();
        ContentDuplicates.within(items, progress).forEach(pair -> doubles.put(pair.item(), pair.earlier()));
        Joined joined = new Joined();
        for (LabelledItem item : items) {
            joined.join(key(item), key(doubles.getOrDefault(item, item)));
        }
        Map<String, List<LabelledItem>> groups = new LinkedHashMap<>();
        items.forEach(item -> groups.computeIfAbsent(joined.root(key(item)), root -> new ArrayList<>()).add(item));
        return new ArrayList<>(groups.values());
    }

    private static String key(LabelledItem item) {
        return item.group().isEmpty() ? "item " + item.name() : "group " + item.group();
    }

    /** Disjoint sets of keys that belong together. */
    private static final class Joined {

        private final Map<String, String> parents = new HashMap<>();

        String root(String key) {
            String root = key;
            while (!parents.getOrDefault(root, root).equals(root)) {
                root = parents.get(root);
            }
            return root;
        }

        void join(String a, String b) {
            parents.put(root(a), root(b));
        }
    }
}
