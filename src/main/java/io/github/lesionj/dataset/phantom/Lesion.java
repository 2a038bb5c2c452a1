package io.github.lesionj.dataset.phantom;

/**
 * A soft round shadow.
 *
 * @param x        centre in px, the first pixel's centre at 0.5
 * @param y        likewise
 * @param radius   in px, where it has faded to nothing
 * @param contrast added at the centre, in grey levels of 255
 */
public record Lesion(double x, double y, double radius, double contrast) {

    /** Whether a point lies in it. */
    public boolean contains(double px, double py) {
        return Math.hypot(px - x, py - y) <= radius;
    }

    void draw(Canvas canvas) {
        canvas.add(x, y, radius, (px, py) -> contrast * profile(Math.hypot(px - x, py - y) / radius));
    }

    /** From 1 at the centre smoothly to 0 at the relative distance 1: (1 - t^2)^2. */
    static double profile(double distance) {
        double inside = Math.max(0, 1 - distance * distance);
        return inside * inside;
    }
}
