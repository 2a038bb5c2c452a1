package io.github.lesionj.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Pools a feature map f [batch, h, w, channel] by where it pays to look; goes on any backbone.
 *
 * <p>A 1x1 convolution with a sigmoid, averaged over 3x3 neighbours, gives the attention a in 0..1. The features are
 * pooled by it, {@code sum(a f) / sum(a)}: so attention takes part in every prediction and in its gradient. The average
 * makes the strongest point lie in the middle of what is looked at; without it the edges of a lesion, richest in
 * structure, win.
 */
final class AttentionPooling {

    /** The layer's name. */
    static final String LAYER = "attention";

    /** Keeps the pooled features finite where attention is 0 everywhere. */
    private static final float LEAST_ATTENTION = 1e-6f;

    private final Ops tf;
    private final Operand<TFloat32> map;
    private final Operand<TFloat32> attention;

    AttentionPooling(Layers layers, Operand<TFloat32> map) {
        this.tf = layers.tf();
        this.map = map;
        this.attention = attention(layers, map);
    }

    private static Operand<TFloat32> attention(Layers layers, Operand<TFloat32> map) {
        Ops tf = layers.tf();
        int channels = layers.channels(map);
        // small values: it starts as nearly plain average pooling, and its gradient is there from the first step
        Operand<TFloat32> kernel = layers.variable(new VariableSpec(LAYER + ".weight", new int[] {1, 1, channels, 1},
            VariableSpec.Role.KERNEL, Initializer.normal(0.1 / Math.sqrt(channels))));
        Operand<TFloat32> bias = layers.variable(new VariableSpec(LAYER + ".bias", new int[] {1}, VariableSpec.Role.TRAINED,
            Initializer.constant(0)));
        Operand<TFloat32> sharp = tf.math.sigmoid(tf.nn.biasAdd(layers.convolve(map, kernel, 1, 1), bias));
        return tf.nn.avgPool(sharp, List.of(1L, 3L, 3L, 1L), List.of(1L, 1L, 1L, 1L), "SAME");
    }

    /** In 0..1, [batch, h, w, 1]. */
    Operand<TFloat32> attention() {
        return attention;
    }

    /** The mean of the features, weighted by attention, [batch, channel]. */
    Operand<TFloat32> pooled() {
        Operand<TInt32> places = tf.constant(new int[] {1, 2});
        Operand<TFloat32> sum = tf.reduceSum(tf.math.mul(map, attention), places);
        Operand<TFloat32> weight = tf.reduceSum(attention, places);
        return tf.math.div(sum, tf.math.add(weight, tf.constant(LEAST_ATTENTION)));
    }

    /** Entropy of the attention as a distribution over positions, as a share of the largest one; mean over the batch. */
    Operand<TFloat32> entropy(double weight) {
        Operand<TInt32> all = tf.constant(new int[] {1, 2, 3});
        Operand<TFloat32> sum = tf.reduceSum(attention, all, ReduceSum.keepDims(true));
        Operand<TFloat32> share = tf.math.div(attention, tf.math.add(sum, tf.constant(LEAST_ATTENTION)));
        Operand<TFloat32> terms = tf.math.mul(share, tf.math.log(tf.math.add(share, tf.constant(1e-12f))));
        double most = Math.log(Math.max(2, attention.shape().get(1) * attention.shape().get(2)));
        Operand<TFloat32> mean = tf.math.mean(tf.math.neg(tf.reduceSum(terms, all)), tf.constant(0));
        return tf.math.mul(mean, tf.constant((float) (weight / most)));
    }
}
