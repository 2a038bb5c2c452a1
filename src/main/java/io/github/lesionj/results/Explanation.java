package io.github.lesionj.results;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.image.Placement;

/**
 * A map of what a network looked at for one item. The array is not copied; nobody changes it.
 *
 * @param kind        what kind of map
 * @param className   the class it speaks for
 * @param probability of that class, 0..1
 * @param columns     width of the map in the network's own grid
 * @param rows        height of the map
 * @param values      rows * columns values, row by row from the top; attention 0..1, CAM and Grad-CAM unscaled
 * @param placement   where the network's view lies, in px of the whole image
 * @param extent      the part of the image that was given to the network, in px of the whole image
 */
public record Explanation(Kind kind, String className, double probability, int columns, int rows, float[] values,
        Placement placement, Extent extent) {

    /** How a map was made. */
    public enum Kind {
        /** The network's own attention, by which it weighted its features. */
        ATTENTION("attention"),
        /** The last layer's weights of one class applied to the feature map. */
        CAM("cam"),
        /** Feature maps weighted by the gradient of one class's score. */
        GRAD_CAM("grad-cam");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /** As the key {@code explain} names it. */
        public String key() {
            return key;
        }
    }

    /**
     * A rectangle of whole pixels.
     *
     * @param x      left edge
     * @param y      top edge
     * @param width  at least 1
     * @param height at least 1
     */
    public record Extent(int x, int y, int width, int height) {

        /** A whole image. */
        public static Extent of(int width, int height) {
            return new Extent(0, 0, width, height);
        }
    }

    /**
     * The map.
     *
     * @throws LesionJException where a value is not a number
     */
    public Explanation {
        if (columns < 1 || rows < 1 || values.length != columns * rows) {
            throw new IllegalArgumentException(values.length + " values do not fill a map of " + columns + " x " + rows);
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new LesionJException("The " + kind.key() + " map of class " + className
                    + " holds values that are not numbers; check the image for NaN pixels, or run with explain=none.");
            }
        }
    }
}
