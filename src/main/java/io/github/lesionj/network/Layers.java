package io.github.lesionj.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What architectures are made of.
 *
 * <p>Subclasses differ in what batch normalisation and dropout mean: statistics of the batch in training, moving
 * averages in inference, or nothing at all where they are folded into the convolution before.
 */
public abstract class Layers {

    /** As in PyTorch: keeps a channel with constant values from being divided by 0. */
    static final float EPSILON = 1e-5f;

    /**
     * Channels that one vector instruction takes. oneDNN's strided 1x1 convolution, as TensorFlow 2.16 has it, writes beyond its
     * buffers in the gradient of the kernel where the input has fewer than 16 channels: Java and Python crash alike.
     */
    private static final int VECTOR = 16;

    private final Ops tf;
    private final Variables variables;

    Layers(Ops tf, Variables variables) {
        this.tf = tf;
        this.variables = variables;
    }

    /** The graph, for what no layer covers. */
    public Ops tf() {
        return tf;
    }

    /** A variable of one's own. */
    public Operand<TFloat32> variable(VariableSpec spec) {
        return variables.get(spec);
    }

    /**
     * Convolution without bias, padded with zeros by half the kernel on each side as in PyTorch.
     *
     * @param name    the kernel is {@code name.weight}
     * @param x       [batch, height, width, channel]
     * @param size    of the square kernel, odd
     * @param filters number of output channels
     * @param stride  along both axes
     * @return [batch, ceil(height / stride), ceil(width / stride), filters]
     */
    public Operand<TFloat32> convolution(String name, Operand<TFloat32> x, int size, int filters, int stride) {
        return convolve(x, variable(kernel(name, x, size, filters)), size, stride);
    }

    /** {@link #convolution} {@code name}, then {@link #batchNorm} {@code normName}; folds into one where nothing is trained. */
    public Operand<TFloat32> convolutionBatchNorm(String name, String normName, Operand<TFloat32> x, int size, int filters,
            int stride) {
        return batchNorm(normName, convolution(name, x, size, filters, stride));
    }

    /**
     * Batch normalisation over all axes but the last (Ioffe and Szegedy 2015, arXiv:1502.03167), epsilon 1e-5, momentum 0.1.
     *
     * @param name of {@code name.weight}, {@code name.bias}, {@code name.running_mean}, {@code name.running_var}
     * @param x    [batch, height, width, channel]
     */
    public abstract Operand<TFloat32> batchNorm(String name, Operand<TFloat32> x);

    /** In training sets each value to 0 with the probability {@code rate} and scales the others by 1 / (1 - rate). */
    public abstract Operand<TFloat32> dropout(String name, Operand<TFloat32> x, double rate);

    /**
     * Random numbers in 0..1 (1 excluded), for a training that draws samples: in training others at each step, otherwise always
     * the same.
     *
     * @param name  different for each use
     * @param shape of the result
     */
    public abstract Operand<TFloat32> uniform(String name, Operand<TInt32> shape);

    /**
     * Dense layer with bias.
     *
     * @param name of {@code name.weight} [inputs, units] and {@code name.bias} [units]
     * @param x    [batch, inputs]
     */
    public Operand<TFloat32> dense(String name, Operand<TFloat32> x, int units) {
        int inputs = channels(x);
        return tf.nn.biasAdd(tf.linalg.matMul(x, denseKernel(name, inputs, units)),
            variable(new VariableSpec(name + ".bias", new int[] {units}, VariableSpec.Role.TRAINED, Initializer.constant(0))));
    }

    /** The kernel [inputs, units] of a dense layer, for those who use it twice. */
    public Operand<TFloat32> denseKernel(String name, int inputs, int units) {
        return variable(new VariableSpec(name + ".weight", new int[] {inputs, units}, VariableSpec.Role.KERNEL,
            Initializer.uniformFanIn(inputs)));
    }

    public Operand<TFloat32> relu(Operand<TFloat32> x) {
        return tf.nn.relu(x);
    }

    /** Maximum over 3x3 px with stride 2, padded by 1; the input must not be negative (zeros are the padding). */
    public Operand<TFloat32> maxPool(Operand<TFloat32> x) {
        return maximum(pad(x, 1), "VALID");
    }

