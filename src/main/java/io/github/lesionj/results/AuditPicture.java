package io.github.lesionj.results;

import io.github.lesionj.evaluation.detection.AuditedBox;
import io.github.lesionj.evaluation.detection.Verdict;
import io.github.lesionj.geometry.Box;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code audit/PATH.png}: the image with hits, misses and false alarms, the errors with their class, and below it how many of each
 * there are. The image's top left corner is the picture's; its size is {@link Thumbnail}'s.
 */
public final class AuditPicture {

    /** Where they lie in a result folder. */
    public static final String FOLDER = "audit";

    private static final Color HALO = new Color(0, 0, 0, 120);
    private static final Color INK = new Color(16, 16, 20);
    private static final int SMALLEST = 6;
    private static final float PX_PER_UNIT = 640;

    private final Graphics2D graphics;
    private final Thumbnail thumbnail;
    private final Lettering lettering;
    private final List<String> classNames;
    private final float unit;
    private final int size;
    private final List<Rectangle> written = new ArrayList<>();

    private AuditPicture(Graphics2D graphics, Thumbnail thumbnail, Lettering lettering, List<String> classNames) {
        this.graphics = graphics;
        this.thumbnail = thumbnail;
        this.lettering = lettering;
        this.classNames = classNames;
        this.unit = Math.max(1, Math.round(thumbnail.picture().getWidth() / PX_PER_UNIT));
        this.size = LegendStrip.letters(thumbnail.picture().getWidth()) * 3 / 4;
    }

    /**
     * Draws and writes the picture.
     *
     * @param file      ends with {@code .png}
     * @param thumbnail of the whole image
     */
    public static void write(Path file, Thumbnail thumbnail, AuditedItem item, List<String> classNames) {
        PngFile.write(file, paint(thumbnail, item, classNames));
    }

    /** Draws the picture; the thumbnail is not changed. */
    public static BufferedImage paint(Thumbnail thumbnail, AuditedItem item, List<String> classNames) {
        Lettering lettering = Lettering.best();
        AuditStrip strip = new AuditStrip(item, lettering, thumbnail.picture().getWidth());
        BufferedImage picture = strip.extended(thumbnail.picture());
        Graphics2D graphics = picture.createGraphics();
        graphics.clipRect(0, 0, thumbnail.picture().getWidth(), thumbnail.picture().getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        new AuditPicture(graphics, thumbnail, lettering, classNames).draw(item.image().boxes());
        graphics.dispose();
        return picture;
    }

    // Errors on top, and their classes over all lines.
    private void draw(List<AuditedBox> boxes) {
        for (int i = boxes.size() - 1; i >= 0; i--) {
            drawBox(shown(boxes.get(i).box()), AuditStyle.of(boxes.get(i).verdict()));
        }
        boxes.stream().filter(box -> box.verdict() == Verdict.MISS || box.verdict() == Verdict.FALSE_ALARM).forEach(this::name);
    }

    private Rectangle2D.Double shown(Box box) {
        double width = Math.max(SMALLEST, box.width() * thumbnail.scaleX());
        double height = Math.max(SMALLEST, box.height() * thumbnail.scaleY());
        double x = (box.x0() + box.x1()) / 2 * thumbnail.scaleX() - width / 2;
        double y = (box.y0() + box.y1()) / 2 * thumbnail.scaleY() - height / 2;
        return new Rectangle2D.Double(x, y, width, height);
    }

    /** The line lies within the box, so that edges at the image's border are seen. */
    private void drawBox(Rectangle2D.Double box, AuditStyle style) {
        float width = unit * style.width();
        Rectangle2D.Double line = new Rectangle2D.Double(box.x + width / 2, box.y + width / 2, box.width - width, box.height - width);
        graphics.setColor(HALO);
        graphics.setStroke(new BasicStroke(width + unit));
        graphics.draw(line);
        graphics.setColor(style.color());
        graphics.setStroke(style.stroke(unit));
        graphics.draw(line);
    }

    /** Class, and score where it has one, above the box or inside its corner, where nothing is written yet. */
    private void name(AuditedBox box) {
        String text = classNames.get(box.label()) + (Double.isNaN(box.score()) ? "" : " " + Numbers.brief(box.score()));
        Rectangle2D.Double line = shown(box.box());
        int width = (int) Math.ceil(lettering.width(text, size, true)) + size / 2;
        int height = size * 4 / 3;
        for (double top : new double[] {line.y - height, line.y, line.y + line.height}) {
            Rectangle place = new Rectangle((int) Math.max(0, Math.min(line.x, thumbnail.picture().getWidth() - width)), (int) top, width, height);
            boolean inside = place.y >= 0 && place.y + height <= thumbnail.picture().getHeight();
            if (inside && written.stream().noneMatch(place::intersects)) {
                written.add(place);
                graphics.setColor(AuditStyle.of(box.verdict()).color());
                graphics.fill(place);
                graphics.setColor(INK);
                lettering.draw(graphics, text, place.x + size / 4.0, place.y + height - size * 0.35, size, true);
                return;
            }
        }
    }
}
