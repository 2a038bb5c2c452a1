package io.github.lesionj.results;

import io.github.lesionj.image.Placement;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@link Explanation} laid over its image: bilinear between the centres of the network's cells, constant beyond the
 * outermost centres, cut off where the image ends (padding) and not defined where the network did not look (crop).
 */
public final class HeatMap {

    private static final double LEAST_ATTENTION_TOP = 0.2;

    private final Explanation explanation;
    private final double left;
    private final double top;
    private final double right;
    private final double bottom;

    public HeatMap(Explanation explanation) {
        this.explanation = explanation;
        Placement view = explanation.placement();
        Explanation.Extent extent = explanation.extent();
        left = Math.max(view.x0(), extent.x());
        top = Math.max(view.y0(), extent.y());
        right = Math.min(view.x0() + view.width(), (double) extent.x() + extent.width());
        bottom = Math.min(view.y0() + view.height(), (double) extent.y() + extent.height());
        if (!(left < right && top < bottom)) {
            throw new IllegalArgumentException("the network's view " + view + " does not touch the image part " + extent);
        }
    }

    public Explanation explanation() {
        return explanation;
    }

    /** Left edge of what was seen, in px of the whole image. */
    public double left() {
        return left;
    }

    public double top() {
        return top;
    }

    public double right() {
        return right;
    }

    public double bottom() {
        return bottom;
    }

    /** Whether the network saw a point of the image. */
    public boolean seen(double x, double y) {
        return x >= left && x <= right && y >= top && y <= bottom;
    }

    /** Whether the network saw the whole item. */
    public boolean allSeen() {
        Explanation.Extent extent = explanation.extent();
        double tolerance = 1e-6;
        return left <= extent.x() + tolerance && top <= extent.y() + tolerance
            && right >= extent.x() + extent.width() - tolerance && bottom >= extent.y() + extent.height() - tolerance;
    }

    /**
     * Value of the map at a point of the image.
     *
     * @param x px of the whole image, 0 = left edge of the first pixel
     * @param y likewise from the top
     */
    public double valueAt(double x, double y) {
        double column = clamp(cell(x, explanation.placement().x0(), explanation.placement().width(), explanation.columns()),
            explanation.columns());
        double row = clamp(cell(y, explanation.placement().y0(), explanation.placement().height(), explanation.rows()),
            explanation.rows());
        int i = Math.min((int) column, Math.max(0, explanation.columns() - 2));
        int j = Math.min((int) row, Math.max(0, explanation.rows() - 2));
        double u = column - i;
        double v = row - j;
        return (1 - v) * ((1 - u) * at(i, j) + u * at(i + 1, j)) + v * ((1 - u) * at(i, j + 1) + u * at(i + 1, j + 1));
    }

    private double at(int column, int row) {
        int i = Math.min(column, explanation.columns() - 1);
        int j = Math.min(row, explanation.rows() - 1);
        return explanation.values()[j * explanation.columns() + i];
    }

    // A cell's centre is at a whole number.
    private static double cell(double position, double origin, double length, int cells) {
        return (position - origin) / length * cells - 0.5;
    }

    private static double clamp(double cell, int cells) {
        return Math.max(0, Math.min(cell, cells - 1.0));
    }

    /**
     * The strongest point of the map on the image.
     *
     * @param x     px of the whole image, 0 = left edge of the first pixel
     * @param y     likewise from the top
     * @param value of the map there
     */
    public record Peak(double x, double y, double value) {
    }

    /**
     * Value that the strongest colour stands for: that of the peak; 0 where the map is nowhere above 0. Attention has a scale
     * of its own, 0..1, so its colours end at 0.2 at least: a network that looked nowhere must not seem to look somewhere.
     */
    public double strongest() {
        double peak = Math.max(0, peak().value());
        return explanation.kind() == Explanation.Kind.ATTENTION && peak > 0 ? Math.max(LEAST_ATTENTION_TOP, peak) : peak;
    }

    /**
     * The strongest point within what was seen of the image. A bilinear map is strongest at a cell's centre or where the
     * image cuts it. Of several equal ones (a saturated attention) the one nearest to their common centre, then the
     * uppermost, then the leftmost.
     */
    public Peak peak() {
        List<Peak> tied = new ArrayList<>();
        for (double y : turningPoints(top, bottom, explanation.placement().y0(), explanation.placement().height(), explanation.rows())) {
            for (double x : turningPoints(left, right, explanation.placement().x0(), explanation.placement().width(), explanation.columns())) {
                Peak candidate = new Peak(x, y, valueAt(x, y));
                if (!tied.isEmpty() && candidate.value() > tied.get(0).value()) {
                    tied.clear();
                }
                if (tied.isEmpty() || candidate.value() == tied.get(0).value()) {
                    tied.add(candidate);
                }
            }
        }
        return nearestToCentre(tied);
    }

    private static Peak nearestToCentre(List<Peak> tied) {
        double x = tied.stream().mapToDouble(Peak::x).average().orElseThrow();
        double y = tied.stream().mapToDouble(Peak::y).average().orElseThrow();
        Peak nearest = tied.get(0);
        for (Peak peak : tied) {
            if (Math.hypot(peak.x() - x, peak.y() - y) < Math.hypot(nearest.x() - x, nearest.y() - y) - 1e-9) {
                nearest = peak;
            }
        }
        return nearest;
    }

    // Centres of cells within [low, high], and an end of the interval where the map still changes there.
    private static List<Double> turningPoints(double low, double high, double origin, double length, int cells) {
        List<Double> points = new ArrayList<>();
        if (origin + 0.5 / cells * length < low) {
            points.add(low);
        }
        for (int i = 0; i < cells; i++) {
            double centre = origin + (i + 0.5) / cells * length;
            if (centre >= low && centre <= high) {
                points.add(centre);
            }
        }
        if (origin + (cells - 0.5) / cells * length > high) {
            points.add(high);
        }
        return points;
    }
}
