/** Behind the wall: layers, architectures, losses and gradients in TensorFlow-Java. */
package io.github.lesionj.network;
