package io.github.lesionj.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What makes a training another one than an earlier one was, see {@link Backend#trainingIdentity}. */
public final class TrainingDifferences {

    /** Name of the checksum over all images and labels. */
    public static final String DATA = "data";

    private TrainingDifferences() {
    }

    /** In short phrases; empty when nothing differs. */
    public static List<String> between(Map<String, String> earlier, Map<String, String> present) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(earlier.keySet());
        names.addAll(present.keySet());
        for (String name : names) {
            if (!String.valueOf(earlier.get(name)).equals(present.get(name))) {
                differences.add(name.equals(DATA) ? "the images or their labels have changed"
                    : name + " was " + earlier.get(name) + " and is " + present.get(name));
            }
        }
        return differences;
    }
}
