package io.github.lesionj.inference;

import com.google.protobuf.Any;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.runtime.SavedModelReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * Judges a SavedModel by its protocol buffer, before TensorFlow sees it.
 *
 * <p>A graph is a program. Allowed is TensorFlow's registry less what touches files, the network, processes or Python,
 * in the graph and in every function of its library, whether it is called or not; savers as {@link GraphGuardSaver} says.
 */
public final class GraphGuard {

    private static final String TAG = "serve";
    private static final String INIT_SIGNATURE = "__saved_model_init_op";
    private static final long LARGEST = 1L << 30;
    private static final Set<String> PRINT_STREAMS = Set.of("stdout", "stderr", "log(info)", "log(warning)", "log(error)");

    private final String model;
    private final MetaGraphDef graph;
    private final GraphGuardOps ops;
    private final GraphGuardFunctions functions;

    private GraphGuard(String model, MetaGraphDef graph, GraphGuardOps ops) {
        this.model = model;
        this.graph = graph;
        this.ops = ops;
        functions = new GraphGuardFunctions(graph.getGraphDef().getLibrary(), ops);
    }

    /**
     * Reads {@code saved_model.pb} and refuses what a model from elsewhere must not do.
     *
     * @param savedModel folder of the SavedModel
     * @return signatures of its graph for serving
     * @throws UsageException in one sentence: the op that is refused and what it touches, or what cannot be read
     */
    public static SavedModelReport inspect(Path savedModel) {
        GraphGuardOps ops = GraphGuardOps.load();
        List<MetaGraphDef> graphs = new ArrayList<>();
        for (MetaGraphDef graph : parse(savedModel).getMetaGraphsList()) {
            if (graph.getMetaInfoDef().getTagsList().contains(TAG)) {
                new GraphGuard(savedModel.toString(), graph, ops).check();
                graphs.add(graph);
            }
        }
        return report(savedModel, graphs);
    }

