package io.github.lesionj.network;

import io.github.lesionj.runtime.OutOfDeviceMemoryException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * How many items a network takes at once on a GPU. cuDNN counts the values of an array in 32 bits, and TensorFlow ends the
 * whole process, and Fiji with it, where a layer has more; whatever memory there is.
 *
 * @param items most of them; unlimited on the processor
 */
public record BatchLimit(long items) {

    /**
     * Of a graph whose arrays have the batch as their first, unknown dimension. An array of other unknown dimensions is left out.
     *
     * @param graph    stays open
     * @param settings of the session that runs it
     */
    public static BatchLimit of(Graph graph, SessionSettings settings) {
        Stream.Builder<long[]> shapes = Stream.builder();
        for (Iterator<GraphOperation> operations = graph.operations(); settings.gpu() >= 0 && operations.hasNext();) {
            GraphOperation operation = operations.next();
            IntStream.range(0, operation.numOutputs()).mapToObj(i -> operation.output(i).shape())
                .filter(shape -> !shape.isUnknown()).map(Shape::asArray).forEach(shapes);
        }
        return of(shapes.build(), settings);
    }

    /**
     * Of a graph that was loaded, as DJL does it.
     *
     * @param model    its definition
     * @param settings of the session that runs it
     */
    public static BatchLimit of(TF_Graph graph, MetaGraphDef model, SessionSettings settings) {
        NativeGraph loaded = new NativeGraph(graph);
        return of(settings.gpu() < 0 ? Stream.empty() : model.getGraphDef().getNodeList().stream().map(NodeDef::getName)
            .flatMap(node -> IntStream.range(0, loaded.outputs(node)).mapToObj(i -> loaded.shape(node + ":" + i)).flatMap(Optional::stream)), settings);
    }

    private static BatchLimit of(Stream<long[]> shapes, SessionSettings settings) {
        long largest = shapes.mapToLong(BatchLimit::valuesPerItem).max().orElse(1);
        return new BatchLimit(settings.gpu() < 0 ? Long.MAX_VALUE : Integer.MAX_VALUE / largest);
    }

    private static long valuesPerItem(long[] shape) {
        boolean batch = shape.length > 1 && shape[0] == Shape.UNKNOWN_SIZE && Arrays.stream(shape).skip(1).allMatch(size -> size > 0);
        return batch ? Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact) : 1;
    }

    /**
     * Stops a batch that would end the process.
     *
     * @throws OutOfDeviceMemoryException when there are too many items
     */
    public void check(int batch) {
        if (batch > items) {
            throw new OutOfDeviceMemoryException("A GPU takes at most " + items + " images of this size at once with this network, and the batch has "
                + batch + ". Take a smaller batch.", null);
        }
    }
}
