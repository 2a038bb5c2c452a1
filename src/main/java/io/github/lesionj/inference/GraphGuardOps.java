package io.github.lesionj.inference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * TensorFlow's registry of ops, divided into those that only compute and those that touch something else. An op in
 * neither list is not TensorFlow's own. Kept as lists, so that a graph is judged before any native code is loaded.
 */
final class GraphGuardOps {

    /** Ops of savers: they read and write files, which is right for a model's own variables only. */
    static final String SAVER = "saver";

    private static final Map<String, String> TOUCHED = Map.of(
        SAVER, "reads or writes checkpoint files",
        "files", "reads or writes files",
        "network", "talks to other processes or machines",
        "python", "runs Python code",
        "processes", "ends the process",
        "code", "runs compiled code or a graph that cannot be looked into",
        "debugging", "writes debugging dumps",
        "devices", "drives accelerators that LesionJ does not know");

    private final Set<String> allowed;
    private final Map<String, String> refused;

    private GraphGuardOps(Set<String> allowed, Map<String, String> refused) {
        this.allowed = allowed;
        this.refused = refused;
    }

    static GraphGuardOps load() {
        Map<String, String> refused = new HashMap<>();
        for (String line : lines("refused-ops.txt")) {
            int blank = line.indexOf(' ');
            refused.put(line.substring(blank + 1), line.substring(0, blank));
        }
        return new GraphGuardOps(new HashSet<>(lines("allowed-ops.txt")), refused);
    }

    private static List<String> lines(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                GraphGuardOps.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAllowed(String op) {
        return allowed.contains(op);
    }

    boolean isSaver(String op) {
        return SAVER.equals(refused.get(op));
    }

    /** What a refused op touches, as the predicate of a sentence; null when it is not on the list of refused ones. */
    String touches(String op) {
        String category = refused.get(op);
        return category == null ? null : TOUCHED.get(category);
    }

    Set<String> allowed() {
        return Set.copyOf(allowed);
    }

    Map<String, String> refused() {
        return Map.copyOf(refused);
    }
}
