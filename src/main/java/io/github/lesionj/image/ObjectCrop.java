package io.github.lesionj.image;

import ij.gui.ImageRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import io.github.lesionj.core.UsageException;
import java.awt.Rectangle;

/**
 * Which part of an image stands for one object on it. The crops that a network learns from and the objects that it
 * classifies are cut by this rule alone.
 *
 * <p>The part is a square around the middle of the object's bounds. Its side is the longer edge of the bounds, and on
 * both ends {@code margin} percent of that edge more, rounded to whole pixels; an odd pixel goes to the left and top. What
 * the square has beyond the image are the image's edge pixels, repeated. What lies within it but outside of an outline is
 * kept: the surroundings of an object are part of what tells it from others.
 *
 * @param margin percent of the longer edge that is added on each side, 0 or more
 */
public record ObjectCrop(double margin) {

    /** The square for an object, in px of the whole image; it may reach beyond the image. */
    public Rectangle square(Rectangle bounds) {
        int longer = Math.max(bounds.width, bounds.height);
        int side = (int) Math.max(1, Math.min(Integer.MAX_VALUE / 4, Math.round(longer * (1 + margin / 50))));
        return new Rectangle(Math.floorDiv(2 * bounds.x + bounds.width - side, 2),
            Math.floorDiv(2 * bounds.y + bounds.height - side, 2), side, side);
    }

    /**
     * The part of an image that stands for an object; pixels are shared, not copied.
     *
     * @param bounds of the object in px of the image
     * @throws UsageException where the bounds have no area or lie outside the image
     */
    public SourceImage cut(SourceImage image, Rectangle bounds) {
        if (bounds.width < 1 || bounds.height < 1) {
            throw new UsageException("The object has no area (" + bounds.width + " x " + bounds.height + " px).");
        }
        if (!bounds.intersects(0, 0, image.width(), image.height())) {
            throw new UsageException("The object lies outside the image (at " + bounds.x + ", " + bounds.y + " in an image of "
                + image.width() + " x " + image.height() + " px).");
        }
        return image.window(square(bounds));
    }

    /**
     * Whether a ROI is an object at all.
     *
     * @throws UsageException where it is a line, a point, a text or a picture
     */
    public static void checkArea(Roi roi) {
        if (!roi.isArea() || roi instanceof TextRoi || roi instanceof ImageRoi) {
            throw new UsageException("The ROI is a line, point, text or picture without an area.");
        }
    }

    /** A margin as people write it, without needless decimals. */
    public static String percent(double margin) {
        return margin == Math.rint(margin) ? Long.toString((long) margin) : Double.toString(margin);
    }

    /** The rule in one sentence, for the ledger. */
    public String description() {
        return "A square around the bounds of each object, its side the longer edge and " + percent(margin)
            + " percent of it on each side; beyond the image its edge pixels are repeated, pixels outside the outline are kept.";
    }
}
