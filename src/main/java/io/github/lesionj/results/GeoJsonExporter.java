package io.github.lesionj.results;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.dataset.GivenLabel;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.results.Region.Vertex;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scijava.plugin.Plugin;

/**
 * {@code geojson/PATH.geojson}: a FeatureCollection (RFC 7946 geometry, but in px of the whole image, y downwards, as QuPath reads
 * it). A region is an annotation, a box that a detector found a detection; each has its class and measurements.
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
        WholeFile.write(files.file("geojson", item, ".geojson"), GSON.toJson(
            collection(regions.stream().map(region -> feature(region, classNames)).toList())) + "\n");
    }

    /** An item on which nothing was found has an empty collection. */
    @Override
    public void export(DetectionSet results, Path folder) {
        ResultFolder files = new ResultFolder(folder);
        results.rows().forEach(found -> write(files, found));
    }

    static void write(ResultFolder files, Detections found) {
        WholeFile.write(files.file("geojson", found.item(), ".geojson"), out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            GSON.toJson(collection(found.boxes().stream().map(box -> feature(found, box)).toList()), writer);
            writer.append('\n').flush();
        });
    }

    private static Map<String, Object> collection(List<Map<String, Object>> features) {
        Map<String, Object> collection = new LinkedHashMap<>();
        collection.put("type", "FeatureCollection");
        collection.put("features", features);
        return collection;
    }

    private static Map<String, Object> feature(Region region, List<String> classNames) {
        Map<String, Object> properties = properties("annotation", region.name(), region.className(),
            ClassColors.of(classNames, region.className()));
        properties.put("measurements", Double.isNaN(region.level()) ? Map.of("probability", region.probability())
            : Map.of("probability", region.probability(), "level", region.level()));
        return feature(geometry(region), properties);
    }

    private static Map<String, Object> feature(Detections item, ScoredBox found) {
        String className = item.className(found);
        Map<String, Object> properties = properties("detection", GivenLabel.name(className, found.score()), className,
            ClassColors.of(found.label()));
        Map<String, Object> measurements = new LinkedHashMap<>();
        measurements.put("score", found.score());
        if (item.isCalibrated()) {
            double[] um = DetectionCsv.micrometres(item, found.box());
            measurements.put("width_um", um[2]);
            measurements.put("height_um", um[3]);
            measurements.put("area_um2", DetectionCsv.area(um));
        }
        properties.put("measurements", measurements);
        return feature(geometry(item.item(), found.box()), properties);
    }

    private static Map<String, Object> properties(String objectType, String name, String className, Color color) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("objectType", objectType);
        properties.put("name", name);
        Map<String, Object> classification = new LinkedHashMap<>();
        classification.put("name", className);
        classification.put("color", List.of(color.getRed(), color.getGreen(), color.getBlue()));
        properties.put("classification", classification);
        return properties;
    }

    private static Map<String, Object> feature(Map<String, Object> geometry, Map<String, Object> properties) {
        Map<String, Object> feature = new LinkedHashMap<>();
        feature.put("type", "Feature");
        feature.put("geometry", geometry);
        feature.put("properties", properties);
        return feature;
    }

    private static Map<String, Object> geometry(ItemKey item, Box box) {
        List<Double> first = List.of(box.x0(), box.y0());
        Map<String, Object> geometry = new LinkedHashMap<>();
        geometry.put("type", "Polygon");
        geometry.put("coordinates", List.of(List.of(first, List.of(box.x1(), box.y0()), List.of(box.x1(), box.y1()),
            List.of(box.x0(), box.y1()), first)));
        if (item.hasPosition()) {
            // QuPath's member for planes, from 0; -1 means all channels
            Map<String, Object> plane = new LinkedHashMap<>();
            plane.put("c", item.c() - 1);
            plane.put("z", Math.max(0, item.z() - 1));
            plane.put("t", Math.max(0, item.t() - 1));
            geometry.put("plane", plane);
        }
        return geometry;
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
