/**
 * Boxes in pixels: how much they overlap, which of several are one, and what detectors make of them.
 *
 * <p>{@link io.github.lesionj.geometry.Tiling} cuts a large image into tiles, and {@link io.github.lesionj.geometry.TileMerge}
 * makes one list of what was found in them.
 *
 * <p>A box is half-open, [x0, x1) by [y0, y1): the box of pixel (3, 5) alone is 3, 5, 4, 6, and its width is x1 - x0.
 */
package io.github.lesionj.geometry;
