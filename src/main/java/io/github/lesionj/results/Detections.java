package io.github.lesionj.results;

import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import java.util.List;

/**
 * What a detector found on one item: an image, or a plane of a stack.
 *
 * <p>Boxes become here what every file says of them, so that all say the same and a file that is read again gives equal ones: cut
 * off at the image's edge, edges rounded to 1/10,000 px, scores to a millionth. Rounding leaves a box at least one such step wide.
 *
 * @param item       which
 * @param width      of the whole image, px
 * @param height     of the whole image, px
 * @param umX        width of a pixel in micrometres, or NaN where not known
 * @param umY        height of a pixel, or NaN
 * @param classNames by the index that boxes have as their label; none has a semicolon or a line break
 * @param boxes      half-open, px of the whole image, scores 0..1; in the order of the files
 * @param notes      what a reader of the ledger should know, as sentences
 */
public record Detections(ItemKey item, int width, int height, double umX, double umY, List<String> classNames, List<ScoredBox> boxes,
        List<String> notes) {

    private static final double STEPS_PER_PX = 1e4;
    private static final double STEPS_OF_SCORE = 1e6;

    /**
     * Checks and rounds.
     *
     * @throws IllegalArgumentException where a box lies outside of the image, is empty, or its class or score cannot be
     */
    public Detections {
        classNames = List.copyOf(classNames);
        notes = notes.stream().map(note -> note.replaceAll("\\s*\\R\\s*", " ")).toList();
        int classes = classNames.size();
        int right = width;
        int bottom = height;
        boxes = boxes.stream().map(found -> checked(found, classes, right, bottom)).toList();
    }

    /** Of an image that is not calibrated, without notes. */
    public Detections(ItemKey item, int width, int height, List<String> classNames, List<ScoredBox> boxes) {
        this(item, width, height, Double.NaN, Double.NaN, classNames, boxes, List.of());
    }

    /** The same item with other boxes. */
    public Detections with(List<ScoredBox> found) {
        return new Detections(item, width, height, umX, umY, classNames, found, notes);
    }

    private static ScoredBox checked(ScoredBox found, int classes, int width, int height) {
        boolean known = found.label() >= 0 && found.label() < classes && found.score() >= 0 && found.score() <= 1;
        Box inside = found.box().within(width, height);
        if (!known || !found.box().isFinite() || inside.isEmpty()) {
            throw new IllegalArgumentException(found + " on " + width + " x " + height + " px with " + classes + " classes");
        }
        double score = Math.rint(found.score() * STEPS_OF_SCORE) / STEPS_OF_SCORE;
        double[] x = rounded(inside.x0(), inside.x1(), width);
        double[] y = rounded(inside.y0(), inside.y1(), height);
        return new ScoredBox(new Box(x[0], y[0], x[1], y[1]), found.label(), score);
    }

    private static double[] rounded(double near, double far, int size) {
        long from = Math.round(near * STEPS_PER_PX);
        long to = Math.round(far * STEPS_PER_PX);
        if (from == to && to < (long) (size * STEPS_PER_PX)) {
            to++;
        } else if (from == to) {
            from--;
        }
        return new double[] {from / STEPS_PER_PX, to / STEPS_PER_PX};
    }

    /** A length as the difference of two rounded edges, without the last digit that subtracting leaves behind. */
    static double length(double near, double far) {
        return Math.rint((far - near) * STEPS_PER_PX) / STEPS_PER_PX;
    }

    /** Whether the size of its pixels is known. */
    public boolean isCalibrated() {
        return !Double.isNaN(umX) && !Double.isNaN(umY);
    }

    /** The class of a box of it. */
    public String className(ScoredBox found) {
        return classNames.get(found.label());
    }

    /** How many boxes of each class, by its index. */
    public int[] counts() {
        int[] counts = new int[classNames.size()];
        boxes.forEach(found -> counts[found.label()]++);
        return counts;
    }
}
