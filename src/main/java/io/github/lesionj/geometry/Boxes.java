package io.github.lesionj.geometry;

import java.util.Arrays;
import java.util.List;

/**
 * Many boxes in one array, as networks give and take them. {@link Box} says what a box is.
 *
 * @param values x0, y0, x1, y1 of each box, one box after the other
 */
public record Boxes(float[] values) {

    private static final int EDGES = 4;

    public Boxes {
        if (values.length % EDGES != 0) {
            throw new IllegalArgumentException(values.length + " values are not four for each box");
        }
    }

    /** The same boxes in single precision. */
    public static Boxes of(List<Box> boxes) {
        float[] values = new float[EDGES * boxes.size()];
        int next = 0;
        for (Box box : boxes) {
            values[next++] = (float) box.x0();
            values[next++] = (float) box.y0();
            values[next++] = (float) box.x1();
            values[next++] = (float) box.y1();
        }
        return new Boxes(values);
    }

    public int size() {
        return values.length / EDGES;
    }

    public Box get(int index) {
        int at = EDGES * index;
        return new Box(values[at], values[at + 1], values[at + 2], values[at + 3]);
    }

    /** {@link Box#iou} of one of these and one of those. */
    double iou(int index, Boxes other, int otherIndex) {
        float[] a = values;
        float[] b = other.values;
        int i = EDGES * index;
        int j = EDGES * otherIndex;
        double shared = area(Math.max(a[i], b[j]), Math.max(a[i + 1], b[j + 1]), Math.min(a[i + 2], b[j + 2]), Math.min(a[i + 3], b[j + 3]));
        double union = area(a[i], a[i + 1], a[i + 2], a[i + 3]) + area(b[j], b[j + 1], b[j + 2], b[j + 3]) - shared;
        return union > 0 ? shared / union : 0;
    }

    private static double area(double x0, double y0, double x1, double y1) {
        return Math.max(0, x1 - x0) * Math.max(0, y1 - y0);
    }

    /** Every box as an object. */
    public List<Box> toList() {
        Box[] boxes = new Box[size()];
        Arrays.setAll(boxes, this::get);
        return List.of(boxes);
    }

    /** {@link Box#iou} of each of these with each of those, [this][other]. */
    public float[][] iou(Boxes other) {
        float[][] found = new float[size()][other.size()];
        for (int i = 0; i < found.length; i++) {
            for (int j = 0; j < found[i].length; j++) {
                found[i][j] = (float) iou(i, other, j);
            }
        }
        return found;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Boxes boxes && Arrays.equals(values, boxes.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return toList().toString();
    }
}
