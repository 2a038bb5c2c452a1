package io.github.lesionj.network;

import io.github.lesionj.core.UsageException;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What makes a classifier out of the last feature map f [batch, h, w, channel] of any backbone: pooling, then one of two
 * heads. Its options, which an architecture adds to its own by {@link #options}:
 *
 * <ul>
 * <li>{@code head}: plain (one dense layer, the default) or medical (dropout 0.5, dense 512, ReLU, dropout 0.25, dense)
 * <li>{@code attention}: false (the mean over positions, the default) or true (the mean weighted by an attention that is
 * trained with the rest: a 1x1 convolution with a sigmoid, averaged over 3x3 neighbours; layer {@code attention})
 * <li>{@code focus}: with attention, weight of its entropy in the loss, so that it gathers in few places; 0.02
 * <li>{@code peak}: with attention and the plain head, sharpness of a soft maximum over positions of the class activation
 * map, which is taught as a second opinion, for a lesion of one in a thousand positions hardly moves an average, but it moves
 * the maximum; 10, and 0 for none
 * </ul>
 *
 * <p>The plain head has a class activation map: its kernel applied to f at each position, without attention, bias or
 * scaling (Zhou et al. 2016, arXiv:1512.04150); its mean over positions, weighted by attention where there is one, is the
 * logit less its bias. The medical head is not linear and has none. It has dropout rates of its own; that of the plan is for
 * the plain one.
 */
public final class ClassifierHead {

    private static final String HEAD = "head";
    private static final String ATTENTION = "attention";
    private static final String FOCUS = "focus";
    private static final String PEAK = "peak";
    private static final int MEDICAL_UNITS = 512;

    private final Layers layers;
    private final Ops tf;
    private final Operand<TFloat32> map;
    private final NetworkPlan plan;
    private final String name;

    private ClassifierHead(Layers layers, Operand<TFloat32> map, NetworkPlan plan, String name) {
        this.layers = layers;
        this.tf = layers.tf();
        this.map = map;
        this.plan = plan;
        this.name = name;
    }

    /** Names of the options of this head and of an architecture's own, for {@link NetworkPlan#checkOptions}. */
    public static List<String> options(String... own) {
        List<String> options = new ArrayList<>(List.of(own));
        options.addAll(List.of(HEAD, ATTENTION, FOCUS, PEAK));
        return List.copyOf(options);
    }

    /**
     * A classifier on a feature map, pooled as the option {@code attention} says.
     *
     * @param map  [batch, h, w, channel]
     * @param name of the dense layer; the two of the medical head are {@code name.1} and {@code name.4}, as in a
     *             {@code Sequential} of PyTorch
     * @throws UsageException when an option has a value that it cannot have, or goes only with another one
     */
    public static NetworkGraph on(Layers layers, Operand<TFloat32> map, NetworkPlan plan, String name) {
        if (plan.choice(ATTENTION, "false", "true").equals("true")) {
            return withAttention(layers, map, plan, name);
        }
        needs(plan, FOCUS, ATTENTION + "=true");
        needs(plan, PEAK, ATTENTION + "=true");
        Operand<TFloat32> pooled = layers.tf().math.mean(map, layers.tf().constant(new int[] {1, 2}));
        return new ClassifierHead(layers, map, plan, name).on(pooled, name);
    }

    /** The same with attention, whatever the options say of it. */
    public static NetworkGraph withAttention(Layers layers, Operand<TFloat32> map, NetworkPlan plan, String name) {
        AttentionPooling pooling = new AttentionPooling(layers, map);
        ClassifierHead head = new ClassifierHead(layers, map, plan, name);
        NetworkGraph network = head.on(pooling.pooled(), name, AttentionPooling.LAYER).withAttention(pooling.attention())
            .withRegularizer(pooling.entropy(plan.decimal(FOCUS, 0.02, 0, 10)));
        double peak = plan.decimal(PEAK, 10, 0, 100);
        if (network.cam().isEmpty()) {
            needs(plan, PEAK, HEAD + "=plain");
            return network;
        }
        return peak == 0 ? network : network.withAuxiliaryLogits(head.softMaximum(network.cam().get(), (float) peak));
    }

    private static void needs(NetworkPlan plan, String option, String other) {
        if (plan.options().containsKey(option)) {
            throw new UsageException("The option " + option + " of the architecture does something only with " + other
                + ": add that, or leave it out.");
        }
    }

    private NetworkGraph on(Operand<TFloat32> pooled, String... headLayers) {
        if (plan.choice(HEAD, "plain", "medical").equals("medical")) {
            return NetworkGraph.of(medical(pooled), headLayers).withFeatures(pooled);
        }
        Operand<TFloat32> logits = layers.dense(name, layers.dropout(name, pooled, plan.dropout()), plan.classes());
        return NetworkGraph.of(logits, headLayers).withFeatures(pooled)
            .withCam(ClassActivation.of(layers, map, name, plan.classes()));
    }

    private Operand<TFloat32> medical(Operand<TFloat32> pooled) {
        Operand<TFloat32> hidden = layers.dense(name + ".1", layers.dropout(name + ".0", pooled, 0.5), MEDICAL_UNITS);
        return layers.dense(name + ".4", layers.dropout(name + ".3", layers.relu(hidden), 0.25), plan.classes());
    }

    /** log(mean(exp(sharpness * cam))) / sharpness over positions, [batch, class] (Pinheiro and Collobert 2015, arXiv:1411.6228). */
    private Operand<TFloat32> softMaximum(Operand<TFloat32> cam, float sharpness) {
        Operand<TInt32> places = tf.constant(new int[] {1, 2});
        Operand<TFloat32> most = tf.stopGradient(tf.reduceMax(cam, places, ReduceMax.keepDims(true)));
        Operand<TFloat32> powers = tf.math.exp(tf.math.mul(tf.math.sub(cam, most), tf.constant(sharpness)));
        Operand<TFloat32> above = tf.math.div(tf.math.log(tf.math.mean(powers, places)), tf.constant(sharpness));
        return tf.math.add(above, tf.squeeze(most, Squeeze.axis(List.of(1L, 2L))));
    }
}
