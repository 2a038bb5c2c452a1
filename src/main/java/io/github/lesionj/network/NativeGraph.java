package io.github.lesionj.network;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_AddGradientsWithPrefix;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_FLOAT;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphGetOpDef;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphGetTensorNumDims;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphGetTensorShape;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphImportGraphDef;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphOperationByName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_ImportGraphDefOptionsAddInputMapping;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_OperationName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_OperationNumOutputs;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_OperationOutputType;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Collection;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_ImportGraphDefOptions;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.OpDef;

/**
 * A graph that was loaded already, looked into and added to; its sessions see what is added with their next run. Tensors are
 * named {@code node:index}. Errors of TensorFlow come as its own exceptions.
 *
 * <p>TensorFlow-Java's {@code Graph} cannot be had from a graph that somebody else loaded, so this stands on the C interface.
 */
final class NativeGraph {

    /** Types of reference variables are those of their values plus this. */
    private static final int REFERENCE = 100;

    private final TF_Graph graph;

    NativeGraph(TF_Graph graph) {
        this.graph = graph;
    }

    /** The definition of an op, or of a function of the graph. */
    OpDef op(String name) {
        try (PointerScope ignored = new PointerScope()) {
            TF_Status status = TF_Status.newStatus();
            TF_Buffer buffer = TF_Buffer.newBuffer();
            TF_GraphGetOpDef(graph, name, buffer, status);
            status.throwExceptionIfNotOK();
            return OpDef.parseFrom(buffer.dataAsByteBuffer());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("TensorFlow's definition of the op " + name + " cannot be read", e);
        }
    }

    /** What TensorFlow knows of a tensor's shape without running, -1 = any length; empty where not even its rank. */
    Optional<long[]> shape(String tensor) {
        try (PointerScope ignored = new PointerScope()) {
            TF_Status status = TF_Status.newStatus();
            TF_Output output = output(tensor);
            int rank = TF_GraphGetTensorNumDims(graph, output, status);
            status.throwExceptionIfNotOK();
            if (rank < 0) {
                return Optional.empty();
            }
            long[] shape = new long[rank];
            if (rank > 0) {
                TF_GraphGetTensorShape(graph, output, shape, rank, status);
                status.throwExceptionIfNotOK();
            }
            return Optional.of(shape);
        }
    }

    /** How many tensors a node gives; 0 also where there is no such node. */
    int outputs(String node) {
        try (PointerScope ignored = new PointerScope()) {
            TF_Operation operation = TF_GraphOperationByName(graph, node);
            return operation == null || operation.isNull() ? 0 : TF_OperationNumOutputs(operation);
        }
    }

    /** Whether a tensor is of float32. */
    boolean isFloat(String tensor) {
        return type(tensor) == TF_FLOAT;
    }

    /** Whether a tensor is a reference variable. */
    boolean isReference(String tensor) {
        return type(tensor) > REFERENCE;
    }

    private int type(String tensor) {
        try (PointerScope ignored = new PointerScope()) {
            return TF_OperationOutputType(output(tensor));
        }
    }

    /**
     * Adds nodes.
     *
     * @param nodes whose inputs are among them, or are tensors of the graph
     * @param outer those tensors of the graph
     */
    void add(GraphDef nodes, Collection<String> outer) {
        try (PointerScope ignored = new PointerScope()) {
            TF_Status status = TF_Status.newStatus();
            TF_ImportGraphDefOptions options = TF_ImportGraphDefOptions.newImportGraphDefOptions();
            for (String tensor : outer) {
                TF_ImportGraphDefOptionsAddInputMapping(options, node(tensor), index(tensor), output(tensor));
            }
            TF_GraphImportGraphDef(graph, TF_Buffer.newBufferFromString(nodes), options, status);
            status.throwExceptionIfNotOK();
        }
    }

    /**
     * Adds the gradient of the sum of y times seed with respect to x.
     *
     * @param seed of the shape of y
     * @return the gradient's tensor, of the shape of x; empty where y does not depend on x
     */
    Optional<String> addGradient(String prefix, String y, String x, String seed) {
        try (PointerScope ignored = new PointerScope()) {
            TF_Status status = TF_Status.newStatus();
            TF_Output found = new TF_Output(1);
            TF_AddGradientsWithPrefix(graph, prefix, output(y), 1, output(x), 1, output(seed), status, found);
            status.throwExceptionIfNotOK();
            TF_Operation node = found.oper();
            return node == null || node.isNull() ? Optional.empty()
                : Optional.of(TF_OperationName(node).getString() + ":" + found.index());
        }
    }

    /** The native form of a tensor's name; to be used within a scope. */
    private TF_Output output(String tensor) {
        TF_Operation node = TF_GraphOperationByName(graph, node(tensor));
        if (node == null || node.isNull()) {
            throw new IllegalArgumentException("the graph has no node " + node(tensor));
        }
        return new TF_Output(1).oper(node).index(index(tensor));
    }

    private static String node(String tensor) {
        return tensor.substring(0, tensor.lastIndexOf(':'));
    }

    private static int index(String tensor) {
        return Integer.parseInt(tensor.substring(tensor.lastIndexOf(':') + 1));
    }
}
