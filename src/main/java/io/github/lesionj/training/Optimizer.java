package io.github.lesionj.training;

import io.github.lesionj.network.Initializer;
import io.github.lesionj.network.ResourceVariables;
import io.github.lesionj.network.VariableSpec;
import io.github.lesionj.runtime.OptimizerSettings;
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
 * Changes weights by their gradients. What depends on the step's number is fed, computed in Java: nothing in the graph can
 * race it.
 */
abstract class Optimizer {

    private final Ops tf;
    private final Placeholder<TFloat32> rate;
    private final ResourceVariables slots;
    private final List<Op> updates = new ArrayList<>();

    Optimizer(Ops tf, String prefix) {
        this.tf = tf;
        this.rate = scalar();
        this.slots = new ResourceVariables(tf, prefix);
    }

    /** The one that the settings ask for. */
    static Optimizer of(Ops tf, OptimizerSettings settings) {
        return settings.optimizer() == OptimizerSettings.Kind.SGD ? new Sgd(tf, settings.momentum(), settings.weightDecay())
            : new AdamW(tf, settings.weightDecay());
    }

    /**
     * Adds the update of some variables to the graph.
     *
     * @param gradients of the loss by each
     * @param factor    of the learning rate
     */
    void add(List<ResourceVariables.Entry> variables, List<Operand<TFloat32>> gradients, double factor) {
        List<Operand<TFloat32>> rates = rates().stream().map(each -> scaled(each, factor)).toList();
        for (int i = 0; i < variables.size(); i++) {
            updates.addAll(update(variables.get(i), gradients.get(i), rates));
        }
    }

    private Operand<TFloat32> scaled(Operand<TFloat32> x, double factor) {
        return factor == 1 ? x : tf.math.mul(x, tf.constant((float) factor));
    }

    /** What is proportional to the learning rate, which is the first of them. */
    List<Operand<TFloat32>> rates() {
        return List.of(rate);
    }

    /** The update of one variable by rates of its own. */
    abstract List<Op> update(ResourceVariables.Entry variable, Operand<TFloat32> gradient, List<Operand<TFloat32>> ownRates);

    final Ops tf() {
        return tf;
    }

    final Placeholder<TFloat32> scalar() {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }

    /** A variable of the optimiser's own beside a weight. */
    final VarHandleOp slot(ResourceVariables.Entry variable, String suffix) {
        String name = variable.spec().name() + suffix;
        slots.get(new VariableSpec(name, variable.spec().shape(), VariableSpec.Role.STATISTIC, Initializer.constant(0)));
        return slots.entry(name).handle();
    }

    /** Everything that one step writes. */
    final List<Op> updates() {
        return updates;
    }

    /** Begins anew: all slots are zero. */
    final void reset(Session session) {
        slots.write(session, slots.initialValues(0));
    }

    /** What the optimiser remembers of each trained variable, {@code NAME/SLOT}. */
    final ResourceVariables slots() {
        return slots;
    }

    /**
     * Feeds the numbers of a step.
     *
     * @param step from 0
     */
    void feed(Feeds feeds, double learningRate, long step) {
        feeds.scalar(rate, learningRate);
    }
}
