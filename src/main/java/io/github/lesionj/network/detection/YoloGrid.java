package io.github.lesionj.network.detection;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.Candidates;
import io.github.lesionj.network.Initializer;
import io.github.lesionj.network.Layers;
import io.github.lesionj.network.NetworkGraph;
import io.github.lesionj.network.NetworkPlan;
import io.github.lesionj.network.VariableSpec;
import java.util.List;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

/**
 * The textbook's form (Redmon et al. 2016, arXiv:1506.02640): one grid over the image, some boxes in each cell, each with objectness and
 * classes of its own, on a small Darknet of 3x3 convolutions with 1x1 ones between. The last layer is a convolution and not the
 * paper's dense one, so that parameters do not grow with the input.
 *
 * <p>A box's centre is a sigmoid within its cell, the roots of its width and height are sigmoids of the image's. Its scores are objectness
 * times the class's probability.
 */
final class YoloGrid {

    private static final int[] WIDTHS = {1, 2, 4, 8, 16};
    private static final int FINEST = 2;
    private static final int COARSEST = 32;
    private static final int BOX_VALUES = 5;
    private static final double PRIOR = 0.01;

    private final Layers layers;
    private final Ops tf;
    private final NetworkPlan plan;
    private final int stride;
    private final int boxes;

    YoloGrid(Layers layers, NetworkPlan plan) {
        this.layers = layers;
        this.tf = layers.tf();
        this.plan = plan;
        this.stride = stride(plan);
        this.boxes = plan.number("boxes", 2, 1, 16);
        Yolo.checkMultiple(plan, stride);
    }

    private static int stride(NetworkPlan plan) {
        int edge = Math.min(plan.height(), plan.width());
        int cells = plan.number("cells", Math.max(1, edge / COARSEST), 1, 1024);
        int stride = edge / cells;
        if (stride * cells != edge || Integer.bitCount(stride) != 1 || stride < FINEST || stride > COARSEST) {
            throw new UsageException("The option cells=" + cells + " of the architecture does not go with an input of " + plan.width() + " x " + plan.height()
                + " px: a cell must have an edge of 2, 4, 8, 16 or 32 px. Use cells=" + Math.max(1, edge / COARSEST) + ", or change size.");
        }
        return stride;
    }

    NetworkGraph build(Operand<TFloat32> image) {
        Operand<TFloat32> head = flat(output(darknet(image)));
        Operand<TFloat32> place = tf.math.sigmoid(values(head, 0, 4));
        Operand<TFloat32> objectness = values(head, 4, 1);
        Operand<TFloat32> classes = values(head, BOX_VALUES, plan.classes());
        GridCells cells = GridCells.of(plan.height(), plan.width(), stride, boxes);
        Operand<TFloat32> corners = cells.decode(tf, place);
        Operand<TFloat32> scores = tf.math.mul(tf.math.sigmoid(objectness), softmax(classes));
        GridLoss.Said said = new GridLoss.Said(place, corners, tf.squeeze(objectness, Squeeze.axis(List.of(2L))), classes);
        return NetworkGraph.detector(new Candidates(corners, scores), new GridLoss(tf, YoloLossPlan.of(plan, true, 5), cells, said), "head");
    }

    /** Of the last axis of three; the operation knows two. */
    private Operand<TFloat32> softmax(Operand<TFloat32> logits) {
        Operand<TFloat32> rows = tf.nn.softmax(tf.reshape(logits, tf.constant(new int[] {-1, plan.classes()})));
        return tf.reshape(rows, tf.shape(logits));
    }

    private Operand<TFloat32> darknet(Operand<TFloat32> image) {
        int width = plan.number("width", 32, 4, 256);
        Operand<TFloat32> x = image;
        for (int stage = 0; 1 << stage < stride; stage++) {
            String name = "darknet." + stage;
            int filters = WIDTHS[stage] * width;
            x = layer(name + ".0", x, 3, filters);
            if (stage > 1) {
                x = layer(name + ".1", x, 1, filters / 2);
                x = layer(name + ".2", x, 3, filters);
            }
            x = layers.maxPool(x);
        }
        return x;
    }

    private Operand<TFloat32> layer(String name, Operand<TFloat32> x, int size, int filters) {
        return layers.relu(layers.convolutionBatchNorm(name + ".conv", name + ".bn", x, size, filters, 1));
    }

    private Operand<TFloat32> output(Operand<TFloat32> x) {
        int filters = boxes * (BOX_VALUES + plan.classes());
        Operand<TFloat32> kernel = layers.variable(new VariableSpec("head.weight", new int[] {1, 1, layers.channels(x), filters},
            VariableSpec.Role.KERNEL, Initializer.normal(0.01)));
        Operand<TFloat32> shift = layers.variable(new VariableSpec("head.bias", new int[] {filters}, VariableSpec.Role.TRAINED, this::bias));
        return tf.nn.biasAdd(tf.nn.conv2d(x, kernel, List.of(1L, 1L, 1L, 1L), "SAME"), shift);
    }

    /** Centres in the middle of their cells, sizes spread from a quarter of the image's edge to a half, few objects. */
    private float[] bias(int[] shape, Random random) {
        float[] bias = new float[shape[0]];
        int values = BOX_VALUES + plan.classes();
        for (int box = 0; box < boxes; box++) {
            double root = Math.sqrt(0.25 * (1 + (double) box / Math.max(1, boxes - 1)));
            bias[box * values + 2] = (float) Math.log(root / (1 - root));
            bias[box * values + 3] = bias[box * values + 2];
            bias[box * values + 4] = (float) -Math.log((1 - PRIOR) / PRIOR);
        }
        return bias;
    }

    /** [batch, cell * box, value]. */
    private Operand<TFloat32> flat(Operand<TFloat32> x) {
        int count = plan.height() / stride * (plan.width() / stride) * boxes;
        return tf.reshape(x, tf.constant(new int[] {-1, count, BOX_VALUES + plan.classes()}));
    }

    private Operand<TFloat32> values(Operand<TFloat32> x, int first, int count) {
        return tf.slice(x, tf.constant(new int[] {0, 0, first}), tf.constant(new int[] {-1, -1, count}));
    }
}
