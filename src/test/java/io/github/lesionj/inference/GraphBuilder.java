package io.github.lesionj.inference;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/** Writes SavedModels node by node, the good with a saver as TensorFlow makes it, the bad as nobody would. */
final class GraphBuilder {

    final MetaGraphDef.Builder graph = MetaGraphDef.newBuilder();

    GraphBuilder() {
        graph.getMetaInfoDefBuilder().addTags("serve");
        node("x", "Placeholder");
        node("y", "Relu", "x");
    }

    /** x, y = relu(x), and the signature serving_default. */
    static GraphBuilder plain() {
        return new GraphBuilder().signature("serving_default", "x:0", "y:0");
    }

    /** As {@link #plain}, with a variable and its saver as TensorFlow 1 writes them. */
    static GraphBuilder withSaver() {
        GraphBuilder builder = plain();
        builder.node("weights", "VariableV2");
        builder.node("save/filename/input", "Const").node("save/filename", "PlaceholderWithDefault", "save/filename/input");
        builder.node("save/Const", "PlaceholderWithDefault", "save/filename").node("names", "Const");
        builder.node("save/StringJoin", "StringJoin", "save/Const", "names").node("save/ShardedFilename", "ShardedFilename", "save/StringJoin");
        builder.node("save/SaveV2", "SaveV2", "save/ShardedFilename", "names", "names", "weights");
        builder.node("save/MergeV2Checkpoints", "MergeV2Checkpoints", "save/ShardedFilename", "save/Const", "^save/SaveV2");
        builder.node("save/Identity", "Identity", "save/Const", "^save/MergeV2Checkpoints");
        builder.node("save/RestoreV2", "RestoreV2", "save/Const", "names", "names");
        builder.node("save/Assign", "Assign", "weights", "save/RestoreV2").node("save/restore_all", "NoOp", "^save/Assign");
        return builder.saver("save/Const:0", "save/Identity:0", "save/restore_all");
    }

    /** As {@link #plain}, with a saver in functions as TensorFlow 2 writes it. */
    static GraphBuilder withSaverFunctions() {
        GraphBuilder builder = plain();
        builder.node("saver_filename", "Placeholder");
        builder.call("StatefulPartitionedCall_1", "__inference__traced_save_20", "saver_filename");
        builder.call("StatefulPartitionedCall_2", "__inference__traced_restore_30", "saver_filename");
        builder.function("__inference__traced_save_20", List.of("file_prefix"),
            nodeDef("ShardedFilename", "ShardedFilename", "file_prefix"),
            nodeDef("SaveV2", "SaveV2", "ShardedFilename:filename:0"),
            nodeDef("MergeV2Checkpoints", "MergeV2Checkpoints", "ShardedFilename:filename:0", "file_prefix", "^SaveV2"));
        builder.function("__inference__traced_restore_30", List.of("file_prefix"),
            nodeDef("RestoreV2", "RestoreV2", "file_prefix"), nodeDef("AssignVariableOp", "AssignVariableOp", "RestoreV2:tensors:0"));
        return builder.saver("saver_filename:0", "StatefulPartitionedCall_1:0", "StatefulPartitionedCall_2");
    }

    static NodeDef nodeDef(String name, String op, String... inputs) {
        return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs)).build();
    }

    static NodeDef callDef(String name, String function, String... inputs) {
        return NodeDef.newBuilder(nodeDef(name, "StatefulPartitionedCall", inputs)).putAttr("f", functionValue(function)).build();
    }

    static AttrValue functionValue(String function) {
        return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build();
    }

    static AttrValue textValue(String text) {
        return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(text)).build();
    }

    GraphBuilder node(String name, String op, String... inputs) {
        return node(nodeDef(name, op, inputs));
    }

    GraphBuilder node(NodeDef node) {
        graph.getGraphDefBuilder().addNode(node);
        return this;
    }

    /** A text that is always the same. */
    GraphBuilder constant(String name, String text) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_STRING).addStringVal(ByteString.copyFromUtf8(text));
        return node(NodeDef.newBuilder(nodeDef(name, "Const")).putAttr("value", AttrValue.newBuilder().setTensor(tensor).build()).build());
    }

    /** Takes another input for one of a node's. */
    GraphBuilder rewire(String node, int input, String tensor) {
        graph.getGraphDefBuilder().getNodeBuilderList().stream().filter(candidate -> candidate.getName().equals(node))
            .forEach(candidate -> candidate.setInput(input, tensor));
        return this;
    }

    GraphBuilder call(String name, String function, String... inputs) {
        return node(callDef(name, function, inputs));
    }

    GraphBuilder function(String name, List<String> arguments, NodeDef... nodes) {
        FunctionDef.Builder function = FunctionDef.newBuilder().addAllNodeDef(List.of(nodes));
        function.getSignatureBuilder().setName(name);
        arguments.forEach(argument -> function.getSignatureBuilder().addInputArg(OpDef.ArgDef.newBuilder().setName(argument)));
        graph.getGraphDefBuilder().getLibraryBuilder().addFunction(function);
        return this;
    }

    GraphBuilder signature(String key, String input, String output) {
        graph.putSignatureDef(key, SignatureDef.newBuilder().putInputs("in", info(input)).putOutputs("out", info(output)).build());
        return this;
    }

    private static TensorInfo info(String tensor) {
        return TensorInfo.newBuilder().setName(tensor).setDtype(DataType.DT_FLOAT).build();
    }

    GraphBuilder saver(String filename, String save, String restore) {
        graph.setSaverDef(SaverDef.newBuilder().setFilenameTensorName(filename).setSaveTensorName(save).setRestoreOpName(restore));
        return this;
    }

    /** An op that loading runs, the old way. */
    GraphBuilder collection(String name, String op) {
        CollectionDef.Builder collection = CollectionDef.newBuilder();
        collection.getNodeListBuilder().addValue(op);
        graph.putCollectionDef(name, collection.build());
        return this;
    }

    /** An op that loading runs, the new way. */
    GraphBuilder initOp(String op) {
        graph.putSignatureDef("__saved_model_init_op",
            SignatureDef.newBuilder().putOutputs("__saved_model_init_op", info(op)).build());
        return this;
    }

    Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("saved_model.pb"), SavedModel.newBuilder().addMetaGraphs(graph).build().toByteArray());
        return folder;
    }
}
