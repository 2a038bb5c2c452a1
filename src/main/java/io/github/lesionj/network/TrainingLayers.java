package io.github.lesionj.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Layers that are trained: statistics of the batch, dropout.
 *
 * <p>Dropout and other random numbers are a function of the seed, the layer's name and the step number alone, so a resumed training draws the same.
 */
public final class TrainingLayers extends Layers {

    private static final float MOMENTUM = 0.1f;

    private final ResourceVariables variables;
    private final Operand<TInt64> step;
    private final long seed;
    private final Predicate<String> frozen;
    private final List<Op> updates = new ArrayList<>();

    /** Layers over variables that are all trained. */
    public TrainingLayers(Ops tf, ResourceVariables variables, Operand<TInt64> step, long seed) {
        this(tf, variables, step, seed, name -> false);
    }

    /**
     * Layers over variables that are trained.
     *
     * @param step   scalar, number of the step
     * @param seed   of dropout
     * @param frozen names of variables that do not change: a batch normalisation of such ones works as in inference
     */
    public TrainingLayers(Ops tf, ResourceVariables variables, Operand<TInt64> step, long seed, Predicate<String> frozen) {
        super(tf, variables);
        this.variables = variables;
        this.step = step;
        this.seed = seed;
        this.frozen = frozen;
    }

    /** What must run with each step beside the optimiser: the moving averages of batch statistics. */
    public List<Op> updates() {
        return List.copyOf(updates);
    }

    @Override
    public Operand<TFloat32> batchNorm(String name, Operand<TFloat32> x) {
        BatchNormSpecs specs = BatchNormSpecs.of(name, channels(x));
        if (frozen.test(specs.scale().name())) {
            return InferenceLayers.normalized(this, specs, x);
        }
        FusedBatchNorm<TFloat32, TFloat32> norm = tf().nn.fusedBatchNorm(x, variable(specs.scale()),
            variable(specs.shift()), variable(specs.mean()), variable(specs.variance()), FusedBatchNorm.isTraining(true),
            FusedBatchNorm.exponentialAvgFactor(MOMENTUM), FusedBatchNorm.epsilon(EPSILON));
        // with an averaging factor below 1 these two outputs are the updated averages, not those of the batch
        update(specs.mean(), norm.batchMean());
        update(specs.variance(), norm.batchVariance());
        return norm.y();
    }

    private void update(VariableSpec statistic, Operand<TFloat32> value) {
        updates.add(tf().assignVariableOp(variables.entry(statistic.name()).handle(), value));
    }

    @Override
    public Operand<TFloat32> dropout(String name, Operand<TFloat32> x, double rate) {
        if (rate == 0) {
            return x;
        }
        Ops tf = tf();
        Operand<TFloat32> uniform = uniform(name, tf.shape(x));
        Operand<TFloat32> kept = tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant((float) rate)), TFloat32.class);
        return tf.math.mul(x, tf.math.mul(kept, tf.constant((float) (1 / (1 - rate)))));
    }

    @Override
    public Operand<TFloat32> uniform(String name, Operand<TInt32> shape) {
        Operand<TInt64> use = tf().constant(Seeds.mix(seed, name.hashCode()));
        return tf().random.statelessRandomUniform(shape, tf().stack(List.of(use, step)));
    }
}
