package io.github.lesionj.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is drawn and counted as one: groups of items, or items.
 *
 * @param names of the units; an item without a group has an empty one
 * @param of    the unit of each item
 */
record Units(List<String> names, int[] of) {

    /**
     * Numbers the units in the order in which they come.
     *
     * @param groups of each item, an empty one stands for itself; an empty list = no groups
     */
    static Units of(List<String> groups, int items) {
        Map<String, Integer> numbers = new HashMap<>();
        List<String> names = new ArrayList<>();
        int[] of = new int[items];
        for (int i = 0; i < items; i++) {
            String group = groups.isEmpty() ? "" : groups.get(i);
            Integer known = group.isEmpty() ? null : numbers.putIfAbsent(group, names.size());
            if (known == null) {
                of[i] = names.size();
                names.add(group);
            } else {
                of[i] = known;
            }
        }
        return new Units(names, of);
    }

    /** The items of each unit. */
    List<List<Integer>> members() {
        List<List<Integer>> members = new ArrayList<>();
        names.forEach(name -> members.add(new ArrayList<>()));
        for (int i = 0; i < of.length; i++) {
            members.get(of[i]).add(i);
        }
        return members;
    }
}
