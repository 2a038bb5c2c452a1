package io.github.lesionj.training;

import io.github.lesionj.network.ResourceVariables;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Exponential moving average of all weights and statistics (Polyak averaging), which is judged and exported: it is
 * steadier between epochs than the last step's weights.
 */
final class AveragedWeights {

    private static final double DECAY = 0.995;

    private final ResourceVariables variables;
    private final Operand<TFloat32> share;
    private final List<Op> updates = new ArrayList<>();

    /**
     * Adds the averages to a graph.
     *
     * @param trained the weights of which the average is taken
     * @param after   what changes them in a step
     */
    AveragedWeights(Ops tf, ResourceVariables trained, List<Op> after) {
        variables = new ResourceVariables(tf, "average/");
        share = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        Ops later = tf.withControlDependencies(after);
        for (ResourceVariables.Entry entry : trained.entries()) {
            Operand<TFloat32> average = variables.get(entry.spec());
            Operand<TFloat32> changed = later.readVariableOp(entry.handle(), TFloat32.class);
            updates.add(tf.assignSubVariableOp(variables.entry(entry.spec().name()).handle(),
                tf.math.mul(share, tf.math.sub(average, changed))));
        }
    }

    ResourceVariables variables() {
        return variables;
    }

    /** Everything that one step writes; it waits for the step's own changes. */
    List<Op> updates() {
        return updates;
    }

    /** Feeds the share of the newest weights: large in the first steps, so that the start is soon forgotten. */
    void feed(Feeds feeds, long step) {
        feeds.scalar(share, 1 - Math.min(DECAY, (step + 1.0) / (step + 10.0)));
    }
}
