package io.github.lesionj.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What Grad-CAM (Selvaraju et al. 2017, arXiv:1610.02391) needs of a network that was loaded for prediction: its last feature
 * map, and the gradient of its class scores with respect to it.
 *
 * <p>The loaded graph is added to and goes on predicting; variables are shared. The part between feature map and scores is
 * there a second time, with the feature map as an input, so that a gradient costs that part only and not the network. In it
 * reference variables are read first: some of TensorFlow's gradients end the process on a reference.
 *
 * <p>Scores behind a softmax or sigmoid are taken before it, as the paper does.
 *
 * @param outputs    the signature's outputs to tensors, in the flat graph where the model calls functions
 * @param featureMap tensor [batch, h, w, channel]
 * @param input      the same as an input of the second part
 * @param seed       input of the shape of the scores: the factor of each
 * @param gradient   tensor of the feature map's shape: of the sum of scores times seed
 */
public record GradCamGraph(Map<String, String> outputs, String featureMap, String input, String seed, String gradient) {

    private static final String TAIL = "lesionj_tail/";
    private static final String READ = "lesionj_read/";
    private static final String INPUT = "lesionj_feature_map";
    private static final String SEED = "lesionj_seed";
    private static final String GRADIENT = "lesionj_gradient";
    private static final Set<String> ENDS = Set.of("Softmax", "Sigmoid", "LogSoftmax", "Identity");

    /**
     * Adds it to a graph.
     *
     * @param handle    of the loaded graph
     * @param model     that the graph was loaded from
     * @param signature key of the signature
     * @param scores    the signature's output with the class scores
     * @throws UnsupportedGraphException saying why it cannot be done; the graph still predicts
     */
    public static GradCamGraph addTo(TF_Graph handle, MetaGraphDef model, String signature, String scores) {
        try {
            return new Builder(new NativeGraph(handle), model.getGraphDef(), model.getSignatureDefOrThrow(signature)).build(scores);
        } catch (TensorFlowException | IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage()).split("\n")[0].strip();
            throw new UnsupportedGraphException("TensorFlow cannot differentiate it (" + reason + ")", e);
        }
    }

    private static final class Builder {

        private final NativeGraph loaded;
        private final GraphDef graph;
        private final Map<String, TensorInfo> outputs;
        private final Set<String> images;
        private final FlatGraph flat;

        Builder(NativeGraph loaded, GraphDef graph, SignatureDef signature) {
            this.loaded = loaded;
            this.graph = graph;
            outputs = new TreeMap<>(signature.getOutputsMap());
            images = signature.getInputsMap().values().stream().map(info -> FlatGraph.producer(tensor(info))).collect(Collectors.toSet());
            flat = new FlatGraph(graph, outputs.values().stream().map(Builder::tensor).toList(), loaded::op);
        }

        private static String tensor(TensorInfo info) {
            return info.getName().contains(":") ? info.getName() : info.getName() + ":0";
        }

        GradCamGraph build(String scores) {
            add(flat.nodes().values().stream().filter(node -> FlatGraph.isCopy(node.getName())).toList());
            Map<String, String> tensors = new LinkedHashMap<>();
            outputs.keySet().forEach(name -> tensors.put(name, flat.tensors().get(tensors.size())));
            String y = beforeActivation(tensors.get(scores));
            LastFeatureMap map = LastFeatureMap.find(flat, loaded, images, y);
            String end = addTail(map, y);
            String gradient = loaded.addGradient(GRADIENT, end, INPUT + ":0", SEED + ":0")
                .orElseThrow(() -> new UnsupportedGraphException("its scores do not change with its last feature map"));
            return new GradCamGraph(tensors, map.tensor(), INPUT + ":0", SEED + ":0", gradient);
        }

        private String beforeActivation(String scores) {
            String tensor = scores;
            NodeDef node = flat.nodes().get(FlatGraph.producer(tensor));
            while (ENDS.contains(node.getOp())) {
                tensor = node.getInput(0);
                node = flat.nodes().get(FlatGraph.producer(tensor));
            }
            return tensor;
        }

        /** The part between feature map and scores, from an input; the name of its scores. */
        private String addTail(LastFeatureMap map, String scores) {
            if (map.tail().isEmpty()) {
                throw new UnsupportedGraphException("its scores are a feature map");
            }
            List<NodeDef> added = new ArrayList<>(List.of(placeholder(INPUT, map.shape()), placeholder(SEED, scoreShape(scores))));
            Set<String> names = map.tail().stream().map(NodeDef::getName).collect(Collectors.toSet());
            Set<String> reads = new HashSet<>();
            for (NodeDef node : map.tail()) {
                requireGradient(node);
                NodeDef.Builder copy = node.toBuilder().setName(TAIL + node.getName()).clearInput();
                for (String input : node.getInputList()) {
                    boolean fromMap = input.equals(map.tensor());
                    boolean within = names.contains(FlatGraph.producer(input));
                    copy.addInput(fromMap ? INPUT + ":0" : within ? TAIL + input : read(input, reads, added));
                }
                added.add(copy.build());
            }
            add(added);
            return TAIL + scores;
        }

        private String read(String tensor, Set<String> reads, List<NodeDef> added) {
            if (!loaded.isReference(tensor)) {
                return tensor;
            }
            String name = READ + tensor.replace(':', '_');
            if (reads.add(name)) {
                NodeDef variable = flat.nodes().get(FlatGraph.producer(tensor));
                added.add(NodeDef.newBuilder().setName(name).setOp("Identity").addInput(tensor)
                    .putAttr("T", variable.getAttrOrThrow("dtype")).build());
            }
            return name + ":0";
        }

        /** TensorFlow's gradient of a convolution passes over its dilations, without an error. */
        private static void requireGradient(NodeDef node) {
            if (node.containsAttr("dilations") && node.getAttrOrThrow("dilations").getList().getIList().stream().anyMatch(step -> step != 1)) {
                throw new UnsupportedGraphException("TensorFlow's gradient of its dilated convolution " + node.getName() + " is wrong");
            }
        }

        private long[] scoreShape(String scores) {
            return loaded.shape(scores).orElseThrow(() -> new UnsupportedGraphException("the shape of its scores is not known"));
        }

        private static NodeDef placeholder(String name, long[] shape) {
            TensorShapeProto.Builder lengths = TensorShapeProto.newBuilder();
            for (long length : shape) {
                lengths.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
            }
            return NodeDef.newBuilder().setName(name).setOp("Placeholder")
                .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build())
                .putAttr("shape", AttrValue.newBuilder().setShape(lengths).build()).build();
        }

        private void add(Collection<NodeDef> nodes) {
            if (!nodes.isEmpty()) {
                FlatGraph.Addition addition = FlatGraph.Addition.of(nodes, graph);
                loaded.add(addition.nodes(), addition.outer());
            }
        }
    }
}
