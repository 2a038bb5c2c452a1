package io.github.lesionj.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a detector says of a batch of images, before any threshold and before non-maximum suppression.
 *
 * @param boxes  [batch, candidate, 4] where the classes share a box, else [batch, candidate, 4 * class] with the four values of a
 *               class side by side: x0, y0, x1, y1 in px of the network's input, half-open
 * @param scores [batch, candidate, class] in 0..1
 */
public record Candidates(Operand<TFloat32> boxes, Operand<TFloat32> scores) {
}
