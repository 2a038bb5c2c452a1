package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a set must fulfil before a network is trained on it; each failure is one sentence. */
final class TrainingChecks {

    /** Whoever has to mend a table wants to know which. */
    private static final int NAMED_GROUPS = 20;

    private TrainingChecks() {
    }

    /** Refuses a set that holds nothing to learn from: no image, one image, one class (without boxes), an empty class. */
    static void learnable(LabelledSet set) {
        notEmpty(set);
        if (set.size() == 1) {
            throw new UsageException("The data set " + set.name() + " holds one image only (" + set.items().get(0).name()
                + "): a training needs at least one of each class, better hundreds.");
        }
        int[] counts = set.counts();
        List<String> present = names(set, counts, true);
        // An object is told from the rest of its image, so one class will do.
        if (set.hasBoxes() && present.isEmpty()) {
            throw new UsageException("The data set " + set.name() + " has no box that counts: all are marked as difficult or as crowds.");
        }
        if (present.size() < 2 && !set.hasBoxes()) {
            throw new UsageException("The data set " + set.name() + " has one class only (" + String.join("", present)
                + ", " + set.size() + " images): add images of at least one other class.");
        }
        List<String> empty = names(set, counts, false);
        if (!empty.isEmpty()) {
            throw new UsageException("The data set " + set.name() + " has no image of the class " + String.join(", ", empty)
                + ": add some, or remove the class.");
        }
    }

    /** Refuses a set without a single usable item, and says why the first one was not. */
    static void notEmpty(LabelledSet set) {
        if (set.size() == 0) {
            throw new UsageException("The data set " + set.name() + " holds no image that can be used"
                + set.rejected().stream().findFirst().map(item -> ", for example " + item.name() + ": " + item.reason()).orElse("")
                + ".");
        }
    }

    private static List<String> names(LabelledSet set, int[] counts, boolean present) {
        return IntStream.range(0, counts.length).filter(c -> counts[c] > 0 == present).mapToObj(set.classNames()::get).toList();
    }

    /** Refuses two sets that share a group. */
    static void noSharedGroup(LabelledSet training, LabelledSet validation) {
        apart(groups(training), "training", groups(validation), "validation");
    }

    /**
     * Refuses a set of which a group is in what is learned from and outside it, or in two splits of the rest: who judges a model on the
     * split test later must be able to believe it.
     *
     * @param all     with its splits
     * @param learned the part of it that is learned from
     */
    static void groupsInOnePart(LabelledSet all, LabelledSet learned) {
        Set<String> taken = learned.items().stream().map(LabelledItem::name).collect(Collectors.toSet());
        Map<String, Set<String>> parts = new TreeMap<>();
        for (LabelledItem item : all.items()) {
            String part = taken.contains(item.name()) ? "training" : otherPart(item.split());
            parts.computeIfAbsent(part, name -> new TreeSet<>()).add(item.group());
        }
        parts.values().forEach(groups -> groups.remove(""));
        List<String> names = List.copyOf(parts.keySet());
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                apart(parts.get(names.get(i)), names.get(i), parts.get(names.get(j)), names.get(j));
            }
        }
    }

    private static String otherPart(String split) {
        if (split.isEmpty()) {
            return "the rows without a split";
        }
        return LearnedPart.isValidation(split) ? "validation" : "the split " + split;
    }

    private static void apart(Set<String> some, String someName, Set<String> others, String othersName) {
        Set<String> shared = new TreeSet<>(some);
        shared.retainAll(others);
        if (!shared.isEmpty()) {
            throw new UsageException("The same group is in " + someName + " and in " + othersName + ": "
                + Listing.of(new ArrayList<>(shared), NAMED_GROUPS) + ". Give all images of a group (a patient) to one of them, or let "
                + "validation be a fraction such as 0.2, which keeps groups together.");
        }
    }

    private static Set<String> groups(LabelledSet set) {
        return set.items().stream().map(LabelledItem::group).filter(group -> !group.isEmpty()).collect(Collectors.toSet());
    }
}
