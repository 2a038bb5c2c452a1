package io.github.lesionj.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_ImportGraphDefOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;

/** Which feature map is taken, and which graphs are refused; the values are compared in {@code GradCamIT}. */
class GradCamGraphTest {

    private static final List<Long> STEP = List.of(1L, 1L, 1L, 1L);

    /** What Grad-CAM takes of a network of 16 x 16 px. */
    private static GradCamGraph of(BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> network) {
        GraphDef nodes;
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> image = tf.withName("image").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 16, 16, 2)));
            tf.withName("scores").identity(network.apply(tf, image));
            nodes = graph.toGraphDef();
        }
        SignatureDef signature = SignatureDef.newBuilder().putInputs("image", TensorInfo.newBuilder().setName("image:0").build())
            .putOutputs("scores", TensorInfo.newBuilder().setName("scores:0").build()).build();
        MetaGraphDef model = MetaGraphDef.newBuilder().setGraphDef(nodes).putSignatureDef("serving_default", signature).build();
        return GradCamGraph.addTo(loaded(nodes), model, "serving_default", "scores");
    }

    /** A graph as DJL holds it. */
    static TF_Graph loaded(GraphDef nodes) {
        TF_Status status = TF_Status.newStatus();
        TF_Graph loaded = TF_Graph.newGraph();
        tensorflow.TF_GraphImportGraphDef(loaded, TF_Buffer.newBufferFromString(nodes),
            TF_ImportGraphDefOptions.newImportGraphDefOptions(), status);
        status.throwExceptionIfNotOK();
        return loaded;
    }

    private static String refusal(BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> network) {
        return assertThrows(UnsupportedGraphException.class, () -> of(network)).getMessage();
    }

    private static Operand<TFloat32> kernel(Ops tf, int... shape) {
        return tf.fill(tf.constant(shape), tf.constant(0.1f));
    }

    private static Operand<TFloat32> convolution(Ops tf, String name, Operand<TFloat32> x, int from, int to) {
        return tf.nn.relu(tf.withName(name).nn.conv2d(x, kernel(tf, 3, 3, from, to), STEP, "SAME"));
    }

    private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> x) {
        return tf.math.mean(x, tf.constant(new int[] {1, 2}));
    }

    private static Operand<TFloat32> dense(Ops tf, Operand<TFloat32> x, int from, int to) {
        return tf.linalg.matMul(x, kernel(tf, from, to));
    }

    @Test
    void theLastMapBeforeAPoolingIsTaken() {
        GradCamGraph found = of((tf, image) -> {
            Operand<TFloat32> x = convolution(tf, "first", image, 2, 3);
            x = tf.withName("last").nn.relu(tf.nn.conv2d(x, kernel(tf, 3, 3, 3, 4), STEP, "SAME"));
            x = tf.nn.maxPool(x, tf.constant(new int[] {1, 2, 2, 1}), tf.constant(new int[] {1, 2, 2, 1}), "SAME");
            return tf.nn.softmax(dense(tf, mean(tf, x), 4, 3));
        });
        assertEquals("last:0", found.featureMap());
        assertEquals("scores:0", found.outputs().get("scores"));
    }

    /** A branch of the way passes a map by: then it does not stand for all that was seen. */
    @Test
    void aMapThatABranchPassesByIsNotTaken() {
        GradCamGraph found = of((tf, image) -> {
            Operand<TFloat32> x = tf.withName("before").nn.relu(tf.nn.conv2d(image, kernel(tf, 3, 3, 2, 4), STEP, "SAME"));
            Operand<TFloat32> attention = tf.math.sigmoid(tf.nn.conv2d(x, kernel(tf, 1, 1, 4, 1), STEP, "SAME"));
            Operand<TFloat32> pooled = tf.math.div(mean(tf, tf.math.mul(x, attention)), mean(tf, attention));
            return dense(tf, pooled, 4, 3);
        });
        assertEquals("before:0", found.featureMap());
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        assertEquals("it has no convolution", refusal((tf, image) -> dense(tf, mean(tf, image), 2, 3)));
        assertEquals("its scores do not depend on the image", refusal((tf, image) -> kernel(tf, 1, 3)));
        assertTrue(refusal((tf, image) -> tf.math.add(dense(tf, mean(tf, convolution(tf, "c", image, 2, 4)), 4, 3),
            dense(tf, mean(tf, image), 2, 3))).startsWith("no feature map lies between"));
        assertTrue(refusal((tf, image) -> mean(tf, tf.nn.conv2d(image, kernel(tf, 3, 3, 16, 3), STEP, "SAME",
            Conv2d.dataFormat("NCHW")))).contains("channels first"));
        assertTrue(refusal((tf, image) -> {
            Operand<TFloat32> x = convolution(tf, "c", image, 2, 4);
            Operand<TFloat32> wide = tf.nn.conv2d(x, kernel(tf, 3, 3, 4, 1), STEP, "SAME", Conv2d.dilations(1L, 2L, 2L, 1L));
            return dense(tf, tf.math.div(mean(tf, tf.math.mul(x, wide)), mean(tf, wide)), 4, 3);
        }).contains("dilated convolution"));
    }

    @Test
    void anOperationWithoutAGradientIsNamed() {
        String reason = refusal((tf, image) -> dense(tf, tf.math.igamma(tf.constant(2f),
            mean(tf, convolution(tf, "c", image, 2, 4))), 4, 3));
        assertTrue(reason.contains("Igamma"), reason);
    }
}
