package io.github.lesionj.network.detection;

import io.github.lesionj.network.DetectionLoss;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.Slice;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The true boxes of a batch as {@link DetectionLoss} is given them, [batch, row, 5], taken apart. */
final class TruthRows {

    private static final int CORNERS = 4;

    private final Ops tf;
    private final Operand<TFloat32> boxes;
    private final Operand<TFloat32> classes;

    TruthRows(Ops tf, Operand<TFloat32> truth) {
        this.tf = tf;
        this.boxes = columns(truth, 0, CORNERS);
        this.classes = tf.squeeze(columns(truth, CORNERS, 1), Squeeze.axis(List.of(2L)));
    }

    private Slice<TFloat32> columns(Operand<TFloat32> truth, int first, int count) {
        return tf.slice(truth, tf.constant(new int[] {0, 0, first}), tf.constant(new int[] {-1, -1, count}));
    }

    /** [batch, row, 4] in px. */
    Operand<TFloat32> boxes() {
        return boxes;
    }

    /** 1 where a row holds a box to find, else 0; [batch, row]. */
    Operand<TFloat32> counted() {
        return tf.dtypes.cast(tf.math.greaterEqual(classes, tf.constant(0f)), TFloat32.class);
    }

    /** 1 where a row holds a box that is not to be learned from, else 0; [batch, row]. */
    Operand<TFloat32> ignored() {
        return tf.dtypes.cast(tf.math.equal(classes, tf.constant((float) DetectionLoss.IGNORED_BOX)), TFloat32.class);
    }

    /** 1 at the class of a row, zeros in rows without a box to find; [batch, row, class]. */
    Operand<TFloat32> oneHot(int count) {
        Operand<TInt32> index = tf.dtypes.cast(classes, TInt32.class);
        return tf.oneHot(index, tf.constant(count), tf.constant(1f), tf.constant(0f));
    }

    /**
     * Gives each box that a network says to one row at most.
     *
     * @param values how much each belongs to each row, [batch, box, row]
     * @return 1 at the row of the largest value, the first of several equal ones, else 0; zeros where no value is above 0
     */
    Operand<TFloat32> largest(Operand<TFloat32> values) {
        Operand<TInt32> row = tf.math.argMax(values, tf.constant(2), TInt32.class);
        Operand<TInt32> rows = tf.squeeze(tf.slice(tf.shape(values), tf.constant(new int[] {2}), tf.constant(new int[] {1})));
        Operand<TFloat32> at = tf.oneHot(row, rows, tf.constant(1f), tf.constant(0f));
        Operand<TBool> any = tf.math.greater(tf.reduceMax(values, tf.constant(2), ReduceMax.keepDims(true)), tf.constant(0f));
        return tf.math.mul(at, tf.dtypes.cast(any, TFloat32.class));
    }
}
