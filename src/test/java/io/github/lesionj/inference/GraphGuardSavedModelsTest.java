package io.github.lesionj.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.lesionj.core.Csv;
import io.github.lesionj.runtime.SavedModelReport;
import io.github.lesionj.runtime.SavedModelReport.TensorInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Models that others made, TensorFlow 1.9 to 2.14: the guard lets them all pass and reads their signatures as listed. */
class GraphGuardSavedModelsTest {

    private static final Path FOLDER = Path.of(System.getProperty("lesionj.shared", "../shared"), "data", "savedmodels");

    @Test
    void allElevenPassWithTheirSignatures() {
        assumeTrue(Files.isDirectory(FOLDER), "no shared data here");
        List<List<String>> rows = Csv.read(FOLDER.resolve("index.csv"));
        int name = rows.get(0).indexOf("name");
        int signatures = rows.get(0).indexOf("signatures");
        for (List<String> row : rows.subList(1, rows.size())) {
            JsonObject expected = new Gson().fromJson(row.get(signatures), JsonObject.class);
            assertEquals(signatures(expected), GraphGuard.inspect(FOLDER.resolve(row.get(name))).signatures(), row.get(name));
        }
        assertEquals(12, rows.size());
    }

    private static Map<String, SavedModelReport.Signature> signatures(JsonObject json) {
        Map<String, SavedModelReport.Signature> signatures = new TreeMap<>();
        for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
            JsonObject signature = entry.getValue().getAsJsonObject();
            signatures.put(entry.getKey(), new SavedModelReport.Signature(
                tensors(signature.getAsJsonObject("inputs")), tensors(signature.getAsJsonObject("outputs"))));
        }
        return signatures;
    }

    private static Map<String, TensorInfo> tensors(JsonObject json) {
        Map<String, TensorInfo> tensors = new TreeMap<>();
        for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
            JsonArray info = entry.getValue().getAsJsonArray();
            List<Long> shape = info.get(2).isJsonArray() ? StreamSupport.stream(info.get(2).getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsLong).toList() : null;
            tensors.put(entry.getKey(), new TensorInfo(info.get(1).getAsString(), shape));
        }
        return tensors;
    }
}
