package io.github.lesionj.results;

import io.github.lesionj.results.Region.Vertex;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code overlays/PATH.png}: the image with its heat map, the outline, and a legend below. The image's top left corner is
 * the picture's; its size is {@link Thumbnail}'s. What the network did not see is darkened and hatched.
 */
public final class OverlayPicture {

    private static final double DARKEN = 0.45;
    private static final int HATCH_DISTANCE = 14;
    private static final int HATCH_WIDTH = 2;
    private static final int HATCH_COLOR = 0x909090;
    private static final Color HALO = new Color(0, 0, 0, 150);

    private OverlayPicture() {
    }

    /**
     * Draws and writes the picture.
     *
     * @param file      ends with {@code .png}
     * @param thumbnail of the part of the image that was classified
     */
    public static void write(Path file, Thumbnail thumbnail, Classification row, HeatMap map, List<Region> regions, Color color) {
        BufferedImage picture = paint(thumbnail, row, map, regions, color);
        PngFile.write(file, picture);
    }

    /**
     * Draws the picture.
     *
     * @param thumbnail of the part of the image that was classified; not changed
     * @param row       label and probability for the legend
     * @param map       laid over it
     * @param regions   outlines, px of the whole image
     * @param color     of the outlines
     */
    public static BufferedImage paint(Thumbnail thumbnail, Classification row, HeatMap map, List<Region> regions, Color color) {
        Legend legend = Legend.of(row, map, regions, color);
        BufferedImage picture = LegendStrip.extended(thumbnail.picture(), legend);
        paintHeat(picture, thumbnail, map, legend.maximum());
        Graphics2D graphics = picture.createGraphics();
        graphics.clipRect(0, 0, thumbnail.picture().getWidth(), thumbnail.picture().getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        regions.forEach(region -> drawOutline(graphics, path(region, thumbnail, map.explanation().extent()), color));
        graphics.dispose();
        return picture;
    }

    private static void paintHeat(BufferedImage picture, Thumbnail thumbnail, HeatMap map, double maximum) {
        Explanation.Extent extent = map.explanation().extent();
        int width = thumbnail.picture().getWidth();
        int[] line = new int[width];
        for (int y = 0; y < thumbnail.picture().getHeight(); y++) {
            picture.getRGB(0, y, width, 1, line, 0, width);
            double imageY = extent.y() + (y + 0.5) / thumbnail.scaleY();
            for (int x = 0; x < width; x++) {
                double imageX = extent.x() + (x + 0.5) / thumbnail.scaleX();
                if (!map.seen(imageX, imageY)) {
                    line[x] = hatched(line[x], x, y);
                } else if (maximum > 0) {
                    line[x] = HeatColors.over(line[x], map.valueAt(imageX, imageY) / maximum);
                }
            }
            picture.setRGB(0, y, width, 1, line, 0, width);
        }
    }

    private static int hatched(int pixel, int x, int y) {
        return (x + y) % HATCH_DISTANCE < HATCH_WIDTH ? HATCH_COLOR : HeatColors.blend(pixel, 0, DARKEN);
    }

    private static Path2D path(Region region, Thumbnail thumbnail, Explanation.Extent extent) {
        Path2D path = new Path2D.Double();
        for (List<Vertex> ring : region.rings()) {
            for (int i = 0; i < ring.size(); i++) {
                double x = (ring.get(i).x() - extent.x()) * thumbnail.scaleX();
                double y = (ring.get(i).y() - extent.y()) * thumbnail.scaleY();
                if (i == 0) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
            }
            path.closePath();
        }
        return path;
    }

    private static void drawOutline(Graphics2D graphics, Path2D path, Color color) {
        float width = Math.max(2f, graphics.getClipBounds().width / 400f);
        graphics.setStroke(new BasicStroke(2 * width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.setColor(HALO);
        graphics.draw(path);
        graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.setColor(color);
        graphics.draw(path);
    }
}
