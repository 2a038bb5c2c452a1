package io.github.lesionj.training;

import io.github.lesionj.network.Initializer;
import io.github.lesionj.network.ResourceVariables;
import io.github.lesionj.network.VariableSpec;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101), gradients clipped by their global norm.
 *
 * <p>For a weight w, its gradient g and the learning rate r: m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
 * w = w - r sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + 1e-8) - r decay w, where t is the step from 1, b1 = 0.9,
 * b2 = 0.999, and decay is for kernels only. Rate and powers are fed, computed from the step number: nothing in the graph
 * can race them.
 */
final class AdamW {

    static final double BETA1 = 0.9;
    static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-8f;

    private final Ops tf;
    private final Operand<TFloat32> rate;
    private final Operand<TFloat32> power1;
    private final Operand<TFloat32> power2;
    private final Operand<TFloat32> norm;
    private final ResourceVariables moments;
    private final List<Op> updates = new ArrayList<>();

    /**
     * Adds the optimiser to a graph.
     *
     * @param loss  scalar
     * @param decay of kernels
     * @param clip  largest global norm of the gradients
     */
    AdamW(Ops tf, Operand<TFloat32> loss, ResourceVariables variables, double decay, double clip) {
        this.tf = tf;
        rate = scalar();
        power1 = scalar();
        power2 = scalar();
        moments = new ResourceVariables(tf, "adam/");
        List<ResourceVariables.Entry> trained = variables.trained();
        List<Operand<TFloat32>> gradients = gradients(loss, trained);
        norm = globalNorm(gradients);
        Operand<TFloat32> scale = tf.math.minimum(tf.constant(1f),
            tf.math.div(tf.constant((float) clip), tf.math.add(norm, tf.constant(1e-6f))));
        for (int i = 0; i < trained.size(); i++) {
            Op adam = apply(trained.get(i), tf.math.mul(gradients.get(i), scale));
            updates.add(adam);
            if (decay > 0 && trained.get(i).spec().role() == VariableSpec.Role.KERNEL) {
                updates.add(decay(trained.get(i), adam, decay));
            }
        }
    }

    private Operand<TFloat32> scalar() {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }

    private List<Operand<TFloat32>> gradients(Operand<TFloat32> loss, List<ResourceVariables.Entry> trained) {
        var gradients = tf.gradients(loss, trained.stream().map(ResourceVariables.Entry::value).toList());
        List<Operand<TFloat32>> typed = new ArrayList<>();
        for (int i = 0; i < trained.size(); i++) {
            typed.add(gradients.<TFloat32>dy(i));
        }
        return typed;
    }

    private Operand<TFloat32> globalNorm(List<Operand<TFloat32>> gradients) {
        List<Operand<TFloat32>> halves = new ArrayList<>();
        gradients.forEach(gradient -> halves.add(tf.nn.l2Loss(gradient)));
        return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(halves)));
    }

    private Op apply(ResourceVariables.Entry variable, Operand<TFloat32> gradient) {
        return tf.train.resourceApplyAdam(variable.handle(), moment(variable, "/m"), moment(variable, "/v"), power1, power2,
            rate, tf.constant((float) BETA1), tf.constant((float) BETA2), tf.constant(EPSILON), gradient);
    }

    private VarHandleOp moment(ResourceVariables.Entry variable, String suffix) {
        String name = variable.spec().name() + suffix;
        moments.get(new VariableSpec(name, variable.spec().shape(), VariableSpec.Role.STATISTIC, Initializer.constant(0)));
        return moments.entry(name).handle();
    }

    /** The weight before the step decays, as the paper has it; the subtraction waits for Adam's own. */
    private Op decay(ResourceVariables.Entry variable, Op adam, double decay) {
        Operand<TFloat32> share = tf.math.mul(tf.math.mul(rate, tf.constant((float) decay)), variable.value());
        return tf.withControlDependencies(adam).assignSubVariableOp(variable.handle(), share);
    }

    /** Everything that one step writes. */
    List<Op> updates() {
        return updates;
    }

    /** Global norm of the gradients before clipping, scalar. */
    Operand<TFloat32> norm() {
        return norm;
    }

    /** Begins anew: both moments are zero. */
    void reset(Session session) {
        moments.write(session, moments.initialValues(0));
    }

    /** Both moments of every trained variable, {@code NAME/m} and {@code NAME/v}. */
    ResourceVariables moments() {
        return moments;
    }

    /**
     * Feeds the numbers of a step.
     *
     * @param step from 0
     */
    void feed(Feeds feeds, double learningRate, long step) {
        feeds.scalar(rate, learningRate);
        feeds.scalar(power1, Math.pow(BETA1, step + 1));
        feeds.scalar(power2, Math.pow(BETA2, step + 1));
    }
}
