package io.github.lesionj.results;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.results.Region.Vertex;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The outline of what a map points at: the line of half its maximum within what was seen of the image, on the map
 * interpolated bilinearly, in sub-pixel coordinates of the whole image.
 *
 * <p>The level is a share of the maximum and not a fixed number because the scale of a class activation map is the
 * model's own; the number itself stands in the region's name. A map that is almost flat gives a region that is almost the
 * whole view, which is the truth about it. A map without a value above 0 points at nothing, nor does an attention that
 * stays below that share of {@link HeatMap#strongest}.
 */
public final class AttentionRegions {

    /** Level of the outline as a share of the map's maximum. */
    public static final double SHARE = 0.5;

    private static final int SAMPLES_PER_CELL = 16;
    private static final int FEWEST_SAMPLES = 32;
    private static final int MOST_SAMPLES = 256;

    private AttentionRegions() {
    }

    /** The outline at {@link #SHARE}; empty where the map points at nothing. */
    public static Optional<Region> outline(HeatMap map) {
        return outline(map, SHARE);
    }

    /**
     * The outline at a share of the maximum.
     *
     * @param share in 0..1, without 0
     */
    public static Optional<Region> outline(HeatMap map, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new LesionJException("The level of an outline is a share of the map's maximum, above 0 and up to 1, not " + share + ".");
        }
        double level = share * map.strongest();
        if (!(level > 0)) {
            return Optional.empty();
        }
        List<List<Vertex>> rings = ContourTracer.trace(map::valueAt, samples(map.left(), map.right(), map.explanation().columns()),
            samples(map.top(), map.bottom(), map.explanation().rows()), level);
        return rings.isEmpty() ? Optional.empty() : Optional.of(region(map.explanation(), level, rings));
    }

    private static Region region(Explanation explanation, double level, List<List<Vertex>> rings) {
        String name = String.format(Locale.ROOT, "%s %.2f %s>=%s", explanation.className(), explanation.probability(),
            explanation.kind().key(), Numbers.brief(level));
        return new Region(name, explanation.className(), explanation.probability(), level, rings);
    }

    private static double[] samples(double low, double high, int cells) {
        int count = Math.max(FEWEST_SAMPLES, Math.min(MOST_SAMPLES, cells * SAMPLES_PER_CELL)) + 1;
        double[] positions = new double[count];
        for (int i = 0; i < count; i++) {
            positions[i] = low + (high - low) * i / (count - 1);
        }
        return positions;
    }
}
