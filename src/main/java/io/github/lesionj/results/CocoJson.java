package io.github.lesionj.results;

import com.google.gson.stream.JsonWriter;
import io.github.lesionj.geometry.ScoredBox;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The boxes of a whole run as a COCO file (Lin et al. 2014, arXiv:1405.0312): images and annotations in the order of the run, ids
 * from 1, each annotation with its {@code score}. A plane of a stack is an image of its own, named as its other files are, for COCO
 * has no slices; {@code c,z,t} from 1 and the path of the stack stand beside.
 */
final class CocoJson {

    private CocoJson() {
    }

    /** Writes it without closing the stream. */
    static void write(OutputStream out, List<Detections> rows, List<String> classNames) throws IOException {
        JsonWriter json = new JsonWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        json.beginObject().name("info").beginObject().name("description").value("Boxes found by LesionJ").endObject();
        json.name("images").beginArray();
        for (int i = 0; i < rows.size(); i++) {
            writeImage(json, i + 1, rows.get(i));
        }
        json.endArray().name("categories").beginArray();
        for (int i = 0; i < classNames.size(); i++) {
            json.beginObject().name("id").value(i + 1).name("name").value(classNames.get(i)).endObject();
        }
        json.endArray().name("annotations").beginArray();
        int id = 1;
        for (int i = 0; i < rows.size(); i++) {
            for (ScoredBox found : rows.get(i).boxes()) {
                writeBox(json, id++, i + 1, found);
            }
        }
        json.endArray().endObject();
        json.flush();
    }

    private static void writeImage(JsonWriter json, int id, Detections row) throws IOException {
        ItemKey item = row.item();
        json.beginObject().name("id").value(id).name("file_name").value(item.path());
        json.name("width").value(row.width()).name("height").value(row.height());
        if (item.hasPosition()) {
            json.name("stack").value(item.image()).name("c").value(item.c()).name("z").value(item.z()).name("t").value(item.t());
        }
        json.endObject();
    }

    private static void writeBox(JsonWriter json, int id, int image, ScoredBox found) throws IOException {
        json.beginObject().name("id").value(id).name("image_id").value(image).name("category_id").value(found.label() + 1);
        double[] size = DetectionCsv.size(found.box());
        json.name("bbox").beginArray();
        for (double value : size) {
            json.jsonValue(Numbers.exact(value));
        }
        json.endArray().name("area").jsonValue(Numbers.exact(DetectionCsv.area(size)));
        json.name("iscrowd").value(0).name("score").jsonValue(Numbers.exact(found.score())).endObject();
    }
}
