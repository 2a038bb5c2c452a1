package io.github.lesionj.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What makes a training another one than an earlier one was, see {@link Backend#trainingIdentity}. */
public final class TrainingDifferences {

    /** Name of the checksum over all images and labels. */
    public static final String DATA = "data";

    /** Name of the checksum of the file of weights that a training begins with. */
    public static final String INITIAL_WEIGHTS = "initial_weights";

    private TrainingDifferences() {
    }

    /** In short phrases; empty when nothing differs. */
    public static List<String> between(Map<String, String> earlier, Map<String, String> present) {
        Set<String> names = new TreeSet<>(earlier.keySet());
        names.addAll(present.keySet());
        return between(earlier, present, names);
    }

    /** Only of what is learned from: images, labels, and initial weights. */
    public static List<String> ofInputs(Map<String, String> earlier, Map<String, String> present) {
        return between(earlier, present, List.of(DATA, INITIAL_WEIGHTS));
    }

    private static List<String> between(Map<String, String> earlier, Map<String, String> present, Collection<String> names) {
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            if (!String.valueOf(earlier.get(name)).equals(present.get(name))) {
                differences.add(name.equals(DATA) ? "the images or their labels have changed"
                    : name + " was " + earlier.get(name) + " and is " + present.get(name));
            }
        }
        return differences;
    }
}
