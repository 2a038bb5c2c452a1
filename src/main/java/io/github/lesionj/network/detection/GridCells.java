package io.github.lesionj.network.detection;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The boxes of a grid's cells, cell by cell from the top left, the boxes of a cell side by side.
 *
 * @param height of the image in px
 * @param width  of the image in px
 * @param stride edge of a cell in px
 * @param boxes  of a cell
 * @param points the centre of each box's cell
 */
record GridCells(int height, int width, int stride, int boxes, Points points) {

    static GridCells of(int height, int width, int stride, int boxes) {
        Points cells = Points.of(height, width, stride);
        float[] xy = new float[2 * cells.count() * boxes];
        float[] strides = new float[cells.count() * boxes];
        for (int i = 0; i < strides.length; i++) {
            xy[2 * i] = cells.xy()[2 * (i / boxes)];
            xy[2 * i + 1] = cells.xy()[2 * (i / boxes) + 1];
            strides[i] = stride;
        }
        return new GridCells(height, width, stride, boxes, new Points(xy, strides));
    }

    /** Number of cells. */
    int count() {
        return points.count() / boxes;
    }

    /**
     * The boxes that a network says.
     *
     * @param place centre within the cell and roots of the extents as parts of the image's, all in 0..1; [batch, box, 4]: x, y, w, h
     * @return x0, y0, x1, y1 in px, [batch, box, 4]
     */
    Operand<TFloat32> decode(Ops tf, Operand<TFloat32> place) {
        BoxOps ops = new BoxOps(tf);
        List<Operand<TFloat32>> values = ops.edges(place);
        Operand<TFloat32> x = centre(tf, values.get(0), points.x(tf));
        Operand<TFloat32> y = centre(tf, values.get(1), points.y(tf));
        Operand<TFloat32> halfWidth = tf.math.mul(tf.math.square(values.get(2)), tf.constant(width / 2f));
        Operand<TFloat32> halfHeight = tf.math.mul(tf.math.square(values.get(3)), tf.constant(height / 2f));
        return ops.boxes(List.of(tf.math.sub(x, halfWidth), tf.math.sub(y, halfHeight), tf.math.add(x, halfWidth), tf.math.add(y, halfHeight)));
    }

    private Operand<TFloat32> centre(Ops tf, Operand<TFloat32> within, Operand<TFloat32> cell) {
        Operand<TFloat32> offset = tf.math.mul(tf.math.sub(within, tf.constant(0.5f)), tf.constant((float) stride));
        return tf.math.add(offset, flat(tf, cell));
    }

    /**
     * What {@link #decode} makes true boxes of; for boxes whose centre lies in the cell.
     *
     * @param truth [batch, box, 4] in px
     */
    Operand<TFloat32> encode(Ops tf, Operand<TFloat32> truth) {
        BoxOps ops = new BoxOps(tf);
        List<Operand<TFloat32>> edges = ops.edges(truth);
        return ops.boxes(List.of(within(tf, edges.get(0), edges.get(2), points.x(tf)), within(tf, edges.get(1), edges.get(3), points.y(tf)),
            root(tf, edges.get(0), edges.get(2), width), root(tf, edges.get(1), edges.get(3), height)));
    }

    private Operand<TFloat32> within(Ops tf, Operand<TFloat32> near, Operand<TFloat32> far, Operand<TFloat32> cell) {
        Operand<TFloat32> middle = tf.math.mul(tf.math.add(near, far), tf.constant(0.5f));
        return tf.math.add(tf.math.div(tf.math.sub(middle, flat(tf, cell)), tf.constant((float) stride)), tf.constant(0.5f));
    }

    private Operand<TFloat32> root(Ops tf, Operand<TFloat32> near, Operand<TFloat32> far, int whole) {
        return tf.math.sqrt(tf.math.div(tf.math.maximum(tf.constant(0f), tf.math.sub(far, near)), tf.constant((float) whole)));
    }

    /** [1, box] of [1, box, 1]. */
    private Operand<TFloat32> flat(Ops tf, Operand<TFloat32> column) {
        return tf.reshape(column, tf.constant(new int[] {1, points.count()}));
    }
}
