package io.github.lesionj.network;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.runtime.OutOfDeviceMemoryException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.types.TFloat32;

class BatchLimitTest {

    private static final SessionSettings GPU = new SessionSettings(0, 0);

    private final Graph graph = new Graph();

    /** 1000 x 1000 px, of which a convolution with stride 2 makes 500 x 500 x 8 values: the largest array of an item. */
    @BeforeEach
    void layers() {
        Ops tf = Ops.create(graph);
        Placeholder<TFloat32> image = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1000, 1000, 1)));
        tf.nn.conv2d(image, tf.constant(new float[3][3][1][8]), List.of(1L, 2L, 2L, 1L), "SAME");
    }

    @AfterEach
    void close() {
        graph.close();
    }

    @Test
    void theLargestArrayHasAtMost2To31Values() {
        BatchLimit limit = BatchLimit.of(graph, GPU);
        assertEquals(1073, limit.items()); // 2,147,483,647 / 2,000,000
        assertDoesNotThrow(() -> limit.check(1073));
        String sentence = assertThrows(OutOfDeviceMemoryException.class, () -> limit.check(1074)).getMessage();
        assertTrue(sentence.contains("at most 1073 images") && sentence.contains("has 1074"), sentence);
    }

    @Test
    void anArrayOfUnknownSizeIsLeftOut() {
        Ops tf = Ops.create(graph);
        tf.math.neg(tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, 100000, 100000))));
        tf.math.neg(tf.placeholder(TFloat32.class, Placeholder.shape(Shape.unknown())));
        assertEquals(1073, BatchLimit.of(graph, GPU).items());
    }

    /** DJL's: the graph by its handle, with its definition. An operation without outputs is none. */
    @Test
    void aLoadedGraphHasTheSame() {
        Ops.create(graph).noOp();
        GraphDef nodes = graph.toGraphDef();
        MetaGraphDef model = MetaGraphDef.newBuilder().setGraphDef(nodes).build();
        assertEquals(1073, BatchLimit.of(GradCamGraphTest.loaded(nodes), model, GPU).items());
    }

    @Test
    void theProcessorHasNone() {
        assertDoesNotThrow(() -> BatchLimit.of(graph, SessionSettings.cpu(0)).check(Integer.MAX_VALUE));
    }
}
