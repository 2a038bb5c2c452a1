package io.github.lesionj.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must agree for a run to continue an earlier one.
 *
 * @param command as the menu names it
 * @param keys    every key with its value; {@code output} does not count, so that a folder may be moved, nor
 *                {@code resume}, which says what becomes of the earlier run
 * @param models  in the order they were given
 * @param inputs  path of each input under the input to its SHA-256 in hexadecimal, in the order they are taken
 * @param labels  SHA-256 of the true labels that came with the inputs; empty without any
 */
public record RunIdentity(String command, Map<String, String> keys, List<Model> models, Map<String, String> inputs, String labels) {

    private static final int NAMED = 3;
    private static final Set<String> UNDECISIVE = Set.of("output", "resume");

    /**
     * A model by what it holds.
     *
     * @param name     of the package
     * @param checksum of its weights, which tells it from every other
     * @param card     checksum of its card: another temperature or threshold does not show in the weights; empty without one
     */
    public record Model(String name, String checksum, String card) {
    }

    /** Of a run whose inputs have no labels. */
    public RunIdentity(String command, Map<String, String> keys, List<Model> models, Map<String, String> inputs) {
        this(command, keys, models, inputs, "");
    }

    public RunIdentity {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        models = List.copyOf(models);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /** What differs from an earlier run, in short phrases; empty when nothing does. */
    public List<String> differencesFrom(RunIdentity earlier) {
        List<String> differences = new ArrayList<>();
        if (!command.equals(earlier.command)) {
            differences.add("command was \"" + earlier.command + "\" and is \"" + command + "\"");
        }
        addKeyDifferences(differences, earlier);
        addModelDifferences(differences, earlier);
        addInputDifferences(differences, earlier);
        if (!labels.equals(earlier.labels)) {
            differences.add("the true labels have changed");
        }
        return differences;
    }

    private void addKeyDifferences(List<String> differences, RunIdentity earlier) {
        TreeSet<String> names = new TreeSet<>(keys.keySet());
        names.addAll(earlier.keys.keySet());
        names.removeAll(UNDECISIVE);
        for (String name : names) {
            if (!Objects.equals(keys.get(name), earlier.keys.get(name))) {
                differences.add(name + " was " + quoted(earlier.keys.get(name)) + " and is " + quoted(keys.get(name)));
            }
        }
    }

    private void addModelDifferences(List<String> differences, RunIdentity earlier) {
        if (!weights().equals(earlier.weights())) {
            differences.add("model was " + describe(earlier.models) + " and is " + describe(models));
        } else if (!models.equals(earlier.models)) {
            differences.add("the card of the model has changed");
        }
    }

    private List<Model> weights() {
        return models.stream().map(model -> new Model(model.name(), model.checksum(), "")).toList();
    }

    private void addInputDifferences(List<String> differences, RunIdentity earlier) {
        List<String> changed = new ArrayList<>();
        List<String> added = new ArrayList<>();
        inputs.forEach((path, checksum) -> {
            String before = earlier.inputs.get(path);
            if (before == null) {
                added.add(path);
            } else if (!before.equals(checksum)) {
                changed.add(path);
            }
        });
        List<String> missing = earlier.inputs.keySet().stream().filter(path -> !inputs.containsKey(path)).toList();
        addInputs(differences, "changed", changed);
        addInputs(differences, "new", added);
        addInputs(differences, "no longer there", missing);
    }

    private static void addInputs(List<String> differences, String what, List<String> paths) {
        if (!paths.isEmpty()) {
            String more = paths.size() > NAMED ? " and " + (paths.size() - NAMED) + " more" : "";
            differences.add((paths.size() == 1 ? "input that is " : "inputs that are ") + what + ": "
                + String.join(", ", paths.subList(0, Math.min(NAMED, paths.size()))) + more);
        }
    }

    private static String quoted(String value) {
        return value == null ? "not given" : "\"" + value + "\"";
    }

    private static String describe(List<Model> models) {
        return String.join(", ", models.stream()
            .map(model -> model.name() + " (" + model.checksum().substring(0, Math.min(8, model.checksum().length())) + ")")
            .toList());
    }
}
