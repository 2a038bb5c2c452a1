package io.github.lesionj.network;

import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What a detector is trained by. Its part of the graph is made only where it is asked for. */
@FunctionalInterface
public interface DetectionLoss {

    /** Values of a true box: x0, y0, x1, y1, class. */
    int TRUTH_VALUES = 5;

    /** Class of a row of {@code truth} that holds no box. */
    int NO_BOX = -1;

    /** Class of a box that is neither an object to find nor background: what overlaps with it is not learned from. */
    int IGNORED_BOX = -2;

    /**
     * The loss of a batch, image by image and part by part.
     *
     * @param parts   each [batch], already weighted, by the names that the user is shown; the loss is their sum
     * @param weights [batch], how much each image counts in the mean; no gradient flows through them
     */
    record Terms(Map<String, Operand<TFloat32>> parts, Operand<TFloat32> weights) {
    }

    /**
     * Adds the loss to the graph of the network.
     *
     * @param truth [batch, row, 5]: x0, y0, x1, y1 in px of the network's input, half-open, and the class from 0,
     *              {@link #NO_BOX} or {@link #IGNORED_BOX}
     */
    Terms of(Operand<TFloat32> truth);
}
