package io.github.lesionj.results;

import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.process.FloatPolygon;
import io.github.lesionj.image.RoiMark;
import io.github.lesionj.results.Region.Vertex;
import java.awt.Color;
import java.awt.geom.GeneralPath;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Between {@link Region} and ImageJ's ROIs, which carry what a region knows as properties. */
public final class Regions {

    /** Px by which a line may pass beside a curve. */
    private static final double FLATNESS = 0.1;
    private static final String LEVEL = "lesionj_level";

    private Regions() {
    }

    /**
     * A region as a ROI with sub-pixel corners: a polygon, or a composite where it has holes or several parts.
     *
     * @param color of its line
     */
    public static Roi toRoi(Region region, Color color) {
        Roi roi = region.rings().size() == 1 ? polygon(region.rings().get(0)) : composite(region.rings());
        roi.setName(region.name());
        roi.setStrokeColor(color);
        RoiMark.set(roi, RoiMark.OUTLINE);
        RoiMark.setText(roi, RoiMark.CLASS, region.className());
        roi.setProperty(RoiMark.PROBABILITY, Double.toString(region.probability()));
        roi.setProperty(LEVEL, Double.toString(region.level()));
        return roi;
    }

    /**
     * Ties a ROI to an item's plane; does nothing for an item that is no plane.
     *
     * @param hyperstack whether the image is one; the only axis of a plain stack is its slices
     */
    public static void place(Roi roi, ItemKey item, boolean hyperstack) {
        if (hyperstack && item.hasPosition()) {
            roi.setPosition(item.c(), item.z(), item.t());
        } else if (item.hasPosition()) {
            roi.setPosition(Math.max(item.c(), Math.max(item.z(), item.t())));
        }
    }

    private static Roi polygon(List<Vertex> ring) {
        float[] xs = new float[ring.size()];
        float[] ys = new float[ring.size()];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = (float) ring.get(i).x();
            ys[i] = (float) ring.get(i).y();
        }
        return new PolygonRoi(new FloatPolygon(xs, ys), Roi.POLYGON);
    }

    private static Roi composite(List<List<Vertex>> rings) {
        GeneralPath path = new GeneralPath(PathIterator.WIND_EVEN_ODD);
        for (List<Vertex> ring : rings) {
            path.moveTo(ring.get(0).x(), ring.get(0).y());
            ring.subList(1, ring.size()).forEach(vertex -> path.lineTo(vertex.x(), vertex.y()));
            path.closePath();
        }
        return new ShapeRoi(path);
    }

    /** A ROI of ours as a region; empty for a ROI that is not ours. */
    public static Optional<Region> of(Roi roi) {
        if (!RoiMark.isOurs(roi, RoiMark.OUTLINE)) {
            return Optional.empty();
        }
        return Optional.of(new Region(roi.getName(), RoiMark.text(roi, RoiMark.CLASS), Double.parseDouble(roi.getProperty(RoiMark.PROBABILITY)),
            Double.parseDouble(roi.getProperty(LEVEL)), rings(roi)));
    }

    /** A ROI that {@link ObjectLabels} has labelled, as a region without a level. */
    static Region ofObject(Roi roi) {
        return new Region(roi.getName(), RoiMark.text(roi, RoiMark.CLASS), Double.parseDouble(roi.getProperty(RoiMark.PROBABILITY)), Double.NaN, rings(roi));
    }

    private static List<List<Vertex>> rings(Roi roi) {
        if (!(roi instanceof ShapeRoi shape)) {
            FloatPolygon polygon = roi.getFloatPolygon();
            List<Vertex> ring = new ArrayList<>();
            for (int i = 0; i < polygon.npoints; i++) {
                ring.add(new Vertex(polygon.xpoints[i], polygon.ypoints[i]));
            }
            return List.of(ring);
        }
        return rings(shape);
    }

    // The shape of a composite is relative to its bounds.
    private static List<List<Vertex>> rings(ShapeRoi roi) {
        List<List<Vertex>> rings = new ArrayList<>();
        double[] point = new double[6];
        double x = roi.getXBase();
        double y = roi.getYBase();
        for (PathIterator path = roi.getShape().getPathIterator(null, FLATNESS); !path.isDone(); path.next()) {
            int segment = path.currentSegment(point);
            if (segment == PathIterator.SEG_MOVETO) {
                rings.add(new ArrayList<>());
            }
            if (segment == PathIterator.SEG_MOVETO || segment == PathIterator.SEG_LINETO) {
                rings.get(rings.size() - 1).add(new Vertex(point[0] + x, point[1] + y));
            }
        }
        return rings.stream().filter(ring -> ring.size() > 2).toList();
    }
}
