package io.github.lesionj.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * The part of a graph that some tensors need, with the bodies of called functions in place of the calls: TensorFlow's C++
 * gradients, which are all that Java has, stop at a call.
 *
 * <p>Nodes are in an order in which each stands behind its inputs; inputs are named {@code node:index}, control inputs are
 * left out (a graph that only predicts has no order but that of its data). What stands outside of every function and needs
 * none keeps its name and is still the graph's own; the rest is a copy whose name begins with {@link #COPY}.
 */
final class FlatGraph {

    /** First part of the name of a node that is not in the graph yet. */
    static final String COPY = "lesionj_flat/";

    private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");
    private static final int DEEPEST = 100;
    private static final int MOST_NODES = 1_000_000;

    private final Map<String, FunctionDef> functions = new HashMap<>();
    private final Map<String, OpDef> ops = new HashMap<>();
    private final Function<String, OpDef> registry;
    private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
    private final List<String> wanted;

    /**
     * Flattens what some tensors need.
     *
     * @param tensors  {@code node:index} of the graph
     * @param registry definition of an op by its name
     * @throws UnsupportedGraphException where a call cannot be replaced, in words
     */
    FlatGraph(GraphDef graph, List<String> tensors, Function<String, OpDef> registry) {
        this.registry = registry;
        graph.getLibrary().getFunctionList().forEach(function -> functions.put(function.getSignature().getName(), function));
        wanted = new Scope("", graph.getNodeList(), Map.of(), Map.of(), true, 0).flatten(tensors);
    }

    /** The tensors that were asked for, in their order. */
    List<String> tensors() {
        return wanted;
    }

    /** Every node by its name, behind its inputs. */
    Map<String, NodeDef> nodes() {
        return nodes;
    }

    /** The node that makes a tensor. */
    static String producer(String tensor) {
        return tensor.substring(0, tensor.lastIndexOf(':'));
    }

    /** Whether a node still has to be added to the graph. */
    static boolean isCopy(String node) {
        return node.startsWith(COPY);
    }

    private OpDef op(String name) {
        return ops.computeIfAbsent(name, registry);
    }

    /** The nodes of the graph itself, or of one call of a function. */
    private final class Scope {

        private final String prefix;
        private final Map<String, NodeDef> own = new HashMap<>();
        private final Map<String, String> arguments;
        private final Map<String, AttrValue> attributes;
        private final boolean outermost;
        private final int depth;
        /** Of a call: its function's results, flat. */
        private final Map<String, List<String>> results = new HashMap<>();
        private final Map<String, String> flatNames = new HashMap<>();

        Scope(String prefix, Collection<NodeDef> own, Map<String, String> arguments, Map<String, AttrValue> attributes,
                boolean outermost, int depth) {
            this.prefix = prefix;
            own.forEach(node -> this.own.put(node.getName(), node));
            this.arguments = arguments;
            this.attributes = attributes;
            this.outermost = outermost;
            this.depth = depth;
            if (depth > DEEPEST) {
                throw new UnsupportedGraphException("its functions call each other more than " + DEEPEST + " deep");
            }
        }

        List<String> flatten(List<String> tensors) {
            for (NodeDef node : needed(tensors)) {
                if (isCall(node)) {
                    results.put(node.getName(), call(node));
                } else {
                    add(node);
                }
            }
            return tensors.stream().map(this::resolve).toList();
        }

        /** All nodes that tensors need, each behind its inputs; without recursion, for networks are deep. */
        private List<NodeDef> needed(List<String> tensors) {
            List<NodeDef> order = new ArrayList<>();
            Set<String> entered = new HashSet<>();
            Set<String> left = new HashSet<>();
            Deque<String> open = new ArrayDeque<>();
            tensors.forEach(tensor -> open.push(local(tensor)));
            while (!open.isEmpty()) {
                String name = open.peek();
                NodeDef node = own.get(name);
                if (node == null || left.contains(name)) {
                    open.pop();
                } else if (entered.add(name)) {
                    data(node).forEach(input -> open.push(local(input)));
                } else {
                    open.pop();
                    left.add(name);
                    order.add(node);
                }
            }
            return order;
        }

        private List<String> data(NodeDef node) {
            return node.getInputList().stream().filter(input -> !input.startsWith("^")).toList();
        }

        private String local(String tensor) {
            int colon = tensor.indexOf(':');
            return colon < 0 ? tensor : tensor.substring(0, colon);
        }

        private boolean isCall(NodeDef node) {
            return CALLS.contains(node.getOp()) || functions.containsKey(node.getOp());
        }

