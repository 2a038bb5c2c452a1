/** Detectors in TensorFlow: boxes, assignment of objects to predictions, losses, architectures. */
package io.github.lesionj.network.detection;
