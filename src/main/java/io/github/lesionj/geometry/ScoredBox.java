package io.github.lesionj.geometry;

/**
 * A box that a detector found.
 *
 * @param box   in px of the image
 * @param label index of its class
 * @param score larger means surer; not NaN
 */
public record ScoredBox(Box box, int label, double score) {

    public ScoredBox {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("A box without a score");
        }
    }
}
