package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A set divided so that every item is held out once, by a network that learned from none of its group.
 *
 * @param folds   in order
 * @param remarks what a reader of the figures must know, as sentences
 */
record Folds(List<Fold> folds, List<String> remarks) {

    /**
     * One of them.
     *
     * @param number  from 1
     * @param name    of the site that it holds out; empty where folds are not by site
     * @param heldOut items that are judged
     * @param learned items that may be learned from: of all others those that share no group and no content with a judged one
     */
    record Fold(int number, String name, Set<LabelledItem> heldOut, Set<LabelledItem> learned) {
    }

    /**
     * Folds in which each class has its share, as far as its groups allow: groups are dealt out large ones first, among
     * those of one size the rare classes first, each to the fold that is furthest below its share (the measure of
     * {@link StratifiedSplit}). Items of several labels count for each of them.
     *
     * @param groups of the set
     * @throws UsageException where there are fewer groups than folds, or a class lies in one group only: the fold that
     *         holds it out would have nothing to learn it from
     */
    static Folds byGroup(LabelledSet set, ItemGroups groups, int folds, long seed) {
        if (groups.size() < folds) {
            throw new UsageException("folds=" + folds + " cannot be made: the " + set.size() + " images of " + set.name() + " are "
                + groups.size() + (groups.size() == 1 ? " group" : " groups") + " that must stay together (images of one patient, equal images)"
                + (groups.size() < 2 ? ". Add images of others." : ". Take folds=" + groups.size() + " or fewer."));
        }
        List<String> remarks = checkClasses(set, groups, folds);
        List<List<LabelledItem>> parts = FoldDealing.best(groups, set.classNames().size(), folds, seed);
        List<Fold> made = new ArrayList<>();
        for (int f = 0; f < folds; f++) {
            Set<LabelledItem> heldOut = new HashSet<>(parts.get(f));
            Set<LabelledItem> learned = new HashSet<>();
            for (int other = 0; other < folds; other++) {
                learned.addAll(other == f ? List.of() : parts.get(other));
            }
            made.add(checked(set, new Fold(f + 1, "", heldOut, learned)));
        }
        return new Folds(List.copyOf(made), List.copyOf(remarks));
    }

    private static List<String> checkClasses(LabelledSet set, ItemGroups groups, int folds) {
        List<String> remarks = new ArrayList<>();
        for (int c = 0; c < set.classNames().size(); c++) {
            int label = c;
            List<List<LabelledItem>> having = groups.all().stream()
                .filter(group -> group.stream().anyMatch(item -> item.labels().contains(label))).toList();
            if (having.size() == 1) {
                throw new UsageException("All images of the class " + set.classNames().get(c) + " belong together ("
                    + named(having.get(0).get(0)) + "): the fold that holds them out would leave none to learn from. Add images of "
                    + "others, or take the class out.");
            }
            if (having.size() < folds) {
                remarks.add("The class " + set.classNames().get(c) + " occurs in " + having.size() + " groups, fewer than the " + folds
                    + " folds: some folds cannot judge it.");
            }
        }
        return remarks;
    }

    private static String named(LabelledItem item) {
        return item.group().isEmpty() ? "the image " + item.name() : "the group " + item.group();
    }

    /**
     * One fold for each site.
     *
     * @param groups of the set
     * @param asked  number of folds that was asked for, or 0
     * @throws UsageException where an item names no site, there is one site only or too many, or a class lies in one site
     */
    static Folds bySite(LabelledSet set, ItemGroups groups, int asked) {
        Map<String, Set<LabelledItem>> sites = new TreeMap<>();
        set.items().forEach(item -> sites.computeIfAbsent(item.site(), site -> new HashSet<>()).add(item));
        checkSites(set, sites, asked);
        List<String> remarks = new ArrayList<>();
        List<Fold> made = new ArrayList<>();
        Map<LabelledItem, List<LabelledItem>> groupOf = new HashMap<>();
        groups.all().forEach(group -> group.forEach(item -> groupOf.put(item, group)));
        sites.forEach((site, heldOut) -> {
            Set<LabelledItem> kin = new HashSet<>();
            heldOut.forEach(item -> kin.addAll(groupOf.get(item)));
            Set<LabelledItem> learned = new HashSet<>(set.items());
            learned.removeAll(heldOut);
            int others = learned.size();
            learned.removeAll(kin);
            if (learned.size() < others) {
                remarks.add((others - learned.size()) + " images of other sites share a group or their content with images of "
                    + site + " and were not learned from where that site is held out, for example " + Listing.of(kin.stream()
                        .filter(item -> !heldOut.contains(item)).map(LabelledItem::name).sorted().toList()) + ".");
            }
            made.add(checked(set, new Fold(made.size() + 1, site, heldOut, learned)));
        });
        return new Folds(List.copyOf(made), List.copyOf(remarks));
    }

    private static void checkSites(LabelledSet set, Map<String, Set<LabelledItem>> sites, int asked) {
        if (sites.containsKey("")) {
            throw new UsageException("fold_by=site needs to know where each image is from, but " + sites.get("").size() + " of the "
                + set.size() + " images of " + set.name() + " name no site, for example "
                + set.items().stream().filter(item -> item.site().isEmpty()).findFirst().orElseThrow().name()
                + ". Fill the column site.");
        }
        if (sites.size() < 2 || sites.size() > FoldRule.MOST) {
            throw new UsageException("fold_by=site makes one fold for each site, and " + set.name() + " has " + sites.size()
                + (sites.size() == 1 ? " site" : " sites") + "; it must have 2 to " + FoldRule.MOST + ".");
        }
        if (asked != 0 && asked != sites.size()) {
            throw new UsageException("fold_by=site makes one fold for each site, here " + sites.size() + " (" + String.join(", ",
                sites.keySet()) + "), but folds=" + asked + " was given: leave folds out.");
        }
    }

    private static Fold checked(LabelledSet set, Fold fold) {
        int[] learned = set.where(set.name(), fold.learned::contains).counts();
        for (int c = 0; c < learned.length; c++) {
            if (learned[c] == 0) {
                throw new UsageException("The class " + set.classNames().get(c) + " would have nothing to learn from where "
                    + (fold.name.isEmpty() ? "fold " + fold.number : "the site " + fold.name) + " is held out: all its images lie there, or "
                    + "belong to a group that does. Add images of it elsewhere, " + (fold.name.isEmpty() ? "take another seed or fewer folds, " : "")
                    + "or take the class out.");
            }
        }
        return fold;
    }
}
