package io.github.lesionj.results;

import ij.gui.ImageRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Legend} as overlay elements on the image itself: a small panel in the corner where the map is weakest, sized by
 * the image, so that it reads at the zoom at which the image fills the window.
 */
final class ImageLegend {

    private static final Color GROUND = new Color(0, 0, 0, 150);
    private static final int LINES_PER_IMAGE = 26;
    private static final int LONGEST_BAR = 12;
    private static final int PROBES = 8;

    private final Legend legend;
    private final Explanation.Extent extent;
    private final Lettering lettering;
    private final int size;
    private final int width;
    private final int height;

    private ImageLegend(Legend legend, Explanation.Extent extent) {
        this.legend = legend;
        this.extent = extent;
        this.lettering = Lettering.best();
        this.size = Math.max(1, Math.min(extent.width(), extent.height()) / LINES_PER_IMAGE);
        this.width = (int) Math.ceil(Math.max(LONGEST_BAR * size, width(legend.title())) + size);
        this.height = (int) Math.ceil(4.5 * size);
    }

    static List<Roi> elements(Legend legend, HeatMap map) {
        ImageLegend panel = new ImageLegend(legend, map.explanation().extent());
        boolean fits = panel.width <= panel.extent.width() && panel.height <= panel.extent.height();
        return fits ? panel.draw(map) : List.of();
    }

    // Fonts are measured at a size where rounding does not matter.
    private double width(String text) {
        return lettering.hasFonts() ? lettering.width(text, 100, false) * size / 100 : PixelFont.width(text, size * 0.7);
    }

    private List<Roi> draw(HeatMap map) {
        int[] corner = weakestCorner(map);
        int x = corner[0];
        int y = corner[1];
        List<Roi> elements = new ArrayList<>();
        Roi panel = new Roi(x, y, width, height);
        panel.setFillColor(GROUND);
        elements.add(panel);
        double left = x + size / 2.0;
        int barTop = y + (int) Math.round(size * 1.75);
        double baseline = barTop + size * 2.1;
        elements.add(text(legend.title(), left, y + size * 1.25));
        elements.add(bar((int) left, barTop));
        elements.add(text("0", left, baseline));
        String maximum = Numbers.brief(legend.maximum());
        elements.add(text(maximum, left + LONGEST_BAR * size - width(maximum), baseline));
        return elements;
    }

    private Roi text(String text, double x, double baseline) {
        Roi roi;
        if (lettering.hasFonts()) {
            roi = new TextRoi(x, baseline - size, text, new Font(Font.SANS_SERIF, Font.PLAIN, size));
            ((TextRoi) roi).setAntialiased(true);
            roi.setStrokeColor(Color.WHITE);
        } else {
            roi = new ShapeRoi(PixelFont.shape(text, x, baseline, size * 0.7));
            roi.setFillColor(Color.WHITE);
        }
        return roi;
    }

    private Roi bar(int x, int y) {
        int length = LONGEST_BAR * size;
        BufferedImage colors = new BufferedImage(length, Math.max(1, size), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < length; i++) {
            for (int j = 0; j < colors.getHeight(); j++) {
                colors.setRGB(i, j, color(i / (length - 1.0)));
            }
        }
        return new ImageRoi(x, y, colors);
    }

    // Grey where the map is not drawn.
    private int color(double share) {
        return legend.maximum() > 0 && share >= HeatColors.HIDDEN_BELOW ? HeatColors.rgb(share) : 0x808080;
    }

    private int[] weakestCorner(HeatMap map) {
        int[] best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (int y : new int[] {extent.y(), extent.y() + extent.height() - height}) {
            for (int x : new int[] {extent.x(), extent.x() + extent.width() - width}) {
                double strength = strength(map, x, y);
                if (strength < lowest) {
                    lowest = strength;
                    best = new int[] {x, y};
                }
            }
        }
        return best;
    }

    // What was not seen is the best place of all.
    private double strength(HeatMap map, int x, int y) {
        double strongest = -Double.MAX_VALUE;
        for (int j = 0; j < PROBES; j++) {
            for (int i = 0; i < PROBES; i++) {
                double px = x + (i + 0.5) / PROBES * width;
                double py = y + (j + 0.5) / PROBES * height;
                strongest = map.seen(px, py) ? Math.max(strongest, map.valueAt(px, py)) : strongest;
            }
        }
        return strongest;
    }
}
