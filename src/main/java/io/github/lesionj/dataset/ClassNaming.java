package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the labels of a data set become classes.
 *
 * <p>With given names (the key {@code class_names}, or a model's classes in an evaluation) a label is one of them without
 * regard to case; where every label is a whole number and not all of them are names, numbers are positions from 0. Without
 * names the labels themselves are the classes, numbers in their order, other labels in alphabetical order.
 *
 * @param given   class names in the order of the network's scores; empty = none given
 * @param several whether several classes, and so perhaps none, are known to be possible for an item, also where this set has
 *                no such item
 */
public record ClassNaming(List<String> given, boolean several) {

    /** The labels name the classes. */
    public static final ClassNaming FREE = new ClassNaming(List.of());

    /** Names; whether an item may have several classes is seen by its labels. */
    public ClassNaming(List<String> given) {
        this(given, false);
    }

    /** As the key {@code class_names} states them: names with commas between, or nothing. */
    public static ClassNaming parse(String key) {
        return key.isBlank() ? FREE : new ClassNaming(List.of(key.split(",", -1)));
    }

    public ClassNaming {
        given = given.stream().map(String::strip).toList();
        List<String> keys = given.stream().map(ClassNaming::key).toList();
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).isEmpty()) {
                throw new UsageException("A name in class_names is empty: write names with a comma between them.");
            }
            if (keys.indexOf(keys.get(i)) < i) {
                throw new UsageException("The class " + given.get(i) + " stands twice in class_names: name each class once "
                    + "(upper and lower case count as the same).");
            }
        }
    }

    /**
     * Classes of a data set.
     *
     * @param names   by index
     * @param indices label in lower case to the index of its class
     */
    record Classes(List<String> names, Map<String, Integer> indices) {

        int index(String label) {
            return indices.get(key(label));
        }
    }

    /**
     * Finds the class of every label.
     *
     * @param labels that occur, or folders that may be empty
     * @param where  what messages call the data set
     */
    Classes resolve(Collection<String> labels, String where) {
        return given.isEmpty() ? free(labels) : fixed(labels, where);
    }

    private Classes free(Collection<String> labels) {
        Map<String, String> spelling = new HashMap<>();
        labels.forEach(label -> spelling.putIfAbsent(key(label), label));
        List<String> names = new ArrayList<>(spelling.values());
        names.sort(names.stream().allMatch(ClassNaming::isNumber) ? Comparator.comparingInt(Integer::parseInt)
            : Comparator.comparing(ClassNaming::key));
        return new Classes(List.copyOf(names), byKey(names));
    }

    private Classes fixed(Collection<String> labels, String where) {
        Map<String, Integer> indices = byKey(given);
        boolean numbers = labels.stream().allMatch(ClassNaming::isNumber)
            && !labels.stream().allMatch(label -> indices.containsKey(key(label)));
        Map<String, Integer> found = new HashMap<>();
        for (String label : labels) {
            found.put(key(label), numbers ? position(label, where) : named(label, indices, where));
        }
        return new Classes(given, found);
    }

    private int position(String label, String where) {
        int index = Integer.parseInt(label);
        if (index >= given.size()) {
            throw new UsageException("The label " + label + " of " + where + " has no name: there are " + given.size()
                + " classes (" + String.join(", ", given) + "), counted from 0. Give a name to every class.");
        }
        return index;
    }

    private int named(String label, Map<String, Integer> indices, String where) {
        Integer index = indices.get(key(label));
        if (index == null) {
            throw new UsageException("The label \"" + label + "\" of " + where + " is none of the classes "
                + String.join(", ", given) + ". Correct the label, or add it to class_names.");
        }
        return index;
    }

    private static Map<String, Integer> byKey(List<String> names) {
        Map<String, Integer> indices = new HashMap<>();
        for (String name : names) {
            indices.put(key(name), indices.size());
        }
        return indices;
    }

    private static boolean isNumber(String label) {
        return label.matches("\\d{1,6}");
    }

    private static String key(String label) {
        return label.strip().toLowerCase(Locale.ROOT);
    }
}
