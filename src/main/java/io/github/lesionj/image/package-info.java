/**
 * Between ImageJ's images, imglib2 and float tensors: reading files, channels, intensities, resampling.
 *
 * <p>Everything here is about one image; lists of images are {@code dataset}'s and {@code batch}'s.
 */
package io.github.lesionj.image;
