package io.github.lesionj.inference;

import io.github.lesionj.core.UsageException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/**
 * Tells a graph's own saver from other ops that read and write checkpoints.
 *
 * <p>Loading a SavedModel runs {@code saver_def.restore_op_name} with the path of the bundle's own variables fed to
 * {@code filename_tensor_name}, then the init op; using it runs signatures. So saving and restoring is right only where
 * {@code saver_def} leads to it and nothing else does; and what the restore op runs may restore only, from that path only.
 * What a training's own saver left in the graph is not run by anything and may stay.
 */
final class GraphGuardSaver {

    private static final int DEEPEST = 16;
    private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");

    private static final Set<String> PASSES_NAME =
        Set.of("Identity", "PlaceholderWithDefault", "StringJoin", "ShardedFilename", "Pack");

    private final String model;
    private final MetaGraphDef graph;
    private final GraphGuardOps ops;
    private final GraphGuardFunctions functions;
    private final Map<String, NodeDef> nodes = new HashMap<>();

    GraphGuardSaver(String model, MetaGraphDef graph, GraphGuardOps ops, GraphGuardFunctions functions) {
        this.model = model;
        this.graph = graph;
        this.ops = ops;
        this.functions = functions;
        graph.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
    }

    void check() {
        entryPoints().forEach((entry, tensors) -> {
            for (NodeDef node : reached(tensors).values()) {
                if (saves(node)) {
                    throw refused(node, "is reached from " + entry);
                }
            }
        });
        SaverDef saver = graph.getSaverDef();
        Map<String, NodeDef> restoring = reached(List.of(saver.getRestoreOpName()));
        Map<String, NodeDef> named = new HashMap<>(restoring);
        named.putAll(reached(List.of(saver.getSaveTensorName())));
        for (NodeDef node : graph.getGraphDef().getNodeList()) {
            if (saves(node) && !named.containsKey(node.getName()) && !isLeftOver(node)) {
                throw refused(node, "is not part of the model's own saver");
            }
        }
        checkFunctions(named.values());
        checkRestoring(restoring.values(), Set.of(tensor(saver.getFilenameTensorName())), 0);
    }

    private boolean saves(NodeDef node) {
        return ops.isSaver(node.getOp()) || functions.callsSaver(node);
    }

    /**
     * Whether a saver's op that nothing leads to is what {@code tf.train.Saver} leaves in a graph that was trained: its file
     * name then comes from the constant "model", which every such saver writes.
     */
    private boolean isLeftOver(NodeDef node) {
        int paths = node.getOp().equals("MergeV2Checkpoints") ? 2 : 1;
        if (functions.callsSaver(node) || node.getInputCount() < paths) {
            return false;
        }
        return node.getInputList().subList(0, paths).stream().allMatch(this::isDefaultName);
    }

    private boolean isDefaultName(String tensor) {
        Set<String> seen = new HashSet<>();
        NodeDef node = nodes.get(nodeName(tensor));
        while (node != null && seen.add(node.getName()) && PASSES_NAME.contains(node.getOp()) && node.getInputCount() > 0) {
            node = nodes.get(nodeName(node.getInput(0)));
        }
        if (node == null || !node.getOp().equals("Const")) {
            return false;
        }
        TensorProto value = node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
        return value.getStringValCount() == 1 && value.getStringVal(0).toStringUtf8().equals("model");
    }

    /** What is run when a model is loaded or used, but for its saver: words for people to tensor names. */
    private Map<String, Set<String>> entryPoints() {
        Map<String, Set<String>> entries = new LinkedHashMap<>();
        for (Map.Entry<String, SignatureDef> signature : graph.getSignatureDefMap().entrySet()) {
            Set<String> tensors = new LinkedHashSet<>();
            signature.getValue().getOutputsMap().values().forEach(info -> addNames(info, tensors));
            signature.getValue().getInputsMap().values().forEach(info -> addNames(info, tensors));
            entries.put("the signature " + signature.getKey(), tensors);
        }
        for (Map.Entry<String, CollectionDef> collection : graph.getCollectionDefMap().entrySet()) {
            entries.put("the collection " + collection.getKey() + ", where init ops stand",
                Set.copyOf(collection.getValue().getNodeList().getValueList()));
        }
        return entries;
    }

    private static void addNames(TensorInfo info, Set<String> names) {
        names.add(info.getName());
        names.add(info.getCooSparse().getValuesTensorName());
        names.add(info.getCooSparse().getIndicesTensorName());
        names.add(info.getCooSparse().getDenseShapeTensorName());
        info.getCompositeTensor().getComponentsList().forEach(component -> addNames(component, names));
    }

