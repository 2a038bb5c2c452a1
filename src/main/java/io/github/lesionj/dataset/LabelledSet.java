package io.github.lesionj.dataset;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.geometry.TrueBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A labelled collection. Immutable.
 *
 * @param name       the reference it was read from, such as {@code chest.csv#val}
 * @param items      in the order of the source
 * @param classNames by index of the labels
 * @param labelKind  what the labels of an item may be, as far as this set shows
 * @param rejected   what was found but cannot be used: unlabelled, missing or doubled items
 */
public record LabelledSet(String name, List<LabelledItem> items, List<String> classNames, LabelKind labelKind,
        List<RejectedItem> rejected) {

    public LabelledSet {
        items = List.copyOf(items);
        classNames = List.copyOf(classNames);
        rejected = List.copyOf(rejected);
    }

    public int size() {
        return items.size();
    }

    /** Number of items of which each class is true. */
    public int[] counts() {
        int[] counts = new int[classNames.size()];
        for (LabelledItem item : items) {
            for (int label : item.labels()) {
                counts[label]++;
            }
        }
        return counts;
    }

    /** Whether any of its images has a box. */
    public boolean hasBoxes() {
        return items.stream().anyMatch(item -> !item.boxes().isEmpty());
    }

    /** Number of boxes of each class that must be found. */
    public int[] boxCounts() {
        int[] counts = new int[classNames.size()];
        items.stream().flatMap(item -> item.boxes().stream()).filter(box -> box.role() == TrueBox.Role.COUNTED)
            .forEach(box -> counts[box.label()]++);
        return counts;
    }

    /** The splits that its items name, without the empty one, in alphabetical order. */
    public List<String> splits() {
        TreeSet<String> splits = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        items.forEach(item -> splits.add(item.split()));
        splits.remove("");
        return List.copyOf(splits);
    }

    /**
     * One split of it. What cannot be used of an item of another split is none of it.
     *
     * @param split without regard to case
     * @throws UsageException naming the splits there are
     */
    public LabelledSet split(String split) {
        if (splits().stream().noneMatch(split::equalsIgnoreCase)) {
            throw new UsageException("The data set " + name + " has no split \"" + split + "\": "
                + (splits().isEmpty() ? "it has no splits at all. Leave #" + split + " off."
                    : "it has " + String.join(", ", splits()) + ". Write #" + splits().get(0) + ", for example."));
        }
        LabelledSet part = where(name + "#" + split, item -> item.split().equalsIgnoreCase(split));
        Set<String> others = items.stream().filter(item -> !item.split().equalsIgnoreCase(split)).map(LabelledItem::name)
            .collect(Collectors.toSet());
        List<RejectedItem> own = rejected.stream().filter(item -> !others.contains(item.name())).toList();
        return new LabelledSet(part.name, part.items, classNames, labelKind, own);
    }

    /** The items that fulfil a condition, under another name. */
    public LabelledSet where(String newName, Predicate<LabelledItem> condition) {
        return new LabelledSet(newName, items.stream().filter(condition).toList(), classNames, labelKind, rejected);
    }

    /** The same with more items listed as unusable. */
    LabelledSet rejecting(List<RejectedItem> more) {
        List<RejectedItem> all = new ArrayList<>(rejected);
        all.addAll(more);
        return new LabelledSet(name, items, classNames, labelKind, all);
    }

    LabelledSet withKind(LabelKind kind) {
        return new LabelledSet(name, items, classNames, kind, rejected);
    }
}
