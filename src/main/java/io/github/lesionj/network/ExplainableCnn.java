package io.github.lesionj.network;

import io.github.lesionj.core.UsageException;
import java.util.List;
import org.scijava.plugin.Plugin;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A compact residual network that says where it looked.
 *
 * <p>A 1x1 convolution with a sigmoid gives the attention a in 0..1; the features f are pooled by it,
 * {@code sum(a f) / sum(a)}, and one dense layer gives the logits: so attention takes part in every prediction and in
 * its gradient. The class activation map is the dense layer's kernel applied to f at each position, without attention and
 * bias: its mean over positions, weighted by attention, is the logit less its bias.
 *
 * <p>Options: {@code width} channels of the first stage, doubled by each further stage; {@code depth} residual blocks per
 * stage; {@code stages}; {@code stem} small (3x3, full resolution), large (7x7, stride 2) or auto (small for inputs under
 * 64 px); {@code focus} weight of the entropy of the attention in the loss, which makes it gather in few places.
 */
@Plugin(type = Architecture.class, name = "explainable-cnn",
    description = "Compact residual network with attention that takes part in training, and class activation maps.")
public final class ExplainableCnn implements Architecture {

    private static final List<String> OPTIONS = List.of("width", "depth", "stages", "stem", "focus");
    private static final int SMALL_IMAGE = 64;
    /** Keeps the pooled features finite where attention is 0 everywhere. */
    private static final float LEAST_ATTENTION = 1e-6f;

    @Override
    public NetworkGraph build(Layers layers, Operand<TFloat32> image, NetworkPlan plan) {
        plan.checkOptions(OPTIONS);
        Operand<TFloat32> map = featureMap(layers, image, plan);
        Operand<TFloat32> attention = attention(layers, map);
        Operand<TFloat32> pooled = pool(layers.tf(), map, attention);
        Operand<TFloat32> logits = layers.dense("head", layers.dropout("head", pooled, plan.dropout()), plan.classes());
        return new NetworkGraph(logits, attention, ClassActivation.of(layers, map, "head", plan.classes()), pooled,
            focus(layers.tf(), attention, plan.decimal("focus", 0.01, 0, 10)));
    }

    private static Operand<TFloat32> featureMap(Layers layers, Operand<TFloat32> image, NetworkPlan plan) {
        int width = plan.number("width", 24, 4, 512);
        int depth = plan.number("depth", 2, 1, 50);
        int stages = plan.number("stages", 3, 1, 5);
        String stem = plan.choice("stem", "auto", "small", "large");
        int shortSide = Math.min(plan.height(), plan.width());
        boolean large = stem.equals("large") || stem.equals("auto") && shortSide >= SMALL_IMAGE;
        if (shortSide < (large ? 2 : 1) << (stages - 1)) {
            throw new UsageException("Images of " + plan.width() + "x" + plan.height() + " px are too small for "
                + stages + " stages. Take a larger size or fewer stages.");
        }
        Operand<TFloat32> x = layers.relu(large
            ? layers.convolutionBatchNorm("stem.conv", "stem.bn", image, 7, width, 2)
            : layers.convolutionBatchNorm("stem.conv", "stem.bn", image, 3, width, 1));
        for (int stage = 0; stage < stages; stage++) {
            for (int block = 0; block < depth; block++) {
                x = layers.residualBlock("stages." + stage + "." + block, x, width << stage, stage > 0 && block == 0 ? 2 : 1);
            }
        }
        return x;
    }

    private static Operand<TFloat32> attention(Layers layers, Operand<TFloat32> map) {
        Ops tf = layers.tf();
        int channels = layers.channels(map);
        // small values: it starts as nearly plain average pooling, and its gradient is there from the first step
        Operand<TFloat32> kernel = layers.variable(new VariableSpec("attention.weight", new int[] {1, 1, channels, 1},
            VariableSpec.Role.KERNEL, Initializer.normal(0.1 / Math.sqrt(channels))));
        Operand<TFloat32> bias = layers.variable(new VariableSpec("attention.bias", new int[] {1}, VariableSpec.Role.TRAINED,
            Initializer.constant(0)));
        return tf.math.sigmoid(tf.nn.biasAdd(layers.convolve(map, kernel, 1, 1), bias));
    }

    private static Operand<TFloat32> pool(Ops tf, Operand<TFloat32> map, Operand<TFloat32> attention) {
        Operand<TFloat32> sum = tf.reduceSum(tf.math.mul(map, attention), tf.constant(new int[] {1, 2}));
        Operand<TFloat32> weight = tf.reduceSum(attention, tf.constant(new int[] {1, 2}));
        return tf.math.div(sum, tf.math.add(weight, tf.constant(LEAST_ATTENTION)));
    }

    /** Entropy of the attention as a distribution over positions, as a share of the largest one; mean over the batch. */
    private static Operand<TFloat32> focus(Ops tf, Operand<TFloat32> attention, double weight) {
        Operand<TInt32> all = tf.constant(new int[] {1, 2, 3});
        Operand<TFloat32> sum = tf.reduceSum(attention, all, ReduceSum.keepDims(true));
        Operand<TFloat32> p = tf.math.div(attention, tf.math.add(sum, tf.constant(LEAST_ATTENTION)));
        Operand<TFloat32> terms = tf.math.mul(p, tf.math.log(tf.math.add(p, tf.constant(1e-12f))));
        Operand<TFloat32> entropy = tf.math.neg(tf.reduceSum(terms, all));
        double most = Math.log(Math.max(2, attention.shape().get(1) * attention.shape().get(2)));
        return tf.math.mul(tf.math.mean(entropy, tf.constant(0)), tf.constant((float) (weight / most)));
    }
}
