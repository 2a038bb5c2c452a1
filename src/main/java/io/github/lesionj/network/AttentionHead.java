package io.github.lesionj.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What makes a classifier out of a feature map f [batch, h, w, channel] and says where it looked; goes on any backbone.
 *
 * <p>A 1x1 convolution with a sigmoid, averaged over 3x3 neighbours, gives the attention a in 0..1. The features are
 * pooled by it, {@code sum(a f) / sum(a)}, and one dense layer gives the logits: so attention takes part in every
 * prediction and in its gradient. The average makes the strongest point lie in the middle of what is looked at; without
 * it the edges of a lesion, richest in structure, win.
 *
 * <p>The class activation map is the dense layer's kernel applied to f at each position, without attention, bias or
 * scaling (Zhou et al. 2016, arXiv:1512.04150): its mean over positions, weighted by a, is the logit less its bias.
 *
 * <p>Two things help training only. The entropy of the attention is part of the loss, with a small weight, so that
 * attention gathers in few places. And the soft maximum over positions of the class activation map is taught as a second
 * opinion: a lesion of one in a thousand positions hardly moves an average, but it moves the maximum.
 */
final class AttentionHead {

    /** Weight of the entropy, the option of architectures that use this head. */
    static final String FOCUS = "focus";
    /** Sharpness of the soft maximum, likewise; 0 leaves the second opinion out. */
    static final String PEAK = "peak";

    /** Keeps the pooled features finite where attention is 0 everywhere. */
    private static final float LEAST_ATTENTION = 1e-6f;

    private final Layers layers;
    private final Ops tf;
    private final Operand<TFloat32> map;
    private final int channels;
    private final Operand<TInt32> places;

    private AttentionHead(Layers layers, Operand<TFloat32> map) {
        this.layers = layers;
        this.tf = layers.tf();
        this.map = map;
        this.channels = layers.channels(map);
        this.places = tf.constant(new int[] {1, 2});
    }

    static NetworkGraph on(Layers layers, Operand<TFloat32> map, NetworkPlan plan) {
        AttentionHead head = new AttentionHead(layers, map);
        Operand<TFloat32> attention = head.attention();
        Operand<TFloat32> pooled = head.pool(attention);
        Operand<TFloat32> logits = layers.dense("head", layers.dropout("head", pooled, plan.dropout()), plan.classes());
        Operand<TFloat32> cam = ClassActivation.of(layers, map, "head", plan.classes());
        double peak = plan.decimal(PEAK, 10, 0, 100);
        NetworkGraph network = NetworkGraph.of(logits, "head", "attention").withAttention(attention).withCam(cam)
            .withFeatures(pooled).withRegularizer(head.entropy(attention, plan.decimal(FOCUS, 0.02, 0, 10)));
        return peak == 0 ? network : network.withAuxiliaryLogits(head.softMaximum(cam, (float) peak));
    }

    private Operand<TFloat32> attention() {
        // small values: it starts as nearly plain average pooling, and its gradient is there from the first step
        Operand<TFloat32> kernel = layers.variable(new VariableSpec("attention.weight", new int[] {1, 1, channels, 1},
            VariableSpec.Role.KERNEL, Initializer.normal(0.1 / Math.sqrt(channels))));
        Operand<TFloat32> bias = layers.variable(new VariableSpec("attention.bias", new int[] {1}, VariableSpec.Role.TRAINED,
            Initializer.constant(0)));
        Operand<TFloat32> sharp = tf.math.sigmoid(tf.nn.biasAdd(layers.convolve(map, kernel, 1, 1), bias));
        return tf.nn.avgPool(sharp, List.of(1L, 3L, 3L, 1L), List.of(1L, 1L, 1L, 1L), "SAME");
    }

    private Operand<TFloat32> pool(Operand<TFloat32> attention) {
        Operand<TFloat32> sum = tf.reduceSum(tf.math.mul(map, attention), places);
        Operand<TFloat32> weight = tf.reduceSum(attention, places);
        return tf.math.div(sum, tf.math.add(weight, tf.constant(LEAST_ATTENTION)));
    }

    /** log(mean(exp(sharpness * cam))) / sharpness over positions, [batch, class] (Pinheiro and Collobert 2015, arXiv:1411.6228). */
    private Operand<TFloat32> softMaximum(Operand<TFloat32> cam, float sharpness) {
        Operand<TFloat32> most = tf.stopGradient(tf.reduceMax(cam, places, ReduceMax.keepDims(true)));
        Operand<TFloat32> powers = tf.math.exp(tf.math.mul(tf.math.sub(cam, most), tf.constant(sharpness)));
        Operand<TFloat32> above = tf.math.div(tf.math.log(tf.math.mean(powers, places)), tf.constant(sharpness));
        return tf.math.add(above, tf.squeeze(most, Squeeze.axis(List.of(1L, 2L))));
    }

    /** Entropy of the attention as a distribution over positions, as a share of the largest one; mean over the batch. */
    private Operand<TFloat32> entropy(Operand<TFloat32> attention, double weight) {
        Operand<TInt32> all = tf.constant(new int[] {1, 2, 3});
        Operand<TFloat32> sum = tf.reduceSum(attention, all, ReduceSum.keepDims(true));
        Operand<TFloat32> share = tf.math.div(attention, tf.math.add(sum, tf.constant(LEAST_ATTENTION)));
        Operand<TFloat32> terms = tf.math.mul(share, tf.math.log(tf.math.add(share, tf.constant(1e-12f))));
        double most = Math.log(Math.max(2, attention.shape().get(1) * attention.shape().get(2)));
        Operand<TFloat32> mean = tf.math.mean(tf.math.neg(tf.reduceSum(terms, all)), tf.constant(0));
        return tf.math.mul(mean, tf.constant((float) (weight / most)));
    }
}
