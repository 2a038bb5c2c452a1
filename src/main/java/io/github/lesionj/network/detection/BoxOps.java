package io.github.lesionj.network.detection;

import io.github.lesionj.geometry.BoxCoding;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.image.NonMaxSuppression;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@code io.github.lesionj.geometry} in a graph: the same boxes, half-open and x0, y0, x1, y1 along the last axis, and the same
 * answers. Shapes broadcast against each other.
 */
final class BoxOps {

    private static final int LAST = -1;

    private final Ops tf;

    BoxOps(Ops tf) {
        this.tf = tf;
    }

    /**
     * x0, y0, x1, y1 of boxes.
     *
     * @param boxes [..., 4]
     * @return four of [...]
     */
    List<Operand<TFloat32>> edges(Operand<TFloat32> boxes) {
        List<Operand<TFloat32>> edges = new ArrayList<>();
        tf.unstack(boxes, 4L, Unstack.axis((long) LAST)).output().forEach(edges::add);
        return edges;
    }

    /** [..., 4] of four of [...]. */
    Operand<TFloat32> boxes(List<Operand<TFloat32>> edges) {
        return tf.stack(edges, Stack.axis((long) LAST));
    }

    /** In square pixels, [...]; 0 where a box is empty. */
    Operand<TFloat32> area(Operand<TFloat32> boxes) {
        return area(edges(boxes));
    }

    private Operand<TFloat32> area(List<Operand<TFloat32>> edges) {
        return tf.math.mul(extent(edges.get(0), edges.get(2)), extent(edges.get(1), edges.get(3)));
    }

    private Operand<TFloat32> extent(Operand<TFloat32> near, Operand<TFloat32> far) {
        return tf.math.maximum(tf.constant(0f), tf.math.sub(far, near));
    }

    /**
     * IoU of each with each.
     *
     * @param a [..., n, 4]
     * @param b [..., m, 4]
     * @return [..., n, m]
     */
    Operand<TFloat32> matrix(Operand<TFloat32> a, Operand<TFloat32> b) {
        return iou(tf.expandDims(a, tf.constant(-2)), tf.expandDims(b, tf.constant(-3)));
    }

    /** IoU of boxes at the same place, [...]. */
    Operand<TFloat32> iou(Operand<TFloat32> a, Operand<TFloat32> b) {
        return new Pair(edges(a), edges(b)).iou();
    }

    /** Generalised IoU of boxes at the same place, [...]. */
    Operand<TFloat32> giou(Operand<TFloat32> a, Operand<TFloat32> b) {
        return new Pair(edges(a), edges(b)).giou();
    }

    /** Two boxes, or as many as there are places. */
    private final class Pair {

        private final List<Operand<TFloat32>> a;
        private final List<Operand<TFloat32>> b;
        private final Operand<TFloat32> shared;
        private final Operand<TFloat32> union;

        Pair(List<Operand<TFloat32>> a, List<Operand<TFloat32>> b) {
            this.a = a;
            this.b = b;
            shared = area(List.of(tf.math.maximum(a.get(0), b.get(0)), tf.math.maximum(a.get(1), b.get(1)),
                tf.math.minimum(a.get(2), b.get(2)), tf.math.minimum(a.get(3), b.get(3))));
            union = tf.math.sub(tf.math.add(area(a), area(b)), shared);
        }

        Operand<TFloat32> iou() {
            return tf.math.divNoNan(shared, union);
        }

        Operand<TFloat32> giou() {
            Operand<TFloat32> hull = area(List.of(tf.math.minimum(a.get(0), b.get(0)), tf.math.minimum(a.get(1), b.get(1)),
                tf.math.maximum(a.get(2), b.get(2)), tf.math.maximum(a.get(3), b.get(3))));
            return tf.math.sub(iou(), tf.math.divNoNan(tf.math.sub(hull, union), hull));
        }
    }

    /** {@link io.github.lesionj.geometry.Box#within}: boxes of an image, which may be empty then. */
    Operand<TFloat32> within(Operand<TFloat32> boxes, Operand<TFloat32> height, Operand<TFloat32> width) {
        List<Operand<TFloat32>> edges = edges(boxes);
        return boxes(List.of(clip(edges.get(0), width), clip(edges.get(1), height), clip(edges.get(2), width), clip(edges.get(3), height)));
    }

    private Operand<TFloat32> clip(Operand<TFloat32> edge, Operand<TFloat32> most) {
        return tf.math.minimum(tf.math.maximum(edge, tf.constant(0f)), most);
    }

