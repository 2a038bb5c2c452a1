package io.github.lesionj.dataset;

import io.github.lesionj.core.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * The items of a set in groups that a division must not tear apart: items of the same group (the patient), and items of the
 * same content, stay together; an item without a group is one by itself. Immutable.
 */
final class ItemGroups {

    private final List<List<LabelledItem>> groups;

    private ItemGroups(List<List<LabelledItem>> groups) {
        this.groups = groups;
    }

    /** Compares contents as far as that is needed; see {@link ContentDuplicates}. */
    static ItemGroups of(List<LabelledItem> items, Progress progress) {
        Map<LabelledItem, LabelledItem> doubles = new HashMap<>();
        ContentDuplicates.within(items, progress).forEach(pair -> doubles.put(pair.item(), pair.earlier()));
        Joined joined = new Joined();
        for (LabelledItem item : items) {
            joined.join(key(item), key(doubles.getOrDefault(item, item)));
        }
        Map<String, List<LabelledItem>> groups = new LinkedHashMap<>();
        items.forEach(item -> groups.computeIfAbsent(joined.root(key(item)), root -> new ArrayList<>()).add(item));
        return new ItemGroups(List.copyOf(groups.values()));
    }

    private static String key(LabelledItem item) {
        return item.group().isEmpty() ? "item " + item.name() : "group " + item.group();
    }

    int size() {
        return groups.size();
    }

    /** In the order of their first items. */
    List<List<LabelledItem>> all() {
        return groups;
    }

    /** In an order that the seed decides, large ones first. */
    List<List<LabelledItem>> shuffled(long seed) {
        List<List<LabelledItem>> shuffled = new ArrayList<>(groups);
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.sort(Comparator.comparingInt(group -> -group.size()));
        return shuffled;
    }

    /** Those groups whose first item, and so all of them, fulfil a condition that does not tear groups apart. */
    ItemGroups where(Predicate<LabelledItem> condition) {
        return new ItemGroups(groups.stream().filter(group -> condition.test(group.get(0))).toList());
    }

    /** Disjoint sets of keys that belong together. */
    private static final class Joined {

        private final Map<String, String> parents = new HashMap<>();

        String root(String key) {
            String root = key;
            for (String parent = parents.get(root); parent != null && !parent.equals(root); parent = parents.get(root)) {
                // halves the way for the next one who asks
                parents.put(root, parents.getOrDefault(parent, parent));
                root = parent;
            }
            return root;
        }

        void join(String a, String b) {
            parents.put(root(a), root(b));
        }
    }
}
