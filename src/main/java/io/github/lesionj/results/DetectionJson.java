package io.github.lesionj.results;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import java.util.ArrayList;
import java.util.List;

/** An item as one line of JSON, boxes as {@code [label, score, x0, y0, x1, y1]}; nothing of it is lost but the class names. */
final class DetectionJson {

    private DetectionJson() {
    }

    static String line(Detections item) {
        JsonObject json = new JsonObject();
        json.addProperty("image", item.item().image());
        json.add("position", array(item.item().c(), item.item().z(), item.item().t()));
        json.add("size", array(item.width(), item.height()));
        if (item.isCalibrated()) {
            json.add("um_per_px", array(item.umX(), item.umY()));
        }
        JsonArray notes = new JsonArray();
        item.notes().forEach(notes::add);
        json.add("notes", notes);
        JsonArray boxes = new JsonArray();
        for (ScoredBox found : item.boxes()) {
            Box box = found.box();
            boxes.add(array(found.label(), found.score(), box.x0(), box.y0(), box.x1(), box.y1()));
        }
        json.add("boxes", boxes);
        return json + "\n";
    }

    private static JsonArray array(double... values) {
        JsonArray array = new JsonArray();
        for (double value : values) {
            array.add(value);
        }
        return array;
    }

    static Detections parse(String line, List<String> classNames) {
        JsonObject json = JsonParser.parseString(line).getAsJsonObject();
        JsonArray position = json.getAsJsonArray("position");
        ItemKey key = new ItemKey(json.get("image").getAsString(), (int) number(position, 0), (int) number(position, 1),
            (int) number(position, 2), null);
        JsonArray size = json.getAsJsonArray("size");
        JsonArray um = json.has("um_per_px") ? json.getAsJsonArray("um_per_px") : array(Double.NaN, Double.NaN);
        List<String> notes = new ArrayList<>();
        json.getAsJsonArray("notes").forEach(note -> notes.add(note.getAsString()));
        List<ScoredBox> boxes = new ArrayList<>();
        json.getAsJsonArray("boxes").forEach(box -> boxes.add(box(box)));
        return new Detections(key, (int) number(size, 0), (int) number(size, 1), number(um, 0), number(um, 1), classNames, boxes, notes);
    }

    private static ScoredBox box(JsonElement element) {
        JsonArray box = element.getAsJsonArray();
        return new ScoredBox(new Box(number(box, 2), number(box, 3), number(box, 4), number(box, 5)), (int) number(box, 0), number(box, 1));
    }

    private static double number(JsonArray array, int index) {
        return array.get(index).getAsDouble();
    }
}
