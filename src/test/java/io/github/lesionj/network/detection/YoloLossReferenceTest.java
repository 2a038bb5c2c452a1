package io.github.lesionj.network.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.network.DetectionLoss;
import io.github.lesionj.network.Tensors;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Losses and gradients are those that {@code src/test/python/yolo_loss_reference.py} finds by loops, in double precision. */
class YoloLossReferenceTest {

    private static final int CLASSES = 3;


    private static final class Reference {
        private int size;
        private int[] strides;
        private float[][][] truth;
        private float[] logits;
        private float[] boxes;
        private List<JsonObject> cases;
    }

    private static Reference reference() throws IOException {
        try (Reader in = new InputStreamReader(YoloLossReferenceTest.class.getResourceAsStream("/detection/yolo_loss.json"), StandardCharsets.UTF_8)) {
            return new Gson().fromJson(in, Reference.class);
        }
    }

    private static float[] floats(JsonObject object, String name) {
        return new Gson().fromJson(object.get(name), float[].class);
    }

    private static float[][][] cube(float[] values, int images, int last) {
        int rows = values.length / images / last;
        float[][][] cube = new float[images][rows][];
        for (int i = 0; i < images * rows; i++) {
            cube[i / rows][i % rows] = Arrays.copyOfRange(values, i * last, (i + 1) * last);
        }
        return cube;
    }

    private static List<FloatTensor> run(Reference reference, YoloLossPlan plan) {
        try (Graph graph = new Graph(); Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> logits = tf.constant(cube(reference.logits, 3, CLASSES));
            Operand<TFloat32> boxes = tf.constant(cube(reference.boxes, 3, 4));
            Points points = Points.of(reference.size, reference.size, reference.strides);
            DetectionLoss.Terms terms = new TaskAlignedLoss(tf, plan, points, logits, boxes).of(tf.constant(reference.truth));
            List<Operand<TFloat32>> fetched = new ArrayList<>(terms.parts().values());
            fetched.add(terms.weights());
            Operand<TFloat32> total = tf.math.div(tf.reduceSum(tf.math.add(fetched.get(0), fetched.get(1)), tf.constant(0)),
                tf.reduceSum(terms.weights(), tf.constant(0)));
            var gradients = tf.gradients(total, List.of(logits, boxes));
            fetched.add(gradients.dy(0));
            fetched.add(gradients.dy(1));
            Session.Runner runner = session.runner();
            fetched.forEach(runner::fetch);
            try (Result result = runner.run()) {
                List<FloatTensor> found = new ArrayList<>();
                result.forEach(each -> found.add(Tensors.copy((TFloat32) each.getValue())));
                return found;
            }
        }
    }

    private static void assertClose(float[] expected, float[] found, double tolerance, String what) {
        assertEquals(expected.length, found.length, what);
        double scale = 0;
        for (float value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], tolerance * Math.max(scale, 1e-3), what + " " + i);
        }
    }

    @Test
    void everyForm() throws IOException {
        Reference reference = reference();
        assertEquals(8, reference.cases.size());
        for (JsonObject each : reference.cases) {
            boolean focal = each.get("focal").getAsBoolean();
            boolean squared = each.get("squared").getAsBoolean();
            boolean hard = each.get("hard").getAsBoolean();
            String what = "focal " + focal + ", squared " + squared + ", hard " + hard + ": ";
            List<FloatTensor> found = run(reference, new YoloLossPlan(focal, 0.25f, 2, squared, hard, 5));
            List<String> names = List.of("class", "box", "weights", "logit_gradient", "box_gradient");
            for (int i = 0; i < names.size(); i++) {
                assertClose(floats(each, names.get(i)), found.get(i).values(), 1e-5, what + names.get(i));
            }
        }
    }
}
