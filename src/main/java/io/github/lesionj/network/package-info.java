/**
 * Networks in TensorFlow-Java: variables, layers, architectures, losses, and how weights are kept.
 *
 * <p>An architecture is written once, against {@link io.github.lesionj.network.Layers}; which kind of layers it is given
 * decides whether it becomes a graph for training, for inference, or for export with batch normalisation folded away.
 * Images are [batch, height, width, channel], kernels [height, width, input channel, output channel].
 */
package io.github.lesionj.network;
