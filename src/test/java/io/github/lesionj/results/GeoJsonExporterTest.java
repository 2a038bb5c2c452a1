package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.lesionj.results.Region.Vertex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.plugin.PluginService;

class GeoJsonExporterTest {

    private static List<Vertex> square(double x, double y, double side) {
        return List.of(new Vertex(x, y), new Vertex(x + side, y), new Vertex(x + side, y + side), new Vertex(x, y + side));
    }

    private static JsonObject feature(Path folder, List<List<Vertex>> rings) throws IOException {
        Region region = new Region("lesion 0.90 attention>=0.50", "lesion", 0.9, 0.5, rings);
        new GeoJsonExporter().export(new ResultSet(RunStatus.DONE, new RunIdentity("c", Map.of(), List.of(), Map.of()),
            List.of("lesion"), List.of(), List.of(), Map.of(ItemKey.of("a/b.png"), List.of(region))), folder);
        JsonObject json = JsonParser.parseString(Files.readString(folder.resolve("geojson/a/b.png.geojson"))).getAsJsonObject();
        assertEquals("FeatureCollection", json.get("type").getAsString());
        return json.getAsJsonArray("features").get(0).getAsJsonObject();
    }

    @Test
    void onePartIsAPolygon(@TempDir Path folder) throws IOException {
        JsonObject feature = feature(folder, List.of(square(1, 2, 3)));
        assertEquals("Polygon", feature.getAsJsonObject("geometry").get("type").getAsString());
        assertEquals("[[[1.0,2.0],[4.0,2.0],[4.0,5.0],[1.0,5.0],[1.0,2.0]]]",
            feature.getAsJsonObject("geometry").get("coordinates").toString());
        assertEquals("annotation", feature.getAsJsonObject("properties").get("objectType").getAsString());
        assertEquals("lesion", feature.getAsJsonObject("properties").getAsJsonObject("classification").get("name").getAsString());
    }

    @Test
    void aHoleBelongsToItsPartAndAnIslandInItIsAPart(@TempDir Path folder) throws IOException {
        JsonObject feature = feature(folder, List.of(square(0, 0, 100), square(200, 0, 10), square(10, 10, 50), square(20, 20, 5)));
        JsonArray parts = feature.getAsJsonObject("geometry").getAsJsonArray("coordinates");
        assertEquals("MultiPolygon", feature.getAsJsonObject("geometry").get("type").getAsString());
        assertEquals(3, parts.size());
        assertEquals(2, parts.get(0).getAsJsonArray().size());
        assertEquals("[10.0,10.0]", parts.get(0).getAsJsonArray().get(1).getAsJsonArray().get(0).toString());
        assertEquals(1, parts.get(1).getAsJsonArray().size());
        assertEquals(1, parts.get(2).getAsJsonArray().size());
    }

    @Test
    void isFoundByAnnotation() {
        try (Context context = new Context(PluginService.class)) {
            assertTrue(context.service(PluginService.class).getPluginsOfType(ResultExporter.class).stream()
                .anyMatch(plugin -> plugin.getName().equals("geojson")));
        }
    }
}
