package io.github.lesionj.training;

import io.github.lesionj.network.Loss;
import io.github.lesionj.network.NetworkGraph;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A loss of the logits; that of a second opinion counts half beside it.
 *
 * @param loss    of logits and targets
 * @param classes number of logits
 */
record ClassificationCriterion(Loss loss, int classes) implements Criterion {

    private static final float AUXILIARY = 0.5f;

    @Override
    public int targetSize() {
        return classes;
    }

    @Override
    public Objective objective(Ops tf, NetworkGraph network, Operand<TFloat32> targets) {
        Loss.Terms terms = loss.of(tf, network.logits(), targets);
        Operand<TFloat32> sum = terms.sum(tf);
        if (network.auxiliaryLogits().isPresent()) {
            Operand<TFloat32> second = loss.of(tf, network.auxiliaryLogits().get(), targets).sum(tf);
            sum = tf.math.add(sum, tf.math.mul(second, tf.constant(AUXILIARY)));
        }
        return Objective.of(sum, terms.weight(tf)).regularized(tf, network);
    }

    @Override
    public Judged judged(Ops tf, NetworkGraph network, Operand<TFloat32> targets) {
        return new Judged(List.of(network.logits()), loss.of(tf, network.logits(), targets));
    }
}
