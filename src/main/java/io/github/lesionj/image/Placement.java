package io.github.lesionj.image;

/**
 * Where the network's view lies on the image: an affine map without rotation, and what of the image was seen.
 *
 * <p>A point (u, v) of the network's input, 0..1 from its left and top edge to its right and bottom edge, is the image's
 * point (x0 + u * width, y0 + v * height) in px, where 0 is the left (top) edge of the first pixel. With padding the
 * rectangle reaches beyond the image; with cropping it is smaller than the image.
 *
 * @param x0     left edge of the view in image px, may be negative
 * @param y0     top edge of the view in image px, may be negative
 * @param width  of the view in image px
 * @param height of the view in image px
 */
public record Placement(double x0, double y0, double width, double height) {
}
