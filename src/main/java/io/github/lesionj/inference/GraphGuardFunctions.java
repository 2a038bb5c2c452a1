package io.github.lesionj.inference;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GradientDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/** The functions of a graph, and who calls whom. */
final class GraphGuardFunctions {

    private final Map<String, FunctionDef> functions = new HashMap<>();
    private final Map<String, String> gradients = new HashMap<>();
    /** Functions that save or restore, with an op that does. */
    private final Map<String, String> savers = new HashMap<>();

    GraphGuardFunctions(FunctionDefLibrary library, GraphGuardOps ops) {
        library.getFunctionList().forEach(function -> functions.put(function.getSignature().getName(), function));
        for (GradientDef gradient : library.getGradientList()) {
            gradients.put(gradient.getFunctionName(), gradient.getGradientFunc());
        }
        findSavers(ops);
    }

    /** Spreads from functions that hold a saver's op to all that call them. */
    private void findSavers(GraphGuardOps ops) {
        Map<String, Set<String>> callers = new HashMap<>();
        Deque<Map.Entry<String, String>> open = new ArrayDeque<>();
        for (FunctionDef function : functions.values()) {
            String name = function.getSignature().getName();
            for (NodeDef node : function.getNodeDefList()) {
                calledBy(node).forEach(called -> callers.computeIfAbsent(called, any -> new HashSet<>()).add(name));
                if (ops.isSaver(node.getOp())) {
                    open.add(Map.entry(name, node.getOp()));
                }
            }
        }
        while (!open.isEmpty()) {
            Map.Entry<String, String> found = open.pop();
            if (savers.putIfAbsent(found.getKey(), found.getValue()) == null) {
                callers.getOrDefault(found.getKey(), Set.of()).forEach(name -> open.add(Map.entry(name, found.getValue())));
            }
        }
    }

    Collection<FunctionDef> all() {
        return functions.values();
    }

    FunctionDef get(String name) {
        return functions.get(name);
    }

    boolean contains(String name) {
        return functions.containsKey(name);
    }

    /** Whether a function saves or restores, itself or through others. */
    boolean isSaver(String name) {
        return savers.containsKey(name);
    }

    /** Whether a node calls a function that saves or restores. */
    boolean callsSaver(NodeDef node) {
        return saverOp(node) != null;
    }

    /** An op that saves or restores in the functions that a node calls; null when there is none. */
    String saverOp(NodeDef node) {
        return calledBy(node).stream().map(savers::get).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** An op that saves or restores in a function, or in what it calls. */
    String saverOp(String function) {
        return savers.get(function);
    }

    /** All functions that a node may run: by its op, by an attribute, or as the gradient of either. */
    Set<String> calledBy(NodeDef node) {
        Set<String> names = new HashSet<>();
        add(node.getOp(), names);
        node.getAttrMap().values().forEach(value -> add(value, names));
        return names;
    }

    private void add(AttrValue value, Set<String> names) {
        if (value.hasFunc()) {
            add(value.getFunc(), names);
        }
        value.getList().getFuncList().forEach(function -> add(function, names));
    }

    private void add(NameAttrList function, Set<String> names) {
        add(function.getName(), names);
        function.getAttrMap().values().forEach(value -> add(value, names));
    }

    private void add(String name, Set<String> names) {
        if (functions.containsKey(name) && names.add(name) && gradients.containsKey(name)) {
            add(gradients.get(name), names);
        }
    }
}