    private static SavedModel parse(Path savedModel) {
        Path file = savedModel.resolve("saved_model.pb");
        for (String other : new String[] {"saved_model.pbtxt", "saved_model.cpb"}) {
            if (Files.exists(savedModel.resolve(other))) {
                throw refused(savedModel.toString(),
                    "it holds " + other + ", a form that is not looked into; only saved_model.pb is");
            }
        }
        if (!Files.isRegularFile(file)) {
            throw new UsageException("The folder " + savedModel + " is no SavedModel: it has no saved_model.pb.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > LARGEST) {
                throw refused(savedModel.toString(), "its graph is larger than 1 GB; keep the weights as variables");
            }
            CodedInputStream coded = CodedInputStream.newInstance(in);
            coded.setSizeLimit((int) LARGEST);
            SavedModel parsed = SavedModel.parseFrom(coded);
            coded.checkLastTagWas(0);
            return parsed;
        } catch (InvalidProtocolBufferException e) {
            throw new UsageException("Cannot read " + file
                + ": it is damaged, or no SavedModel. Copy or export it again.", e);
        } catch (IOException e) {
            throw new UsageException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    private void check() {
        checkNames();
        graph.getGraphDef().getNodeList().forEach(node -> checkOp(node, ""));
        for (FunctionDef function : functions.all()) {
            String where = " of the function " + function.getSignature().getName();
            function.getNodeDefList().forEach(node -> checkOp(node, where));
        }
        new GraphGuardSaver(model, graph, ops, functions).check();
        graph.getAssetFileDefList().forEach(this::checkAsset);
        graph.getCollectionDefOrDefault("saved_model_assets", CollectionDef.getDefaultInstance())
            .getAnyList().getValueList().forEach(this::checkAsset);
    }

    /** Two things of one name, or a function named like an op, would let one be judged and the other run. */
    private void checkNames() {
        GraphDef nodes = graph.getGraphDef();
        long names = nodes.getNodeList().stream().map(NodeDef::getName).distinct().count();
        if (names < nodes.getNodeCount() || functions.all().size() < nodes.getLibrary().getFunctionCount()) {
            throw refused(model, "it holds two nodes or functions of one name");
        }
        for (FunctionDef function : functions.all()) {
            String name = function.getSignature().getName();
            if (ops.isAllowed(name) || ops.touches(name) != null) {
                throw refused(model, "its function " + name + " takes the name of one of TensorFlow's ops");
            }
        }
    }

    private void checkOp(NodeDef node, String where) {
        String op = node.getOp();
        String touches = ops.touches(op);
        String place = "its op " + op + " (node " + node.getName() + where + ")";
        if (touches != null && !ops.isSaver(op)) {
            throw refused(model, place + " " + touches);
        }
        if (touches == null && !ops.isAllowed(op) && !functions.contains(op)) {
            throw refused(model, place + " is not one of TensorFlow's own");
        }
        if (op.equals("PrintV2") && !PRINT_STREAMS.contains(text(node, "output_stream", "stderr"))) {
            throw refused(model, place + " writes files");
        }
        String descriptors = text(node, "descriptor_source", "");
        if (!descriptors.isEmpty() && !descriptors.startsWith("local://") && !descriptors.startsWith("bytes://")) {
            throw refused(model, place + " reads files");
        }
    }

    private static String text(NodeDef node, String attribute, String missing) {
        return node.containsAttr(attribute) ? node.getAttrOrThrow(attribute).getS().toStringUtf8() : missing;
    }

    private void checkAsset(Any asset) {
        try {
            checkAsset(AssetFileDef.parseFrom(asset.getValue()));
        } catch (InvalidProtocolBufferException e) {
            throw refused(model, "its list of assets is damaged");
        }
    }

    private void checkAsset(AssetFileDef asset) {
        String name = asset.getFilename().replace('\\', '/');
        boolean outside = name.isEmpty() || name.startsWith("/") || name.contains(":")
            || List.of(name.split("/")).contains("..");
        if (outside) {
            throw refused(model, "its asset " + name + " lies outside its folder");
        }
    }

    static UsageException refused(String model, String why) {
        return new UsageException("Refused the model " + model + ": " + why
            + ". Ask for an export for inference only, and do not run it elsewhere either.");
    }

    private static SavedModelReport report(Path savedModel, List<MetaGraphDef> graphs) {
        MetaGraphDef graph = graphs.stream().filter(candidate -> candidate.getMetaInfoDef().getTagsCount() == 1).findFirst()
            .orElseThrow(() -> new UsageException("The SavedModel " + savedModel + " has no graph with the tag " + TAG
                + " alone: export it for serving."));
        Map<String, SavedModelReport.Signature> signatures = new TreeMap<>();
        for (Map.Entry<String, SignatureDef> signature : graph.getSignatureDefMap().entrySet()) {
            if (!signature.getKey().equals(INIT_SIGNATURE)) {
                signatures.put(signature.getKey(), new SavedModelReport.Signature(
                    tensors(signature.getValue().getInputsMap()), tensors(signature.getValue().getOutputsMap())));
            }
        }
        if (signatures.isEmpty()) {
            throw new UsageException("The SavedModel " + savedModel
                + " has no signature, so its input and output are not known: export it with one.");
        }
        return new SavedModelReport(signatures);
    }

    private static Map<String, SavedModelReport.TensorInfo> tensors(Map<String, TensorInfo> infos) {
        Map<String, SavedModelReport.TensorInfo> tensors = new LinkedHashMap<>();
        new TreeMap<>(infos).forEach((name, info) -> tensors.put(name, tensor(info)));
        return tensors;
    }

    private static SavedModelReport.TensorInfo tensor(TensorInfo info) {
        String type = info.getDtype().name().replaceFirst("^DT_", "").toLowerCase(Locale.ROOT);
        List<Long> shape = info.getTensorShape().getUnknownRank() ? null
            : info.getTensorShape().getDimList().stream().map(dim -> dim.getSize()).toList();
        return new SavedModelReport.TensorInfo(type, shape);
    }
}
