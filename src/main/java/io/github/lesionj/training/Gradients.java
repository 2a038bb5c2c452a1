package io.github.lesionj.training;

import io.github.lesionj.network.Initializer;
import io.github.lesionj.network.ResourceVariables;
import io.github.lesionj.network.VariableSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gradients of the mean loss of a step, which may have several batches: then the sums of all batches but the last are kept
 * in variables, and the last one's run adds its own and divides by what all items weigh together. The first batch's run
 * overwrites what is kept: nothing of it outlives a step.
 */
final class Gradients {

    private final Ops tf;
    private final Operand<TFloat32> loss;
    private final Map<String, Operand<TFloat32>> parts = new LinkedHashMap<>();
    private final List<Operand<TFloat32>> values;
    private final List<Op> begin = new ArrayList<>();
    private final List<Op> goOn = new ArrayList<>();

    /**
     * Adds the gradients to a graph.
     *
     * @param variables to derive by; nothing is computed for others
     * @param batches   of a step
     */
    Gradients(Ops tf, Objective objective, List<ResourceVariables.Entry> variables, int batches) {
        this.tf = tf;
        if (batches == 1) {
            loss = objective.mean(tf);
            objective.parts().forEach((name, sum) -> parts.put(name, tf.math.div(sum, objective.weight())));
            values = derive(loss, variables);
            return;
        }
        ResourceVariables kept = new ResourceVariables(tf, "sum/");
        Operand<TFloat32> weight = added(kept, "/weight", objective.weight(), new int[0]);
        loss = tf.math.div(added(kept, "/loss", objective.sum(), new int[0]), weight);
        objective.parts().forEach((name, sum) -> parts.put(name, tf.math.div(added(kept, "/part/" + name, sum, new int[0]), weight)));
        List<Operand<TFloat32>> own = derive(objective.sum(), variables);
        values = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            VariableSpec spec = variables.get(i).spec();
            values.add(tf.math.div(added(kept, spec.name(), own.get(i), spec.shape()), weight));
        }
    }

    private List<Operand<TFloat32>> derive(Operand<TFloat32> y, List<ResourceVariables.Entry> variables) {
        var gradients = tf.gradients(y, variables.stream().map(ResourceVariables.Entry::value).toList());
        List<Operand<TFloat32>> typed = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            typed.add(gradients.<TFloat32>dy(i));
        }
        return typed;
    }

    /** A batch's value and what was kept of the batches before it. */
    private Operand<TFloat32> added(ResourceVariables kept, String name, Operand<TFloat32> own, int[] shape) {
        Operand<TFloat32> before = kept.get(new VariableSpec(name, shape, VariableSpec.Role.STATISTIC, Initializer.constant(0)));
        begin.add(tf.assignVariableOp(kept.entry(name).handle(), own));
        goOn.add(tf.assignAddVariableOp(kept.entry(name).handle(), own));
        return tf.math.add(before, own);
    }

    /** Mean over all items of the step, scalar; valid in the run of its last batch. */
    Operand<TFloat32> loss() {
        return loss;
    }

    /** What the loss is made of, by name; valid in the run of the step's last batch. */
    Map<String, Operand<TFloat32>> parts() {
        return parts;
    }

    /** What the run of a step's batch but the last one writes. */
    List<Op> keeping(boolean first) {
        return first ? begin : goOn;
    }

    /** By each variable; valid in the run of the step's last batch. */
    List<Operand<TFloat32>> values() {
        return values;
    }

    /** Global norm, scalar. */
    Operand<TFloat32> norm() {
        List<Operand<TFloat32>> halves = new ArrayList<>();
        values.forEach(gradient -> halves.add(tf.nn.l2Loss(gradient)));
        return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(halves)));
    }

    /**
     * Scaled down where their global norm is above the largest allowed one.
     *
     * @param largest 0: they stay as they are, and nothing is added to the graph
     */
    List<Operand<TFloat32>> clipped(Operand<TFloat32> norm, double largest) {
        if (largest == 0) {
            return values;
        }
        Operand<TFloat32> scale = tf.math.minimum(tf.constant(1f),
            tf.math.div(tf.constant((float) largest), tf.math.add(norm, tf.constant(1e-6f))));
        List<Operand<TFloat32>> scaled = new ArrayList<>();
        values.forEach(gradient -> scaled.add(tf.math.mul(gradient, scale)));
        return scaled;
    }
}
