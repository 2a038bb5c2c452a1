package io.github.lesionj.geometry;

/**
 * A half-open rectangle [x0, x1) by [y0, y1) in pixels. One whose far edge is not beyond its near one is empty: its area is 0,
 * and it overlaps nothing.
 *
 * @param x0 near edge, inside
 * @param y0 upper edge, inside
 * @param x1 far edge, outside
 * @param y1 lower edge, outside
 */
public record Box(double x0, double y0, double x1, double y1) {

    /** From a corner and its size, as tables, ROIs and COCO have boxes. */
    public static Box ofSize(double x, double y, double width, double height) {
        return new Box(x, y, x + width, y + height);
    }

    /** Never negative. */
    public double width() {
        return Math.max(0, x1 - x0);
    }

    /** Never negative. */
    public double height() {
        return Math.max(0, y1 - y0);
    }

    /** In square pixels. */
    public double area() {
        return width() * height();
    }

    /** Whether it holds nothing, or a coordinate is not a number. */
    public boolean isEmpty() {
        return !(x1 > x0 && y1 > y0);
    }

    /** Whether no coordinate is infinite or NaN. */
    public boolean isFinite() {
        return Double.isFinite(x0) && Double.isFinite(y0) && Double.isFinite(x1) && Double.isFinite(y1);
    }

    /** What both hold; empty where they do not meet. */
    public Box intersection(Box other) {
        return new Box(Math.max(x0, other.x0), Math.max(y0, other.y0), Math.min(x1, other.x1), Math.min(y1, other.y1));
    }

    /** The smallest box that holds both. */
    public Box hull(Box other) {
        return new Box(Math.min(x0, other.x0), Math.min(y0, other.y0), Math.max(x1, other.x1), Math.max(y1, other.y1));
    }

    /** Intersection over union, 0..1; 0 where both are empty. */
    public double iou(Box other) {
        double shared = intersection(other).area();
        double union = area() + other.area() - shared;
        return union > 0 ? shared / union : 0;
    }

    /**
     * Generalized IoU (Rezatofighi et al. 2019, arXiv:1902.09630): the IoU less the part of the hull that neither fills; -1..1.
     * 0 where even the hull is empty.
     */
    public double giou(Box other) {
        double shared = intersection(other).area();
        double union = area() + other.area() - shared;
        double hull = hull(other).area();
        return (union > 0 ? shared / union : 0) - (hull > 0 ? (hull - union) / hull : 0);
    }

    /** The part of it in an image. */
    public Box within(double width, double height) {
        return intersection(new Box(0, 0, width, height));
    }

    public Box moved(double dx, double dy) {
        return new Box(x0 + dx, y0 + dy, x1 + dx, y1 + dy);
    }

    /** About the origin: to the pixels of an image that is so many times as wide and as high. */
    public Box scaled(double sx, double sy) {
        return new Box(sx * x0, sy * y0, sx * x1, sy * y1);
    }
}
