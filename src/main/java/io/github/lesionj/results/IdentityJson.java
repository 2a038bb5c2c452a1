package io.github.lesionj.results;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of {@code run.json} that says what a run was: {@code command}, {@code keys}, {@code models}, {@code inputs}, {@code labels}. */
final class IdentityJson {

    private IdentityJson() {
    }

    static Map<String, Object> toMap(RunIdentity identity) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", identity.command());
        json.put("keys", identity.keys());
        json.put("models", identity.models());
        json.put("inputs", identity.inputs());
        if (!identity.labels().isEmpty()) {
            json.put("labels", identity.labels());
        }
        return json;
    }

    /** How the run of a {@code run.json} ended. */
    static String status(Path file) {
        try {
            return parse(file).get("status").getAsString();
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    /** Reads it back from a {@code run.json}. */
    static RunIdentity read(Path file) {
        try {
            JsonObject json = parse(file);
            List<RunIdentity.Model> models = new ArrayList<>();
            for (JsonElement model : json.getAsJsonArray("models")) {
                JsonObject object = model.getAsJsonObject();
                models.add(new RunIdentity.Model(object.get("name").getAsString(), object.get("checksum").getAsString(),
                    text(object, "card")));
            }
            return new RunIdentity(json.get("command").getAsString(), texts(json.getAsJsonObject("keys")), models,
                texts(json.getAsJsonObject("inputs")), text(json, "labels"));
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static JsonObject parse(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8)).getAsJsonObject();
    }

    private static UsageException unreadable(Path file, Exception e) {
        return new UsageException("Cannot continue the results in " + file.getParent()
            + ": its run.json cannot be read. Choose another output folder.", e);
    }

    private static String text(JsonObject object, String name) {
        return object.has(name) ? object.get(name).getAsString() : "";
    }

    private static Map<String, String> texts(JsonObject object) {
        Map<String, String> map = new LinkedHashMap<>();
        object.entrySet().forEach(entry -> map.put(entry.getKey(),
            entry.getValue().isJsonNull() ? null : entry.getValue().getAsString()));
        return map;
    }
}
