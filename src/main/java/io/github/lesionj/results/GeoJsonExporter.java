package io.github.lesionj.results;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.results.Region.Vertex;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scijava.plugin.Plugin;

/**
 * {@code geojson/PATH.geojson}: regions as a FeatureCollection (RFC 7946 geometry, but in px of the whole image, y
 * downwards, as QuPath reads it), each an annotation with its class and measurements.
 */
@Plugin(type = ResultExporter.class, name = "geojson")
public final class GeoJsonExporter implements ResultExporter {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    @Override
    public void export(ResultSet results, Path folder) {
        ResultFolder files = new ResultFolder(folder);
        results.regions().forEach((item, regions) -> write(files, item, regions, results.classNames()));
    }

    static void write(ResultFolder files, ItemKey item, List<Region> regions, List<String> classNames) {
        WholeFile.write(files.file("geojson", item, ".geojson"), GSON.toJson(collection(regions, classNames)) + "\n");
    }

    private static Map<String, Object> collection(List<Region> regions, List<String> classNames) {
        Map<String, Object> collection = new LinkedHashMap<>();
        collection.put("type", "FeatureCollection");
        collection.put("features", regions.stream().map(region -> feature(region, classNames)).toList());
        return collection;
    }

    private static Map<String, Object> feature(Region region, List<String> classNames) {
        Color color = ClassColors.of(classNames, region.className());
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("objectType", "annotation");
        properties.put("name", region.name());
        properties.put("classification", Map.of("name", region.className(),
            "color", List.of(color.getRed(), color.getGreen(), color.getBlue())));
        properties.put("measurements", Double.isNaN(region.level()) ? Map.of("probability", region.probability())
            : Map.of("probability", region.probability(), "level", region.level()));
        Map<String, Object> feature = new LinkedHashMap<>();
        feature.put("type", "Feature");
        feature.put("geometry", geometry(region));
        feature.put("properties", properties);
        return feature;
    }

    private static Map<String, Object> geometry(Region region) {
        List<List<List<List<Double>>>> polygons = new ArrayList<>();
        List<List<Vertex>> outer = region.rings().stream().filter(ring -> nesting(ring, region) % 2 == 0).toList();
        for (List<Vertex> ring : outer) {
            List<List<List<Double>>> polygon = new ArrayList<>(List.of(positions(ring)));
            int depth = nesting(ring, region);
            region.rings().stream().filter(hole -> nesting(hole, region) == depth + 1 && inside(hole.get(0), ring))
                .forEach(hole -> polygon.add(positions(hole)));
            polygons.add(polygon);
        }
        Map<String, Object> geometry = new LinkedHashMap<>();
        geometry.put("type", polygons.size() == 1 ? "Polygon" : "MultiPolygon");
        geometry.put("coordinates", polygons.size() == 1 ? polygons.get(0) : polygons);
        return geometry;
    }

    // Within how many other rings it lies: even = an outer line, odd = a hole.
    private static int nesting(List<Vertex> ring, Region region) {
        return (int) region.rings().stream().filter(other -> other != ring && inside(ring.get(0), other)).count();
    }

    private static boolean inside(Vertex point, List<Vertex> ring) {
        Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        path.moveTo(ring.get(0).x(), ring.get(0).y());
        ring.forEach(vertex -> path.lineTo(vertex.x(), vertex.y()));
        path.closePath();
        return path.contains(point.x(), point.y());
    }

    // GeoJSON wants the first position again at the end.
    private static List<List<Double>> positions(List<Vertex> ring) {
        List<List<Double>> positions = new ArrayList<>();
        ring.forEach(vertex -> positions.add(List.of(round(vertex.x()), round(vertex.y()))));
        positions.add(positions.get(0));
        return positions;
    }

    private static double round(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}
