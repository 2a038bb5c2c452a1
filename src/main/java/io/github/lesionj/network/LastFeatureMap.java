package io.github.lesionj.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/**
 * The last feature map of a network: the last tensor [batch, h, w, channel] with h and w above 1 that all of the way from
 * the image to the scores leads through, behind a convolution. What was pooled from it is coarser and does not count.
 *
 * @param tensor {@code node:index}
 * @param shape  of it, -1 = any length
 * @param tail   the nodes between it and the scores, each behind its inputs
 */
record LastFeatureMap(String tensor, long[] shape, List<NodeDef> tail) {

    private static final Set<String> CONVOLUTIONS = Set.of("Conv2D", "DepthwiseConv2dNative", "Conv2DBackpropInput", "_FusedConv2D");
    private static final Set<String> POOLINGS = Set.of("MaxPool", "MaxPoolV2", "AvgPool");

    /**
     * Finds it.
     *
     * @param graph  flat, all of it in the native graph
     * @param images producers of the image inputs
     * @param scores tensor of the class scores
     * @throws UnsupportedGraphException where there is none
     */
    static LastFeatureMap find(FlatGraph graph, NativeGraph loaded, Set<String> images, String scores) {
        List<NodeDef> way = way(graph, images, FlatGraph.producer(scores));
        if (way.isEmpty()) {
            throw new UnsupportedGraphException("its scores do not depend on the image");
        }
        Candidates candidates = new Candidates(loaded, way, images, scores);
        return candidates.last().orElseThrow(() -> new UnsupportedGraphException(candidates.convolved()
            ? "no feature map lies between its convolutions and its scores" : "it has no convolution"));
    }

    /** The nodes that depend on the image and that the scores depend on, each behind its inputs. */
    private static List<NodeDef> way(FlatGraph graph, Set<String> images, String end) {
        Set<String> dependent = new HashSet<>(images);
        List<NodeDef> seeing = new ArrayList<>();
        for (NodeDef node : graph.nodes().values()) {
            if (images.contains(node.getName()) || producers(node).stream().anyMatch(dependent::contains)) {
                dependent.add(node.getName());
                seeing.add(node);
            }
        }
        Set<String> needed = new HashSet<>(Set.of(end));
        List<NodeDef> way = new ArrayList<>();
        for (int i = seeing.size() - 1; i >= 0; i--) {
            if (needed.contains(seeing.get(i).getName())) {
                way.add(seeing.get(i));
                needed.addAll(producers(seeing.get(i)));
            }
        }
        Collections.reverse(way);
        return way;
    }

    private static List<String> producers(NodeDef node) {
        return node.getInputList().stream().map(FlatGraph::producer).toList();
    }

    /** Walks the way once; a node leads all of it where no connection passes by. */
    private static final class Candidates {

        private final NativeGraph loaded;
        private final List<NodeDef> way;
        private final Map<String, Set<String>> leaving = new HashMap<>();
        private final Map<String, Integer> connections = new HashMap<>();
        private boolean convolved;

        Candidates(NativeGraph loaded, List<NodeDef> way, Set<String> images, String scores) {
            this.loaded = loaded;
            this.way = way;
            Set<String> names = new HashSet<>();
            way.forEach(node -> names.add(node.getName()));
            for (NodeDef node : way) {
                for (String input : images.contains(node.getName()) ? List.<String>of() : node.getInputList()) {
                    if (names.contains(FlatGraph.producer(input))) {
                        leave(input);
                    }
                }
            }
            leave(scores);
        }

        private void leave(String tensor) {
            leaving.computeIfAbsent(FlatGraph.producer(tensor), any -> new HashSet<>()).add(tensor);
            connections.merge(FlatGraph.producer(tensor), 1, Integer::sum);
        }

        boolean convolved() {
            return convolved;
        }

        Optional<LastFeatureMap> last() {
            LastFeatureMap last = null;
            int open = 0;
            for (int i = 0; i < way.size(); i++) {
                NodeDef node = way.get(i);
                convolved |= CONVOLUTIONS.contains(node.getOp());
                requireChannelsLast(node);
                open -= (int) producers(node).stream().filter(connections::containsKey).count();
                Set<String> tensors = leaving.get(node.getName());
                if (open == 0 && convolved && !POOLINGS.contains(node.getOp()) && tensors.size() == 1) {
                    String tensor = tensors.iterator().next();
                    Optional<long[]> shape = wideShape(tensor);
                    last = shape.isPresent() ? new LastFeatureMap(tensor, shape.get(), way.subList(i + 1, way.size())) : last;
                }
                open += connections.get(node.getName());
            }
            return Optional.ofNullable(last);
        }

        private Optional<long[]> wideShape(String tensor) {
            return loaded.isFloat(tensor) ? loaded.shape(tensor).filter(shape -> shape.length == 4 && isWide(shape[1]) && isWide(shape[2]))
                : Optional.empty();
        }

        private static boolean isWide(long length) {
            return length < 0 || length > 1;
        }

        private static void requireChannelsLast(NodeDef node) {
            if (node.containsAttr("data_format") && node.getAttrOrThrow("data_format").getS().toStringUtf8().startsWith("NC")) {
                throw new UnsupportedGraphException("its feature maps have the channels first (op " + node.getOp() + ")");
            }
        }
    }
}
