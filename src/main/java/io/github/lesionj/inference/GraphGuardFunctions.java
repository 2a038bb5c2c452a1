package io.github.lesionj.inference;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
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
    private final Set<String> savers = new HashSet<>();

    GraphGuardFunctions(FunctionDefLibrary library, GraphGuardOps ops) {
        library.getFunctionList().forEach(function -> functions.put(function.getSignature().getName(), function));
        for (GradientDef gradient : library.getGradientList()) {
            gradients.put(gradient.getFunctionName(), gradient.getGradientFunc());
        }
        findSavers(ops);
    }

    /** Spreads from functions that hold a saver's op to all that call them, until nothing is added. */
    private void findSavers(GraphGuardOps ops) {
        Map<String, Set<String>> called = new HashMap<>();
        for (Map.Entry<String, FunctionDef> function : functions.entrySet()) {
            Set<String> names = new HashSet<>();
            for (NodeDef node : function.getValue().getNodeDefList()) {
                names.addAll(calledBy(node));
                if (ops.isSaver(node.getOp())) {
                    savers.add(function.getKey());
                }
            }
            called.put(function.getKey(), names);
        }
        boolean added = true;
        while (added) {
            added = false;
            for (Map.Entry<String, Set<String>> function : called.entrySet()) {
                added |= holdsSaver(function.getValue()) && savers.add(function.getKey());
            }
        }
    }

    private boolean holdsSaver(Collection<String> names) {
        return names.stream().anyMatch(savers::contains);
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
        return savers.contains(name);
    }

    /** Whether a node calls a function that saves or restores. */
    boolean callsSaver(NodeDef node) {
        return holdsSaver(calledBy(node));
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