    /**
     * {@link BoxCoding#decode}.
     *
     * @param codes   dx, dy, dw, dh, [..., 4]
     * @param anchors [..., 4]
     */
    Operand<TFloat32> decode(BoxCoding coding, Operand<TFloat32> codes, Operand<TFloat32> anchors) {
        List<Operand<TFloat32>> code = edges(codes);
        List<Operand<TFloat32>> anchor = edges(anchors);
        Operand<TFloat32> width = tf.math.sub(anchor.get(2), anchor.get(0));
        Operand<TFloat32> height = tf.math.sub(anchor.get(3), anchor.get(1));
        Operand<TFloat32> x = tf.math.add(middle(anchor.get(0), width), tf.math.mul(scaled(code.get(0), 1 / coding.centre()), width));
        Operand<TFloat32> y = tf.math.add(middle(anchor.get(1), height), tf.math.mul(scaled(code.get(1), 1 / coding.centre()), height));
        Operand<TFloat32> halfWidth = scaled(tf.math.mul(width, factor(code.get(2), coding)), 0.5);
        Operand<TFloat32> halfHeight = scaled(tf.math.mul(height, factor(code.get(3), coding)), 0.5);
        return boxes(List.of(tf.math.sub(x, halfWidth), tf.math.sub(y, halfHeight), tf.math.add(x, halfWidth), tf.math.add(y, halfHeight)));
    }

    private Operand<TFloat32> factor(Operand<TFloat32> code, BoxCoding coding) {
        return tf.math.exp(tf.math.minimum(scaled(code, 1 / coding.extent()), tf.constant((float) BoxCoding.LARGEST)));
    }

    private Operand<TFloat32> middle(Operand<TFloat32> near, Operand<TFloat32> extent) {
        return tf.math.add(near, scaled(extent, 0.5));
    }

    private Operand<TFloat32> scaled(Operand<TFloat32> value, double by) {
        return tf.math.mul(value, tf.constant((float) by));
    }

    /**
     * {@link BoxCoding#encode}; what it gives for an empty box means nothing, but is finite.
     *
     * @param boxes   [..., 4]
     * @param anchors [..., 4]
     */
    Operand<TFloat32> encode(BoxCoding coding, Operand<TFloat32> boxes, Operand<TFloat32> anchors) {
        List<Operand<TFloat32>> box = edges(boxes);
        List<Operand<TFloat32>> anchor = edges(anchors);
        return boxes(List.of(offset(coding, box, anchor, 0), offset(coding, box, anchor, 1), growth(coding, box, anchor, 0),
            growth(coding, box, anchor, 1)));
    }

    private Operand<TFloat32> offset(BoxCoding coding, List<Operand<TFloat32>> box, List<Operand<TFloat32>> anchor, int axis) {
        Operand<TFloat32> extent = tf.math.sub(anchor.get(axis + 2), anchor.get(axis));
        Operand<TFloat32> centre = middle(box.get(axis), tf.math.sub(box.get(axis + 2), box.get(axis)));
        return scaled(tf.math.divNoNan(tf.math.sub(centre, middle(anchor.get(axis), extent)), extent), coding.centre());
    }

    private Operand<TFloat32> growth(BoxCoding coding, List<Operand<TFloat32>> box, List<Operand<TFloat32>> anchor, int axis) {
        Operand<TFloat32> ratio = tf.math.divNoNan(extent(box.get(axis), box.get(axis + 2)), extent(anchor.get(axis), anchor.get(axis + 2)));
        return scaled(tf.math.log(tf.math.maximum(ratio, tf.constant(Float.MIN_NORMAL))), coding.extent());
    }

    /**
     * {@link io.github.lesionj.geometry.NonMaximumSuppression} of one image.
     *
     * @param boxes  [n, 4]
     * @param scores [n]
     * @param limit  IoU above which the box of the lower score goes
     * @param most   number of boxes that stay at most
     * @return indices by descending score, [kept]
     */
    Operand<TInt32> nonMaximumSuppression(Operand<TFloat32> boxes, Operand<TFloat32> scores, double limit, Operand<TInt32> most) {
        List<Operand<TFloat32>> edges = edges(boxes);
        // the operation takes corners in any order: an inverted box would not be empty
        Operand<TFloat32> upright = boxes(List.of(edges.get(0), edges.get(1), tf.math.maximum(edges.get(0), edges.get(2)),
            tf.math.maximum(edges.get(1), edges.get(3))));
        NonMaxSuppression<TFloat32> kept = tf.image.nonMaxSuppression(upright, scores, most, tf.constant((float) limit),
            tf.constant(Float.NEGATIVE_INFINITY), tf.constant(0f));
        return kept.selectedIndices();
    }
}
