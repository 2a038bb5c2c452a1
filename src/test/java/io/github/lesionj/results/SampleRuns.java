package io.github.lesionj.results;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs of two classes, and what they leave in a folder.
 *
 * @param folder holds {@code out}
 */
record SampleRuns(Path folder) {

    static final List<String> CLASSES = List.of("normal", "pneumonia");

    static RunIdentity identity(String seed, String... inputs) {
        Map<String, String> checksums = new LinkedHashMap<>();
        for (String input : inputs) {
            checksums.put(input, "sha-" + input);
        }
        Map<String, String> keys = new LinkedHashMap<>(Map.of("output", "/somewhere"));
        keys.put("seed", seed);
        return new RunIdentity("Classify Image...", keys, List.of(new RunIdentity.Model("m", "0123456789", "")), checksums);
    }

    static Classification row(ItemKey item, double pneumonia) {
        String label = pneumonia >= 0.5 ? "pneumonia" : "normal";
        return new Classification(item, List.of(label), Math.max(pneumonia, 1 - pneumonia), List.of(1 - pneumonia, pneumonia), null, null);
    }

    static Classification row(String image, double pneumonia) {
        return row(ItemKey.of(image), pneumonia);
    }

    ResultRun open(RunIdentity identity) {
        return ResultRun.open(folder.resolve("out"), null, identity, CLASSES);
    }

    String text(String name) throws IOException {
        return Files.readString(folder.resolve("out").resolve(name));
    }

    JsonObject ledger() throws IOException {
        return JsonParser.parseString(text("run.json")).getAsJsonObject();
    }

    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
