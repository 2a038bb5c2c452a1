/**
 * Between ImageJ's images, imglib2 and float tensors: reading files, channels, intensities, resampling.
 *
 * <p>{@code ImageFiles} and {@code ImagePlusSource} give a {@code SourceImage} for each position of a file or an open image;
 * {@code Preprocessor} makes it a network's input. What is too large for memory comes part by part from a {@code RegionSource}.
 * Everything here is about one image; lists of images are {@code dataset}'s and {@code batch}'s.
 */
package io.github.lesionj.image;
