package io.github.lesionj.network.detection;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Centres of the cells of one or several grids over an image, level by level, row by row.
 *
 * @param xy      x and y of each, in px
 * @param strides of the level of each, in px
 */
record Points(float[] xy, float[] strides) {

    /** Of grids of some strides, one after the other. */
    static Points of(int height, int width, int... strides) {
        int count = 0;
        for (int stride : strides) {
            count += (height / stride) * (width / stride);
        }
        float[] xy = new float[2 * count];
        float[] own = new float[count];
        int at = 0;
        for (int stride : strides) {
            for (int row = 0; row < height / stride; row++) {
                for (int column = 0; column < width / stride; column++, at++) {
                    xy[2 * at] = (column + 0.5f) * stride;
                    xy[2 * at + 1] = (row + 0.5f) * stride;
                    own[at] = stride;
                }
            }
        }
        return new Points(xy, own);
    }

    int count() {
        return strides.length;
    }

    /** [1, point, 4]: x, y, x, y, to add to a box's edges. */
    Operand<TFloat32> twice(Ops tf) {
        float[] values = new float[4 * count()];
        for (int i = 0; i < count(); i++) {
            for (int k = 0; k < 4; k++) {
                values[4 * i + k] = xy[2 * i + k % 2];
            }
        }
        return constant(tf, values, 1, count(), 4);
    }

    /** [1, point, 1], in px. */
    Operand<TFloat32> x(Ops tf) {
        return column(tf, 0);
    }

    /** [1, point, 1], in px. */
    Operand<TFloat32> y(Ops tf) {
        return column(tf, 1);
    }

    private Operand<TFloat32> column(Ops tf, int axis) {
        float[] values = new float[count()];
        for (int i = 0; i < count(); i++) {
            values[i] = xy[2 * i + axis];
        }
        return constant(tf, values, 1, count(), 1);
    }

    /** [1, point, 1], in px. */
    Operand<TFloat32> stride(Ops tf) {
        return constant(tf, strides, 1, count(), 1);
    }

    private static Operand<TFloat32> constant(Ops tf, float[] values, long... shape) {
        return tf.constant(Shape.of(shape), DataBuffers.of(values));
    }
}
