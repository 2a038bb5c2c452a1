package io.github.lesionj.door;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.lesionj.core.Csv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a result folder as a user's script would. */
public final class ResultFiles {

    private ResultFiles() {
    }

    /** Rows of {@code results.csv} by column. */
    public static List<Map<String, String>> rows(Path output) {
        return table(output.resolve("results.csv"));
    }

    /** Rows of {@code failures.csv} by column. */
    public static List<Map<String, String>> failures(Path output) {
        return table(output.resolve("failures.csv"));
    }

    private static List<Map<String, String>> table(Path file) {
        List<List<String>> records = Csv.read(file);
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> record : records.subList(1, records.size())) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < record.size(); i++) {
                row.put(records.get(0).get(i), record.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    public static JsonObject ledger(Path output) {
        return json(output.resolve("run.json"));
    }

    /** A file that holds an object. */
    public static JsonObject json(Path file) {
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code status planned/reused/predicted/failed}. */
    public static String counts(Path output) {
        JsonObject ledger = ledger(output);
        return ledger.get("status").getAsString() + " " + ledger.get("planned").getAsInt() + "/" + ledger.get("reused").getAsInt()
            + "/" + ledger.get("predicted").getAsInt() + "/" + ledger.get("failed").getAsInt();
    }

    /** Files under the folder that a run should not leave: temporary ones, locks, journals. */
    public static List<String> leftovers(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".") && !file.equals(folder))
                .map(Path::toString).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