        private List<String> call(NodeDef node) {
            boolean byAttribute = CALLS.contains(node.getOp());
            String name = byAttribute ? node.getAttrOrThrow("f").getFunc().getName() : node.getOp();
            FunctionDef function = functions.get(name);
            if (function == null) {
                throw new UnsupportedGraphException("its function " + name + " is missing");
            }
            List<String> inputs = data(node).stream().map(this::resolve).toList();
            Map<String, String> values = new HashMap<>();
            for (OpDef.ArgDef argument : function.getSignature().getInputArgList()) {
                requireSingle(argument, name);
                values.put(argument.getName(), inputs.get(values.size()));
            }
            Map<String, AttrValue> given = byAttribute ? node.getAttrOrThrow("f").getFunc().getAttrMap() : node.getAttrMap();
            Scope inner = new Scope(prefix + node.getName() + "/", function.getNodeDefList(), values, given, false, depth + 1);
            List<String> returned = new ArrayList<>();
            for (OpDef.ArgDef result : function.getSignature().getOutputArgList()) {
                requireSingle(result, name);
                returned.add(function.getRetOrThrow(result.getName()));
            }
            return inner.flatten(returned);
        }

        private void requireSingle(OpDef.ArgDef argument, String function) {
            if (!argument.getNumberAttr().isEmpty() || !argument.getTypeListAttr().isEmpty()) {
                throw new UnsupportedGraphException("its function " + function + " takes or gives lists");
            }
        }

        private void add(NodeDef node) {
            List<String> inputs = data(node).stream().map(this::resolve).toList();
            boolean copied = !outermost || inputs.stream().anyMatch(input -> isCopy(producer(input)));
            String name = copied ? COPY + prefix + node.getName() : node.getName();
            NodeDef.Builder flat = NodeDef.newBuilder().setName(name).setOp(node.getOp()).setDevice(node.getDevice()).addAllInput(inputs);
            node.getAttrMap().forEach((key, value) -> {
                if (!key.startsWith("_")) {
                    flat.putAttr(key, attribute(value));
                }
            });
            if (nodes.size() == MOST_NODES) {
                throw new UnsupportedGraphException("its functions make more than " + MOST_NODES + " operations");
            }
            nodes.put(name, flat.build());
            flatNames.put(node.getName(), name);
        }

        private AttrValue attribute(AttrValue value) {
            if (!value.getPlaceholder().isEmpty()) {
                AttrValue given = attributes.get(value.getPlaceholder());
                if (given == null) {
                    throw new UnsupportedGraphException("its functions leave the attribute " + value.getPlaceholder() + " open");
                }
                return given;
            }
            return value;
        }

        /** From this scope's notation to {@code node:index} of the flat graph. */
        private String resolve(String tensor) {
            String name = local(tensor);
            if (arguments.containsKey(name) && !own.containsKey(name)) {
                return arguments.get(name);
            }
            NodeDef node = own.get(name);
            if (node == null) {
                throw new UnsupportedGraphException("its node " + name + " is missing");
            }
            if (!results.containsKey(name) && !flatNames.containsKey(name)) {
                throw new UnsupportedGraphException("it has a loop");
            }
            int index = index(node, tensor);
            return isCall(node) ? results.get(name).get(index) : flatNames.get(name) + ":" + index;
        }

        /** {@code node}, {@code node:index} outside of functions, {@code node:output:index} within them. */
        private int index(NodeDef node, String tensor) {
            String[] parts = tensor.split(":");
            if (parts.length < 2) {
                return 0;
            }
            int last = Integer.parseInt(parts[parts.length - 1]);
            return parts.length == 2 ? last : first(node, parts[1]) + last;
        }

        /** Index of the first tensor of a named output. */
        private int first(NodeDef node, String output) {
            int first = 0;
            for (OpDef.ArgDef argument : op(node.getOp()).getOutputArgList()) {
                if (argument.getName().equals(output)) {
                    return first;
                }
                first += length(node, argument);
            }
            throw new UnsupportedGraphException("its op " + node.getOp() + " has no output " + output);
        }

        private int length(NodeDef node, OpDef.ArgDef argument) {
            if (!argument.getNumberAttr().isEmpty()) {
                return (int) attribute(node.getAttrOrThrow(argument.getNumberAttr())).getI();
            }
            return argument.getTypeListAttr().isEmpty() ? 1
                : attribute(node.getAttrOrThrow(argument.getTypeListAttr())).getList().getTypeCount();
        }
    }

    /** The nodes that are not in the graph yet, as TensorFlow takes them, and the tensors of the graph that they need. */
    record Addition(GraphDef nodes, Set<String> outer) {

        /**
         * Collects nodes.
         *
         * @param like a graph of the same version
         */
        static Addition of(Collection<NodeDef> added, GraphDef like) {
            Set<String> names = new HashSet<>();
            Set<String> outer = new LinkedHashSet<>();
            added.forEach(node -> names.add(node.getName()));
            added.forEach(node -> node.getInputList().stream().filter(input -> !names.contains(producer(input))).forEach(outer::add));
            return new Addition(GraphDef.newBuilder().setVersions(like.getVersions()).addAllNode(added).build(), outer);
        }
    }
}
