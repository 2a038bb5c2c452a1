package io.github.lesionj.inference;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.GradientDef;
import org.tensorflow.proto.NodeDef;

/** Graphs that must not be loaded, each beside a benign one that differs only in what makes it bad. */
class GraphGuardTest {

    @TempDir
    private Path folder;

    private void accepts(GraphBuilder graph) throws IOException {
        Path model = graph.write(folder);
        assertDoesNotThrow(() -> GraphGuard.inspect(model));
    }

    private String refusal(GraphBuilder graph) throws IOException {
        Path model = graph.write(folder);
        String sentence = assertThrows(UsageException.class, () -> GraphGuard.inspect(model)).getMessage();
        assertFalse(sentence.contains("\n"));
        assertTrue(sentence.contains(folder.toString()), sentence);
        return sentence;
    }

    /** A case: its name, the graph, and a word that the refusal must hold. */
    private record Case(String name, Supplier<GraphBuilder> graph, String word) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static GraphBuilder nested(String op, String attribute) {
        NodeDef inner = NodeDef.newBuilder(GraphBuilder.nodeDef("deep", op)).build();
        NodeDef branch = NodeDef.newBuilder(GraphBuilder.nodeDef("choose", "If")).putAttr(attribute, GraphBuilder.functionValue("inner")).build();
        return GraphBuilder.plain().call("z", "outer", "x").function("outer", List.of("a"), branch).function("inner", List.of(), inner);
    }

    /** The saver of TensorFlow 2 with another body of the function that restores. */
    private static GraphBuilder restoring(NodeDef... body) {
        GraphBuilder graph = GraphBuilder.withSaverFunctions();
        graph.graph.getGraphDefBuilder().getLibraryBuilder().getFunctionBuilder(1).clearNodeDef().addAllNodeDef(List.of(body));
        return graph;
    }

    private static NodeDef withText(NodeDef node, String attribute, String text) {
        return NodeDef.newBuilder(node).putAttr(attribute, GraphBuilder.textValue(text)).build();
    }

