package io.github.lesionj.evaluation.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.geometry.TrueBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Against the figures that the reference codes of COCO and PASCAL VOC give. */
class DetectionReferenceTest {

    private static Path folder(String name) {
        Path folder = Path.of(System.getProperty("lesionj.shared", "../shared"), "data", "metrics", name);
        assumeTrue(Files.isDirectory(folder), "shared data is absent");
        return folder;
    }

    private static <T> T json(Path file, Class<T> type) throws IOException {
        return new Gson().fromJson(Files.readString(file), type);
    }

    private static Box box(JsonElement json) {
        double[] box = new Gson().fromJson(json, double[].class);
        return Box.ofSize(box[0], box[1], box[2], box[3]);
    }

    @Test
    void coco() throws IOException {
        Path folder = folder("coco100");
        JsonObject instances = json(folder.resolve("instances_val2014_100.json"), JsonObject.class);
        List<Integer> categories = new ArrayList<>(new TreeSet<>(instances.getAsJsonArray("categories").asList().stream()
            .map(category -> category.getAsJsonObject().get("id").getAsInt()).toList()));
        Map<Integer, List<TrueBox>> truth = new TreeMap<>();
        Map<Integer, List<ScoredBox>> found = new TreeMap<>();
        for (JsonElement each : json(folder.resolve("instances_val2014_fakebbox100_results.json"), JsonElement[].class)) {
            JsonObject result = each.getAsJsonObject();
            found.computeIfAbsent(result.get("image_id").getAsInt(), id -> new ArrayList<>()).add(new ScoredBox(box(result.get("bbox")),
                categories.indexOf(result.get("category_id").getAsInt()), result.get("score").getAsDouble()));
        }
        for (JsonElement each : instances.getAsJsonArray("annotations")) {
            JsonObject object = each.getAsJsonObject();
            truth.computeIfAbsent(object.get("image_id").getAsInt(), id -> new ArrayList<>()).add(new TrueBox(box(object.get("bbox")),
                categories.indexOf(object.get("category_id").getAsInt()), object.get("area").getAsDouble(),
                object.get("iscrowd").getAsInt() == 1 ? TrueBox.Role.CROWD : TrueBox.Role.COUNTED));
        }
        List<JudgedImage> images = instances.getAsJsonArray("images").asList().stream().map(image -> image.getAsJsonObject().get("id").getAsInt())
            .sorted().map(id -> new JudgedImage(id.toString(), truth.getOrDefault(id, List.of()), found.getOrDefault(id, List.of()))).toList();
        CocoFigures figures = CocoFigures.of(images, categories.size());
        JsonObject expected = json(folder.resolve("expected.json"), JsonObject.class).getAsJsonObject("values");
        Map<String, Double> named = Map.ofEntries(Map.entry("AP_50_95", figures.ap()), Map.entry("AP_50", figures.ap50()),
            Map.entry("AP_75", figures.ap75()), Map.entry("AP_small", figures.apSmall()), Map.entry("AP_medium", figures.apMedium()),
            Map.entry("AP_large", figures.apLarge()), Map.entry("AR_1", figures.ar1()), Map.entry("AR_10", figures.ar10()),
            Map.entry("AR_100", figures.ar100()), Map.entry("AR_small", figures.arSmall()), Map.entry("AR_medium", figures.arMedium()),
            Map.entry("AR_large", figures.arLarge()));
        assertEquals(expected.keySet(), new TreeSet<>(named.keySet()));
        named.forEach((name, value) -> assertEquals(expected.get(name).getAsDouble(), value, 1e-9, name));
    }

    @Test
    void voc() throws IOException {
        Path folder = folder("voc_sample2");
        List<JudgedImage> images = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("groundtruths"))) {
            for (Path file : files.sorted().toList()) {
                List<TrueBox> truth = new ArrayList<>();
                for (String line : Files.readAllLines(file)) {
                    String[] cells = line.split(" ");
                    truth.add(TrueBox.of(box(cells, 1), 0));
                }
                List<ScoredBox> found = new ArrayList<>();
                for (String line : Files.readAllLines(folder.resolve("detections").resolve(file.getFileName()))) {
                    String[] cells = line.split(" ");
                    found.add(new ScoredBox(box(cells, 2), 0, Double.parseDouble(cells[1])));
                }
                images.add(new JudgedImage(file.getFileName().toString(), truth, found));
            }
        }
        JsonObject expected = json(folder.resolve("expected.json"), JsonObject.class);
        for (String iou : expected.getAsJsonObject("AP_every_point").keySet()) {
            MatchRule rule = new MatchRule(Double.parseDouble(iou), MatchRule.Convention.BEST, MatchRule.AreaRange.ALL, Integer.MAX_VALUE);
            PrecisionRecall curve = PrecisionRecall.of(ClassMatching.of(images, 0, rule));
            assertEquals(expected.getAsJsonObject("AP_every_point").get(iou).getAsDouble(), curve.averageAll(), 1e-9, iou);
            assertEquals(expected.getAsJsonObject("AP_11_point").get(iou).getAsDouble(), curve.average11(), 1e-9, iou);
        }
    }

    /** The reference takes the far edges as inside, as PASCAL VOC's own code does: its boxes are a pixel wider and higher. */
    private static Box box(String[] cells, int from) {
        return Box.ofSize(Double.parseDouble(cells[from]), Double.parseDouble(cells[from + 1]), Double.parseDouble(cells[from + 2]) + 1,
            Double.parseDouble(cells[from + 3]) + 1);
    }
}
