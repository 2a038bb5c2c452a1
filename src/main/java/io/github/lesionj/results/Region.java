package io.github.lesionj.results;

import java.util.List;

/**
 * What a map points at, as closed lines on the image.
 *
 * @param name        as the ROI Manager shows it, such as {@code pneumonia 0.97 attention>=0.43}
 * @param className   the class it speaks for
 * @param probability of that class, 0..1
 * @param level       value of the map along the line, or NaN for the outline of an object
 * @param rings       closed lines in px of the whole image, 0 = left (top) edge of the first pixel; a point is inside
 *                    where it lies within an odd number of them
 */
public record Region(String name, String className, double probability, double level, List<List<Vertex>> rings) {

    /**
     * A corner of a line.
     *
     * @param x px from the left edge of the image
     * @param y px from its top edge
     */
    public record Vertex(double x, double y) {
    }

    public Region {
        rings = rings.stream().map(List::copyOf).toList();
    }
}