    static Stream<Case> bad() {
        return Stream.of(
            new Case("reads a file", () -> GraphBuilder.plain().node("z", "ReadFile", "x"), "ReadFile"),
            new Case("reads a file, called by nobody", () -> GraphBuilder.plain().function("f", List.of(), GraphBuilder.nodeDef("z", "ReadFile")), "function f"),
            new Case("reads a file in a nested function", () -> nested("ReadFile", "then_branch"), "ReadFile"),
            new Case("Python in a nested function", () -> nested("PyFunc", "else_branch"), "Python"),
            new Case("network in a nested function", () -> nested("RpcCall", "then_branch"), "RpcCall"),
            new Case("Python", () -> GraphBuilder.plain().node("z", "EagerPyFunc", "x"), "EagerPyFunc"),
            new Case("network", () -> GraphBuilder.plain().node("z", "DataServiceDatasetV2", "x"), "DataServiceDatasetV2"),
            new Case("sends", () -> GraphBuilder.plain().node("z", "_Send", "x"), "_Send"),
            new Case("ends the process", () -> GraphBuilder.plain().node("z", "Abort"), "Abort"),
            new Case("compiled code", () -> GraphBuilder.plain().node("z", "XlaCallModule"), "XlaCallModule"),
            new Case("a graph within a text", () -> GraphBuilder.plain().node("z", "DatasetFromGraph"), "DatasetFromGraph"),
            new Case("custom op", () -> GraphBuilder.plain().node("z", "MyCustomOp"), "MyCustomOp"),
            new Case("empty op", () -> GraphBuilder.plain().node("z", ""), "not one of"),
            new Case("memory-mapped file", () -> GraphBuilder.plain().node("z", "ImmutableConst"), "ImmutableConst"),
            new Case("file-backed table", () -> GraphBuilder.plain().node("z", "InitializeTableFromTextFileV2"), "files"),
            new Case("prints to a file", () -> GraphBuilder.plain().node(withText(GraphBuilder.nodeDef("z", "PrintV2"), "output_stream", "file:///tmp/x")), "PrintV2"),
            new Case("message types from a file", () -> GraphBuilder.plain().node(withText(GraphBuilder.nodeDef("z", "DecodeProtoV2"), "descriptor_source", "/etc/passwd")), "DecodeProtoV2"),
            new Case("init op reads a file", () -> GraphBuilder.plain().node("z", "ReadFile").initOp("z"), "ReadFile"),
            new Case("main_op reads a file", () -> GraphBuilder.plain().node("z", "ReadFile").collection("saved_model_main_op", "z"), "ReadFile"),
            new Case("a signature saves", () -> GraphBuilder.withSaver().signature("other", "x:0", "save/Identity:0"), "signature other"),
            new Case("a signature saves by a control edge", () -> GraphBuilder.withSaver().node("z", "Identity", "y", "^save/MergeV2Checkpoints").signature("other", "x:0", "z:0"), "signature other"),
            new Case("a signature restores", () -> GraphBuilder.withSaver().signature("other", "x:0", "save/RestoreV2:0"), "RestoreV2"),
            new Case("a signature's input restores", () -> GraphBuilder.withSaver().signature("other", "save/RestoreV2:0", "y:0"), "RestoreV2"),
            new Case("a signature saves in a function", () -> GraphBuilder.withSaverFunctions().signature("other", "x:0", "StatefulPartitionedCall_1:0"), "signature other"),
            new Case("a signature saves through two functions", () -> GraphBuilder.withSaverFunctions().call("z", "g", "x").function("g", List.of("a"), GraphBuilder.callDef("c", "__inference__traced_save_20", "a")).signature("other", "x:0", "z:0"), "signature other"),
            new Case("the init op saves", () -> GraphBuilder.withSaver().initOp("save/Identity"), "init_op"),
            new Case("the main_op saves", () -> GraphBuilder.withSaver().collection("saved_model_main_op", "save/SaveV2"), "SaveV2"),
            new Case("the legacy init op restores", () -> GraphBuilder.withSaver().collection("legacy_init_op", "save/restore_all"), "RestoreV2"),
            new Case("a save beside the saver", () -> GraphBuilder.withSaver().node("z", "SaveV2", "names"), "own saver"),
            new Case("saves without a saver", () -> GraphBuilder.plain().node("z", "SaveV2", "x"), "own saver"),
            new Case("an uncalled function that saves", () -> GraphBuilder.plain().function("f", List.of(), GraphBuilder.nodeDef("z", "SaveV2")), "function f"),
            new Case("a leftover saver with a path of its own", () -> GraphBuilder.plain().constant("evil", "/etc/x").node("z", "RestoreV2", "evil", "x", "x"), "own saver"),
            new Case("restores from another path", () -> GraphBuilder.withSaver().constant("evil", "/etc/x").rewire("save/RestoreV2", 0, "evil"), "own variables"),
            new Case("restores from a second output", () -> GraphBuilder.withSaver().node("two", "IdentityN", "save/Const", "names").rewire("save/RestoreV2", 0, "two:1").saver("two:0", "save/Identity:0", "save/restore_all"), "own variables"),
            new Case("restores from a longer path", () -> GraphBuilder.withSaver().rewire("save/RestoreV2", 0, "save/StringJoin"), "own variables"),
            new Case("restores from a control edge", () -> GraphBuilder.withSaver().rewire("save/RestoreV2", 0, "^save/Const"), "own variables"),
            new Case("restoring saves", () -> GraphBuilder.withSaver().node("z", "NoOp", "^save/MergeV2Checkpoints", "^save/Assign").saver("save/Const:0", "save/Identity:0", "z"), "when the model is loaded"),
            new Case("restoring saves in a function", () -> GraphBuilder.withSaverFunctions().saver("saver_filename:0", "StatefulPartitionedCall_2:0", "StatefulPartitionedCall_1"), "when the model is loaded"),
            new Case("restores another path in a function", () -> restoring(GraphBuilder.nodeDef("evil", "Const"), GraphBuilder.nodeDef("r", "RestoreV2", "evil:output:0")), "own variables"),
            new Case("saves in the function that restores", () -> restoring(GraphBuilder.nodeDef("r", "RestoreV2", "file_prefix"), GraphBuilder.nodeDef("s", "SaveV2", "file_prefix")), "when the model is loaded"),
            new Case("hands another path to the function", () -> GraphBuilder.withSaverFunctions().constant("evil", "/etc/x").rewire("StatefulPartitionedCall_2", 0, "evil"), "own variables"),
            new Case("restores by a loop", () -> restoring(NodeDef.newBuilder(GraphBuilder.nodeDef("c", "While", "file_prefix")).putAttr("body", GraphBuilder.functionValue("__inference__traced_save_20")).build()), "cannot be followed"),
            new Case("a restore that calls itself", () -> restoring(GraphBuilder.callDef("c", "__inference__traced_restore_30", "file_prefix"), GraphBuilder.nodeDef("r", "RestoreV2", "file_prefix")), "cannot be followed"),
            new Case("an exchangeable saver", () -> {
                GraphBuilder graph = GraphBuilder.withSaverFunctions();
                graph.graph.getGraphDefBuilder().getLibraryBuilder().getFunctionBuilder(1).putAttr("api_implements", GraphBuilder.textValue("relu"));
                return graph;
            }, "__inference__traced_restore_30"),
            new Case("saves as a gradient", () -> {
                GraphBuilder graph = GraphBuilder.withSaverFunctions().function("g", List.of("a"), GraphBuilder.nodeDef("n", "Relu", "a")).node(NodeDef.newBuilder(GraphBuilder.nodeDef("z", "SymbolicGradient", "x")).putAttr("f", GraphBuilder.functionValue("g")).build());
                graph.graph.getGraphDefBuilder().getLibraryBuilder().addGradient(GradientDef.newBuilder().setFunctionName("g").setGradientFunc("__inference__traced_save_20"));
                return graph.signature("other", "x:0", "z:0");
            }, "signature other"),
            new Case("a function named like an op", () -> GraphBuilder.plain().function("Identity", List.of(), GraphBuilder.nodeDef("n", "Const")), "Identity"),
            new Case("two nodes of one name", () -> GraphBuilder.plain().node("y", "Relu", "x"), "one name"),
            new Case("two functions of one name", () -> GraphBuilder.plain().function("f", List.of(), GraphBuilder.nodeDef("n", "Const")).function("f", List.of(), GraphBuilder.nodeDef("n", "NoOp")), "one name"),
            new Case("an asset outside", () -> {
                GraphBuilder graph = GraphBuilder.plain();
                graph.graph.addAssetFileDef(AssetFileDef.newBuilder().setFilename("../../etc/passwd"));
                return graph;
            }, "asset"),
            new Case("no signature", GraphBuilder::new, "no signature"),
            new Case("an init op only", () -> new GraphBuilder().initOp("y"), "no signature"),
            new Case("no graph for serving", () -> {
                GraphBuilder graph = GraphBuilder.plain();
                graph.graph.getMetaInfoDefBuilder().clearTags().addTags("train");
                return graph;
            }, "serve"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses(Case bad) throws IOException {
        String sentence = refusal(bad.graph().get());
        assertTrue(sentence.contains(bad.word()), sentence);
    }

    static Stream<Case> good() {
        return Stream.of(
            new Case("plain", GraphBuilder::plain, ""),
            new Case("saver of TensorFlow 1", GraphBuilder::withSaver, ""),
            new Case("saver of TensorFlow 2", GraphBuilder::withSaverFunctions, ""),
            new Case("a nested function that computes", () -> nested("Tanh", "then_branch"), ""),
            new Case("prints to the log", () -> GraphBuilder.plain().node(withText(GraphBuilder.nodeDef("z", "PrintV2"), "output_stream", "stderr")), ""),
            new Case("message types that are built in", () -> GraphBuilder.plain().node(withText(GraphBuilder.nodeDef("z", "DecodeProtoV2"), "descriptor_source", "local://")), ""),
            new Case("init op that computes", () -> GraphBuilder.withSaver().node("z", "NoOp").initOp("z").collection("legacy_init_op", "z"), ""),
            new Case("restores through identities", () -> GraphBuilder.withSaver().node("i2", "Identity", "i1").node("i1", "Identity", "save/Const").rewire("save/RestoreV2", 0, "i2"), ""),
            new Case("restores through an identity in a function", () -> restoring(GraphBuilder.nodeDef("i", "Identity", "file_prefix"), GraphBuilder.nodeDef("r", "RestoreV2", "i:output:0")), ""),
            new Case("a leftover saver of a training", () -> GraphBuilder.withSaver().constant("old", "model").node("z", "RestoreV2", "old", "x", "x"), ""),
            new Case("a function called by its name", () -> GraphBuilder.plain().function("f", List.of("a"), GraphBuilder.nodeDef("n", "Tanh", "a")).node("z", "f", "x").signature("other", "x:0", "z:0"), ""),
            new Case("functions that call each other", () -> GraphBuilder.plain().function("f", List.of("a"), GraphBuilder.callDef("c", "g", "a")).function("g", List.of("a"), GraphBuilder.callDef("c", "f", "a")).call("z", "f", "x"), ""),
            new Case("an asset", () -> {
                GraphBuilder graph = GraphBuilder.plain();
                graph.graph.addAssetFileDef(AssetFileDef.newBuilder().setFilename("sub/labels..txt"));
                return graph;
            }, ""),
            new Case("two savers' worth of functions", () -> GraphBuilder.withSaverFunctions().function("f", List.of("a"), GraphBuilder.nodeDef("n", "Tanh", "a")), ""));
    }

    @ParameterizedTest
    @MethodSource("good")
    void accepts(Case good) throws IOException {
        accepts(good.graph().get());
    }

    @Test
    void twoSignaturesAreReported() throws IOException {
        Path model = GraphBuilder.plain().signature("other", "x:0", "y:0").write(folder);
        assertEquals(Set.of("serving_default", "other"), GraphGuard.inspect(model).signatures().keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"saved_model.pbtxt", "saved_model.cpb"})
    void refusesFormsThatItCannotRead(String name) throws IOException {
        GraphBuilder.plain().write(folder);
        Files.writeString(folder.resolve(name), "");
        assertThrows(UsageException.class, () -> GraphGuard.inspect(folder));
    }

    @Test
    void refusesWhatIsNoProtocolBuffer() throws IOException {
        GraphBuilder.withSaver().write(folder);
        Path file = folder.resolve("saved_model.pb");
        byte[] whole = Files.readAllBytes(file);
        for (byte[] bytes : new byte[][] {new byte[0], Arrays.copyOf(whole, whole.length / 2), "text as a model".getBytes(), new byte[] {-1, -1, -1}}) {
            Files.write(file, bytes);
            assertThrows(UsageException.class, () -> GraphGuard.inspect(folder));
        }
        Files.delete(file);
        assertThrows(UsageException.class, () -> GraphGuard.inspect(folder));
    }

    @Test
    void deepGraphsDoNotOverflowTheStack() throws IOException {
        GraphBuilder graph = GraphBuilder.withSaver();
        String last = "y";
        for (int i = 0; i < 20_000; i++) {
            graph.node("n" + i, "Relu", last);
            graph.function("f" + i, List.of("a"), GraphBuilder.callDef("c", "f" + (i + 1), "a"));
            last = "n" + i;
        }
        accepts(graph.signature("deep", "x:0", last + ":0"));
    }

    @Test
    void everyRefusedOpIsRefusedByName() throws IOException {
        for (Map.Entry<String, String> op : new TreeMap<>(GraphGuardOps.load().refused()).entrySet()) {
            assertTrue(refusal(GraphBuilder.plain().node("z", op.getKey(), "x")).contains(op.getKey()));
        }
    }
}
