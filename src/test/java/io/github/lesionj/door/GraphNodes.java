package io.github.lesionj.door;

import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Writes a graph node by node, without the native library. */
final class GraphNodes {

    private final GraphDef.Builder graph;

    GraphNodes(GraphDef.Builder graph) {
        this.graph = graph;
    }

    void placeholder(String name, long... shape) {
        node(name, "Placeholder", List.of(), Map.of("dtype", type(DataType.DT_FLOAT),
            "shape", AttrValue.newBuilder().setShape(shape(shape)).build()));
    }

    void constant(String name, float value) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(shape()).addFloatVal(value);
        node(name, "Const", List.of(), Map.of("dtype", type(DataType.DT_FLOAT), "value", tensor(tensor)));
    }

    void constant(String name, float[] values, long... lengths) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(shape(lengths));
        for (float value : values) {
            tensor.addFloatVal(value);
        }
        node(name, "Const", List.of(), Map.of("dtype", type(DataType.DT_FLOAT), "value", tensor(tensor)));
    }

    void reshape(String name, String input, String shape) {
        node(name, "Reshape", List.of(input, shape), Map.of("T", type(DataType.DT_FLOAT), "Tshape", type(DataType.DT_INT32)));
    }

    void constant(String name, int... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_INT32).setTensorShape(shape(values.length));
        for (int value : values) {
            tensor.addIntVal(value);
        }
        node(name, "Const", List.of(), Map.of("dtype", type(DataType.DT_INT32), "value", tensor(tensor)));
    }

    void scalar(String name, int value) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_INT32).setTensorShape(shape()).addIntVal(value);
        node(name, "Const", List.of(), Map.of("dtype", type(DataType.DT_INT32), "value", tensor(tensor)));
    }

    void binary(String name, String op, String left, String right) {
        node(name, op, List.of(left, right), Map.of("T", type(DataType.DT_FLOAT)));
    }

    void mean(String name, String input, String axes, boolean keepDimensions) {
        node(name, "Mean", List.of(input, axes), Map.of("T", type(DataType.DT_FLOAT), "Tidx", type(DataType.DT_INT32),
            "keep_dims", AttrValue.newBuilder().setB(keepDimensions).build()));
    }

    void expand(String name, String input, String axis) {
        node(name, "ExpandDims", List.of(input, axis), Map.of("T", type(DataType.DT_FLOAT), "Tdim", type(DataType.DT_INT32)));
    }

    void join(String name, String first, String second, String axis) {
        node(name, "ConcatV2", List.of(first, second, axis), Map.of("T", type(DataType.DT_FLOAT), "Tidx", type(DataType.DT_INT32),
            "N", AttrValue.newBuilder().setI(2).build()));
    }

    void averagePool(String name, String input, int size) {
        AttrValue window = AttrValue.newBuilder().setList(AttrValue.ListValue.newBuilder().addI(1).addI(size).addI(size).addI(1)).build();
        node(name, "AvgPool", List.of(input), Map.of("T", type(DataType.DT_FLOAT), "ksize", window, "strides", window,
            "padding", text("VALID"), "data_format", text("NHWC")));
    }

    private void node(String name, String op, List<String> inputs, Map<String, AttrValue> attributes) {
        graph.addNode(NodeDef.newBuilder().setName(name).setOp(op).addAllInput(inputs).putAllAttr(attributes));
    }

    static TensorInfo info(String node, long... shape) {
        return TensorInfo.newBuilder().setName(node + ":0").setDtype(DataType.DT_FLOAT).setTensorShape(shape(shape)).build();
    }

    private static TensorShapeProto shape(long... lengths) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long length : lengths) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
        }
        return shape.build();
    }

    private static AttrValue type(DataType type) {
        return AttrValue.newBuilder().setType(type).build();
    }

    private static AttrValue tensor(TensorProto.Builder tensor) {
        return AttrValue.newBuilder().setTensor(tensor).build();
    }

    private static AttrValue text(String text) {
        return AttrValue.newBuilder().setS(com.google.protobuf.ByteString.copyFromUtf8(text)).build();
    }
}
