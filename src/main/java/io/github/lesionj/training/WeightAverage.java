package io.github.lesionj.training;

import io.github.lesionj.network.ResourceVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Exponential moving averages of the weights, which inference uses in their place: average = average - (1 - d) (average -
 * weight), where d = min(decay, (1 + t) / (10 + t)) at step t from 0, so that the first steps are soon forgotten (as
 * TensorFlow's {@code ExponentialMovingAverage} has it).
 *
 * <p>The moving statistics of batch normalisation are averaged in the same way: they follow the weights of the moment, and
 * averaged weights need those of the weights that they are the average of.
 */
final class WeightAverage {

    private final Ops tf;
    private final double decay;
    private final ResourceVariables averages;
    private final Operand<TFloat32> share;

    WeightAverage(Ops tf, double decay) {
        this.tf = tf;
        this.decay = decay;
        this.averages = new ResourceVariables(tf, "ema/");
        this.share = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }

    /** The averages, by the names of the weights. */
    ResourceVariables averages() {
        return averages;
    }

    /**
     * What a step writes once its weights are written.
     *
     * @param written everything that writes weights
     * @param still   names of variables that never change
     */
    List<Op> updates(ResourceVariables weights, List<Op> written, Predicate<String> still) {
        Ops after = tf.withControlDependencies(written);
        List<Op> updates = new ArrayList<>();
        for (ResourceVariables.Entry average : averages.entries()) {
            String name = average.spec().name();
            if (!still.test(name)) {
                Operand<TFloat32> now = after.readVariableOp(weights.entry(name).handle(), TFloat32.class);
                updates.add(tf.assignSubVariableOp(average.handle(), tf.math.mul(share, tf.math.sub(average.value(), now))));
            }
        }
        return updates;
    }

    /**
     * Feeds the number of a step.
     *
     * @param step from 0
     */
    void feed(Feeds feeds, long step) {
        feeds.scalar(share, 1 - Math.min(decay, (1.0 + step) / (10.0 + step)));
    }
}
