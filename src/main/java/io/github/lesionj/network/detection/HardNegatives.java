package io.github.lesionj.network.detection;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Hard-negative mining (after Shrivastava et al. 2016, arXiv:1604.03540): of the boxes that lie on no object only the most confident
 * ones are learned from, some for each positive, so that easy background does not outweigh the few objects.
 *
 * @param perPositive negatives for each positive
 * @param least       negatives that an image keeps at least, also one without any object
 */
record HardNegatives(int perPositive, int least) {

    /** Best IoU with any truth, below which a box is a negative. */
    static final float LARGEST_OVERLAP = 0.3f;
    /** Three for each positive, and 16 in an image at least. */
    static final HardNegatives STANDARD = new HardNegatives(3, 16);

    /**
     * Chooses.
     *
     * @param confidence of each box, above 0, [batch, box]
     * @param overlap    best IoU of each with any truth, [batch, box]
     * @param positives  1 where a box is a positive, else 0, [batch, box]
     * @return 1 where a box is a negative that counts, else 0, [batch, box]; of equal confidence all or none
     */
    Operand<TFloat32> keep(Ops tf, Operand<TFloat32> confidence, Operand<TFloat32> overlap, Operand<TFloat32> positives) {
        Operand<TBool> negative = tf.math.logicalAnd(tf.math.less(overlap, tf.constant(LARGEST_OVERLAP)),
            tf.math.equal(positives, tf.constant(0f)));
        Operand<TFloat32> candidates = tf.math.mul(confidence, tf.dtypes.cast(negative, TFloat32.class));
        int boxes = Math.toIntExact(confidence.shape().get(1));
        TopK<TFloat32, TInt32> sorted = tf.nn.topK(candidates, tf.constant(boxes), TInt32.class);
        Operand<TFloat32> wanted = tf.math.maximum(tf.math.mul(tf.reduceSum(positives, tf.constant(1)), tf.constant((float) perPositive)),
            tf.constant((float) least));
        Operand<TInt32> last = tf.dtypes.cast(tf.math.minimum(wanted, tf.constant((float) boxes)), TInt32.class);
        Operand<TFloat32> at = tf.oneHot(tf.math.sub(last, tf.constant(1)), tf.constant(boxes), tf.constant(1f), tf.constant(0f));
        Operand<TFloat32> limit = tf.reduceSum(tf.math.mul(sorted.values(), at), tf.constant(1),
            ReduceSum.keepDims(true));
        Operand<TBool> hard = tf.math.logicalAnd(tf.math.greaterEqual(candidates, limit), tf.math.greater(candidates, tf.constant(0f)));
        return tf.dtypes.cast(hard, TFloat32.class);
    }
}