    /** All nodes by name that must run for some tensors or ops: back along data and control edges. */
    private Map<String, NodeDef> reached(Collection<String> tensors) {
        Map<String, NodeDef> reached = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(tensors);
        while (!open.isEmpty()) {
            String name = nodeName(open.pop());
            NodeDef node = nodes.get(name);
            if (node != null && reached.putIfAbsent(name, node) == null) {
                open.addAll(node.getInputList());
            }
        }
        return reached;
    }

    static String nodeName(String tensor) {
        int start = tensor.startsWith("^") ? 1 : 0;
        int colon = tensor.indexOf(':');
        return tensor.substring(start, colon < 0 ? tensor.length() : colon);
    }

    /**
     * One spelling for a tensor: {@code name:index}. In functions {@code name:output:index} stands for it; only arguments
     * and Identity nodes are looked up there, which have one output.
     */
    private static String tensor(String input) {
        String[] parts = input.split(":");
        return parts[0] + ":" + (parts.length == 1 ? "0" : parts[parts.length - 1]);
    }

    /** Functions that save or restore must be called from the saver, and not be exchangeable at run time. */
    private void checkFunctions(Collection<NodeDef> named) {
        Set<String> called = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        named.forEach(node -> open.addAll(functions.calledBy(node)));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (called.add(name)) {
                functions.get(name).getNodeDefList().forEach(node -> open.addAll(functions.calledBy(node)));
            }
        }
        for (FunctionDef function : functions.all()) {
            String name = function.getSignature().getName();
            if (functions.isSaver(name) && (!called.contains(name) || function.containsAttr("api_implements"))) {
                throw refused("its function " + name + " with the op " + functions.saverOp(name)
                    + " is not part of the model's own saver");
            }
        }
    }

    /**
     * Judges what restoring runs.
     *
     * @param scope nodes of the graph or of one function that are run
     * @param own   tensors in it that stand for the path of the bundle's own variables
     */
    private void checkRestoring(Collection<NodeDef> scope, Set<String> own, int depth) {
        Set<String> path = withIdentities(scope, own);
        for (NodeDef node : scope) {
            if (ops.isSaver(node.getOp())) {
                if (!node.getOp().startsWith("Restore")) {
                    throw refused(node, "is run when the model is loaded");
                }
                if (node.getInputCount() == 0 || !isOwn(node.getInput(0), path)) {
                    throw refused(node, "does not restore from the model's own variables");
                }
            } else if (functions.callsSaver(node)) {
                checkCall(node, path, depth);
            }
        }
    }

    private void checkCall(NodeDef node, Set<String> path, int depth) {
        String name = functions.contains(node.getOp()) ? node.getOp()
            : node.getAttrOrDefault("f", AttrValue.getDefaultInstance()).getFunc().getName();
        boolean plainCall = functions.contains(node.getOp()) || CALLS.contains(node.getOp());
        FunctionDef function = functions.get(name);
        if (!plainCall || function == null || functions.calledBy(node).size() > 1 || depth == DEEPEST) {
            throw refused(node, "restores in a way that cannot be followed");
        }
        Set<String> own = new HashSet<>();
        for (int i = 0; i < function.getSignature().getInputArgCount(); i++) {
            OpDef.ArgDef argument = function.getSignature().getInputArg(i);
            if (!argument.getNumberAttr().isEmpty() || !argument.getTypeListAttr().isEmpty()) {
                throw refused(node, "restores in a way that cannot be followed");
            }
            if (i < node.getInputCount() && isOwn(node.getInput(i), path)) {
                own.add(tensor(argument.getName()));
            }
        }
        checkRestoring(function.getNodeDefList(), own, depth + 1);
    }

    private static boolean isOwn(String input, Set<String> path) {
        return !input.startsWith("^") && path.contains(tensor(input));
    }

    private static Set<String> withIdentities(Collection<NodeDef> scope, Set<String> own) {
        Set<String> path = new HashSet<>(own);
        boolean added = true;
        while (added) {
            added = false;
            for (NodeDef node : scope) {
                boolean passes = node.getOp().equals("Identity") && node.getInputCount() > 0
                    && isOwn(node.getInput(0), path);
                added |= passes && path.add(tensor(node.getName()));
            }
        }
        return path;
    }

    private UsageException refused(NodeDef node, String why) {
        String what = ops.isSaver(node.getOp()) ? "its op " + node.getOp()
            : "its call of a function with the op " + functions.saverOp(node);
        return refused(what + " (node " + node.getName() + ") " + why);
    }

    private UsageException refused(String why) {
        return GraphGuard.refused(model, why);
    }
}
