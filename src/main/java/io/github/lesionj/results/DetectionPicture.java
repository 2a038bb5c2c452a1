package io.github.lesionj.results;

import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * {@code overlays/PATH.png}: the image with its boxes in the colours of their classes, scores where they fit, and below it how many
 * of each class there are. The image's top left corner is the picture's; its size is {@link Thumbnail}'s. A box that would be too
 * small to be seen is drawn {@value #SMALLEST} px wide about its middle.
 */
public final class DetectionPicture {

    private static final int SMALLEST = 6;
    /** Edges beyond which lines get thicker. */
    private static final int WIDE = 48;
    private static final Color HALO = new Color(0, 0, 0, 150);
    private static final Color INK = new Color(16, 16, 20);
    private static final double LETTERS_PER_WIDTH = 1.0 / 80;
    private static final int SMALLEST_LETTERS = 11;
    private static final int LARGEST_LETTERS = 18;

    private final Graphics2D graphics;
    private final Thumbnail thumbnail;
    private final Lettering lettering;
    private final int size;
    /** Cells of the picture, as high as letters and half as wide, on which a score stands. */
    private final BitSet written = new BitSet();
    private final int cellsPerRow;

    private DetectionPicture(Graphics2D graphics, Thumbnail thumbnail, Lettering lettering) {
        this.graphics = graphics;
        this.thumbnail = thumbnail;
        this.lettering = lettering;
        int width = thumbnail.picture().getWidth();
        this.size = (int) Math.max(SMALLEST_LETTERS, Math.min(LARGEST_LETTERS, width * LETTERS_PER_WIDTH));
        this.cellsPerRow = width * 2 / size + 2;
    }

    /**
     * Draws and writes the picture.
     *
     * @param file      ends with {@code .png}
     * @param thumbnail of the whole image
     */
    public static void write(Path file, Thumbnail thumbnail, Detections found) {
        PngFile.write(file, paint(thumbnail, found));
    }

    /**
     * Draws the picture.
     *
     * @param thumbnail of the whole image; not changed
     */
    public static BufferedImage paint(Thumbnail thumbnail, Detections found) {
        return paint(thumbnail, found, Lettering.best());
    }

    static BufferedImage paint(Thumbnail thumbnail, Detections found, Lettering lettering) {
        BufferedImage picture = CountStrip.extended(thumbnail.picture(), found, lettering);
        Graphics2D graphics = picture.createGraphics();
        graphics.clipRect(0, 0, thumbnail.picture().getWidth(), thumbnail.picture().getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        // Lines cover the pixels that they are meant for, and not half of the next.
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        new DetectionPicture(graphics, thumbnail, lettering).draw(found);
        graphics.dispose();
        return picture;
    }

    // The surest on top, and the first to find room for their scores.
    private void draw(Detections found) {
        List<ScoredBox> surest = found.boxes().stream().sorted(Comparator.comparingDouble(ScoredBox::score).reversed()).toList();
        for (int i = surest.size() - 1; i >= 0; i--) {
            drawBox(shown(surest.get(i).box()), ClassColors.of(surest.get(i).label()));
        }
        surest.forEach(box -> writeScore(shown(box.box()), box));
    }

    /** On whole pixels of the picture, where lines are sharp. */
    private Rectangle shown(Box box) {
        int[] x = shown(box.x0() * thumbnail.scaleX(), box.x1() * thumbnail.scaleX());
        int[] y = shown(box.y0() * thumbnail.scaleY(), box.y1() * thumbnail.scaleY());
        return new Rectangle(x[0], y[0], x[1] - x[0], y[1] - y[0]);
    }

    private static int[] shown(double near, double far) {
        int from = (int) Math.round(near);
        int to = (int) Math.round(far);
        if (to - from >= SMALLEST) {
            return new int[] {from, to};
        }
        int start = (int) Math.round((near + far - SMALLEST) / 2);
        return new int[] {start, start + SMALLEST};
    }

    private void drawBox(Rectangle shown, Color color) {
        int edge = Math.min(shown.width, shown.height);
        int width = edge < WIDE ? 1 : Math.max(2, Math.round(thumbnail.picture().getWidth() / 640f));
        // The line lies within the box, so that neighbours do not cover each other and edges at the image's border are seen.
        Rectangle2D.Double line = new Rectangle2D.Double(shown.x + width / 2.0, shown.y + width / 2.0, shown.width - width, shown.height - width);
        if (edge >= WIDE) {
            graphics.setStroke(new BasicStroke(2 * width));
            graphics.setColor(HALO);
            graphics.draw(line);
        }
        graphics.setStroke(new BasicStroke(width));
        graphics.setColor(color);
        graphics.draw(line);
    }

    /** Inside the upper left corner, or above it, where a box is wide enough and nothing is written yet. */
    private void writeScore(Rectangle shown, ScoredBox found) {
        String score = String.format(Locale.ROOT, "%.2f", found.score());
        int width = (int) Math.ceil(lettering.width(score, size, true)) + size / 3;
        int height = size * 5 / 4;
        if (shown.width < width) {
            return;
        }
        Rectangle inside = new Rectangle(shown.x, shown.y, width, height);
        Rectangle above = new Rectangle(inside.x, inside.y - height, width, height);
        Rectangle place = shown.height > 2 * height ? inside : above;
        if (place.y < 0 || place.x < 0 || !claim(place)) {
            return;
        }
        graphics.setColor(ClassColors.of(found.label()));
        graphics.fill(place);
        graphics.setColor(INK);
        lettering.draw(graphics, score, place.x + size / 6.0, place.y + height - size * 0.3, size, true);
    }

    private boolean claim(Rectangle place) {
        int left = place.x * 2 / size;
        int right = (place.x + place.width) * 2 / size;
        int bottom = (place.y + place.height) / size;
        BitSet cells = new BitSet();
        for (int row = place.y / size; row <= bottom; row++) {
            cells.set(row * cellsPerRow + Math.min(left, cellsPerRow - 1), row * cellsPerRow + Math.min(right, cellsPerRow - 1) + 1);
        }
        if (cells.intersects(written)) {
            return false;
        }
        written.or(cells);
        return true;
    }
}
