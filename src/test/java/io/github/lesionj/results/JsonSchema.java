package io.github.lesionj.results;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Those words of JSON Schema (draft 7) that our schema files use; one that is not known fails the test. */
final class JsonSchema {

    private static final Set<String> SILENT = Set.of("$schema", "title", "description", "definitions");

    private final JsonObject root;

    private JsonSchema(JsonObject root) {
        this.root = root;
    }

    static JsonSchema ofQuPath() throws IOException {
        try (InputStream in = JsonSchema.class.getResourceAsStream("/results/qupath-geojson.schema.json");
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return new JsonSchema(JsonParser.parseReader(reader).getAsJsonObject());
        }
    }

    /** What is wrong with a document; empty where it follows the schema. */
    List<String> problems(JsonElement document) {
        List<String> problems = new ArrayList<>();
        check(root, document, "$", problems);
        return problems;
    }

    private void check(JsonObject schema, JsonElement value, String where, List<String> problems) {
        for (Map.Entry<String, JsonElement> rule : schema.entrySet()) {
            if (!SILENT.contains(rule.getKey()) && !holds(rule.getKey(), rule.getValue(), schema, value, where, problems)) {
                problems.add(where + " breaks " + rule);
            }
        }
    }

    private boolean holds(String word, JsonElement rule, JsonObject schema, JsonElement value, String where, List<String> problems) {
        switch (word) {
            case "$ref":
                String name = rule.getAsString().replace("#/definitions/", "");
                check(root.getAsJsonObject("definitions").getAsJsonObject(name), value, where, problems);
                return true;
            case "type":
                return isOf(rule.getAsString(), value);
            case "const":
                return rule.equals(value);
            case "enum":
                return rule.getAsJsonArray().contains(value);
            case "minimum":
                return value.getAsDouble() >= rule.getAsDouble();
            case "maximum":
                return value.getAsDouble() <= rule.getAsDouble();
            case "minLength":
                return value.getAsString().length() >= rule.getAsInt();
            case "minItems":
                return !value.isJsonArray() || value.getAsJsonArray().size() >= rule.getAsInt();
            case "maxItems":
                return !value.isJsonArray() || value.getAsJsonArray().size() <= rule.getAsInt();
            case "required":
                return !value.isJsonObject() || hasAll(rule.getAsJsonArray(), value.getAsJsonObject());
            case "items":
                checkItems(rule.getAsJsonObject(), value, where, problems);
                return true;
            case "properties":
                checkProperties(rule.getAsJsonObject(), value, where, problems);
                return true;
            case "additionalProperties":
                return checkOthers(rule, schema, value, where, problems);
            default:
                throw new IllegalStateException("This test does not know the word " + word);
        }
    }

    private static boolean isOf(String type, JsonElement value) {
        return switch (type) {
            case "object" -> value.isJsonObject();
            case "array" -> value.isJsonArray();
            case "string" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
            case "number" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber() && Double.isFinite(value.getAsDouble());
            case "integer" -> isOf("number", value) && value.getAsDouble() == Math.rint(value.getAsDouble());
            default -> throw new IllegalStateException("This test does not know the type " + type);
        };
    }

    private static boolean hasAll(JsonArray names, JsonObject value) {
        for (JsonElement name : names) {
            if (!value.has(name.getAsString())) {
                return false;
            }
        }
        return true;
    }

    private void checkItems(JsonObject rule, JsonElement value, String where, List<String> problems) {
        if (value.isJsonArray()) {
            for (int i = 0; i < value.getAsJsonArray().size(); i++) {
                check(rule, value.getAsJsonArray().get(i), where + "[" + i + "]", problems);
            }
        }
    }

    private void checkProperties(JsonObject rules, JsonElement value, String where, List<String> problems) {
        if (value.isJsonObject()) {
            rules.entrySet().stream().filter(rule -> value.getAsJsonObject().has(rule.getKey())).forEach(rule ->
                check(rule.getValue().getAsJsonObject(), value.getAsJsonObject().get(rule.getKey()), where + "." + rule.getKey(), problems));
        }
    }

    private boolean checkOthers(JsonElement rule, JsonObject schema, JsonElement value, String where, List<String> problems) {
        if (!value.isJsonObject()) {
            return true;
        }
        JsonObject named = schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
        List<String> others = value.getAsJsonObject().keySet().stream().filter(name -> !named.has(name)).toList();
        if (rule.isJsonPrimitive()) {
            return rule.getAsBoolean() || others.isEmpty();
        }
        others.forEach(name -> check(rule.getAsJsonObject(), value.getAsJsonObject().get(name), where + "." + name, problems));
        return true;
    }
}
