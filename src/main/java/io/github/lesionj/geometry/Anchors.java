package io.github.lesionj.geometry;

import java.util.ArrayList;
import java.util.List;

/**
 * The boxes from which a detector starts: at every position of a feature map one of each size and ratio (Ren et al. 2015,
 * arXiv:1506.01497, section 3.1.1). Rounded and placed as torchvision does, so that its weights mean the same here.
 *
 * @param sizes  square roots of their areas in px
 * @param ratios height over width
 */
public record Anchors(List<Double> sizes, List<Double> ratios) {

    public Anchors {
        sizes = List.copyOf(sizes);
        ratios = List.copyOf(ratios);
    }

    /** How many there are at a position. */
    public int count() {
        return sizes.size() * ratios.size();
    }

    /** Those about the origin: all sizes of the first ratio, then all of the next. */
    public List<Box> atOrigin() {
        List<Box> boxes = new ArrayList<>();
        for (double ratio : ratios) {
            for (double size : sizes) {
                double halfWidth = size / Math.sqrt(ratio) / 2;
                double halfHeight = size * Math.sqrt(ratio) / 2;
                boxes.add(new Box(Math.rint(-halfWidth), Math.rint(-halfHeight), Math.rint(halfWidth), Math.rint(halfHeight)));
            }
        }
        return boxes;
    }

    /**
     * Those of a feature map: position by position, row by row.
     *
     * @param strideY px of the image from one row to the next; the first lies at 0
     * @param strideX the same from one column to the next
     */
    public Boxes over(int rows, int columns, int strideY, int strideX) {
        List<Box> cell = atOrigin();
        List<Box> boxes = new ArrayList<>(rows * columns * cell.size());
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                for (Box box : cell) {
                    boxes.add(box.moved((double) column * strideX, (double) row * strideY));
                }
            }
        }
        return Boxes.of(boxes);
    }
}
