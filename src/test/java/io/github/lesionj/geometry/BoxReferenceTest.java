package io.github.lesionj.geometry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against torchvision: the file is made by {@code src/test/python/box_reference.py}. */
class BoxReferenceTest {

    private static JsonObject reference;

    @BeforeAll
    static void read() throws IOException {
        try (Reader reader = new InputStreamReader(BoxReferenceTest.class.getResourceAsStream("/geometry/boxes.json"), StandardCharsets.UTF_8)) {
            reference = new Gson().fromJson(reader, JsonObject.class);
        }
    }

    private static double[][] matrix(JsonElement json) {
        return new Gson().fromJson(json, double[][].class);
    }

    private static List<Box> boxes(JsonElement json) {
        return Arrays.stream(matrix(json)).map(v -> new Box(v[0], v[1], v[2], v[3])).toList();
    }

    private static double[] edges(Box box) {
        return new double[] {box.x0(), box.y0(), box.x1(), box.y1()};
    }

    @Test
    void overlaps() {
        JsonObject overlap = reference.getAsJsonObject("overlap");
        List<Box> a = boxes(overlap.get("a"));
        List<Box> b = boxes(overlap.get("b"));
        double[][] iou = matrix(overlap.get("iou"));
        double[][] giou = matrix(overlap.get("giou"));
        float[][] found = Boxes.of(a).iou(Boxes.of(b));
        for (int i = 0; i < a.size(); i++) {
            for (int j = 0; j < b.size(); j++) {
                assertEquals(iou[i][j], a.get(i).iou(b.get(j)), 1e-12);
                assertEquals(iou[i][j], found[i][j], 1e-7);
                assertEquals(giou[i][j], a.get(i).giou(b.get(j)), 1e-12);
            }
        }
    }

    @Test
    void nonMaximumSuppression() {
        for (JsonElement json : reference.getAsJsonArray("nms")) {
            JsonObject expected = json.getAsJsonObject();
            Boxes boxes = Boxes.of(boxes(expected.get("boxes")));
            float[] scores = new Gson().fromJson(expected.get("scores"), float[].class);
            int[] labels = new Gson().fromJson(expected.get("labels"), int[].class);
            var rule = new NonMaximumSuppression(expected.get("limit").getAsDouble(), Integer.MAX_VALUE);
            int[] keep = new Gson().fromJson(expected.get("keep"), int[].class);
            assertArrayEquals(keep, rule.keep(boxes, scores));
            assertArrayEquals(new Gson().fromJson(expected.get("keep_by_class"), int[].class), rule.keep(boxes, scores, labels));
            assertArrayEquals(Arrays.copyOf(keep, 7), new NonMaximumSuppression(expected.get("limit").getAsDouble(), 7).keep(boxes, scores));
        }
    }

    @Test
    void boxCoding() {
        JsonObject coding = reference.getAsJsonObject("coding");
        List<Box> anchors = boxes(coding.get("anchors"));
        List<Box> truth = boxes(coding.get("truth"));
        for (JsonElement json : coding.getAsJsonArray("cases")) {
            JsonObject expected = json.getAsJsonObject();
            double[] weights = new Gson().fromJson(expected.get("weights"), double[].class);
            BoxCoding coder = new BoxCoding(weights[0], weights[2]);
            double[][] code = matrix(expected.get("code"));
            double[][] noisy = matrix(expected.get("noisy"));
            List<Box> decoded = boxes(expected.get("decoded"));
            for (int i = 0; i < anchors.size(); i++) {
                assertArrayEquals(code[i], coder.encode(truth.get(i), anchors.get(i)), 1e-9);
                assertArrayEquals(edges(decoded.get(i)), edges(coder.decode(noisy[i], anchors.get(i))), 1e-9);
                assertArrayEquals(edges(truth.get(i)), edges(coder.decode(code[i], anchors.get(i))), 1e-9);
            }
        }
    }

    @Test
    void anchors() {
        for (JsonElement json : reference.getAsJsonArray("anchors")) {
            JsonObject expected = json.getAsJsonObject();
            List<Double> sizes = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            expected.getAsJsonArray("sizes").forEach(size -> sizes.add(size.getAsDouble()));
            expected.getAsJsonArray("ratios").forEach(ratio -> ratios.add(ratio.getAsDouble()));
            Boxes found = new Anchors(sizes, ratios).over(expected.get("rows").getAsInt(), expected.get("columns").getAsInt(),
                expected.get("stride_y").getAsInt(), expected.get("stride_x").getAsInt());
            assertEquals(boxes(expected.get("anchors")), found.toList());
        }
    }
}