    /** The operation with a fixed window: the one that TensorFlow-Java offers takes its window as a tensor, which oneDNN does not know. */
    final Operand<TFloat32> maximum(Operand<TFloat32> x, String padding, long... explicit) {
        OperationBuilder pool = tf.scope().opBuilder("MaxPool", "MaxPool").addInput(x.asOutput()).setAttr("ksize", new long[] {1, 3, 3, 1})
            .setAttr("strides", new long[] {1, 2, 2, 1}).setAttr("padding", padding);
        if (explicit.length > 0) {
            pool.setAttr("explicit_paddings", explicit);
        }
        return pool.build().output(0);
    }

    /**
     * Basic residual block (He et al. 2015, arXiv:1512.03385): two 3x3 convolutions and a shortcut, which is a 1x1
     * convolution where the shape changes.
     */
    public Operand<TFloat32> residualBlock(String name, Operand<TFloat32> x, int filters, int stride) {
        Operand<TFloat32> y = relu(convolutionBatchNorm(name + ".conv1", name + ".bn1", x, 3, filters, stride));
        y = convolutionBatchNorm(name + ".conv2", name + ".bn2", y, 3, filters, 1);
        boolean same = stride == 1 && channels(x) == filters;
        Operand<TFloat32> shortcut = same ? x
            : convolutionBatchNorm(name + ".downsample.0", name + ".downsample.1", x, 1, filters, stride);
        return relu(tf.math.add(y, shortcut));
    }

    /**
     * The first half of a layer of a dense net (Huang et al. 2017, arXiv:1608.06993): normalisation, ReLU, 1x1 convolution,
     * normalisation.
     */
    Operand<TFloat32> bottleneck(String norm, String name, String nextNorm, Operand<TFloat32> x, int filters) {
        return convolutionBatchNorm(name, nextNorm, relu(batchNorm(norm, x)), 1, filters, 1);
    }

    /**
     * What lies between the blocks of a dense net: normalisation, ReLU, 1x1 convolution, mean over 2x2 px without padding.
     * The mean is taken first, which is the same and leaves the convolution a fourth of the work.
     */
    Operand<TFloat32> transition(String norm, String name, Operand<TFloat32> x, int filters) {
        return convolution(name, averagePool(relu(batchNorm(norm, x))), 1, filters, 1);
    }

    Operand<TFloat32> averagePool(Operand<TFloat32> x) {
        return tf.nn.avgPool(x, List.of(1L, 2L, 2L, 1L), List.of(1L, 2L, 2L, 1L), "VALID");
    }

    /** Length of the last axis. */
    public int channels(Operand<TFloat32> x) {
        return Math.toIntExact(x.shape().get(-1));
    }

    VariableSpec kernel(String name, Operand<TFloat32> x, int size, int filters) {
        return new VariableSpec(name + ".weight", new int[] {size, size, channels(x), filters}, VariableSpec.Role.KERNEL,
            Initializer.heNormalFanOut());
    }

    /** TensorFlow's own padding for stride 2 is not symmetric, and its gradient knows no explicit padding: so pad first. */
    Operand<TFloat32> convolve(Operand<TFloat32> x, Operand<TFloat32> kernel, int size, int stride) {
        if (size == 1 && stride > 1 && channels(x) % VECTOR != 0) {
            return convolve(everySecond(x, stride), kernel, 1, 1);
        }
        return stride == 1 ? tf.nn.conv2d(x, kernel, strides(1), "SAME") : strided(x, kernel, size / 2, stride);
    }

    Operand<TFloat32> strided(Operand<TFloat32> x, Operand<TFloat32> kernel, int padding, int stride) {
        return tf.nn.conv2d(pad(x, padding), kernel, strides(stride), "VALID");
    }

    static List<Long> strides(long stride) {
        return List.of(1L, stride, stride, 1L);
    }

    /** Every {@code step}th row and column, from the first on: what a 1x1 convolution with that stride sees. */
    private Operand<TFloat32> everySecond(Operand<TFloat32> x, int step) {
        return tf.stridedSlice(x, tf.constant(new int[4]), tf.constant(new int[4]), tf.constant(new int[] {1, step, step, 1}),
            StridedSlice.endMask(0b1111L));
    }

    private Operand<TFloat32> pad(Operand<TFloat32> x, int by) {
        return by == 0 ? x
            : tf.pad(x, tf.constant(new int[][] {{0, 0}, {by, by}, {by, by}, {0, 0}}), tf.constant(0f));
    }
}
