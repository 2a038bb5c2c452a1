package io.github.lesionj.network.detection;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.Candidates;
import io.github.lesionj.network.Initializer;
import io.github.lesionj.network.Layers;
import io.github.lesionj.network.NetworkGraph;
import io.github.lesionj.network.NetworkPlan;
import io.github.lesionj.network.VariableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.types.TFloat32;

/**
 * The form without anchors: each point of each level of a feature pyramid (Lin et al. 2017, arXiv:1612.03144) says how probable each
 * class is there and how far the four edges of its box are (Tian et al. 2019, arXiv:1904.01355). The level's stride is the unit of
 * the distances, which are kept positive by a softplus.
 */
final class YoloPoints {

    /** Probability that an untrained network gives to each class at each point: few of them hold an object. */
    private static final double PRIOR = 0.01;
    private static final int[] WIDTHS = {1, 2, 4, 6, 8};
    private static final int DEEPEST = 32;

    private final Layers layers;
    private final Ops tf;
    private final NetworkPlan plan;
    private final int[] strides;
    private final int neck;
    private final List<Operand<TFloat32>> logits = new ArrayList<>();
    private final List<Operand<TFloat32>> boxes = new ArrayList<>();

    YoloPoints(Layers layers, NetworkPlan plan) {
        this.layers = layers;
        this.tf = layers.tf();
        this.plan = plan;
        this.strides = strides(plan.options().getOrDefault("strides", "8;16;32"));
        this.neck = plan.number("neck", 64, 8, 1024);
        Yolo.checkMultiple(plan, strides[strides.length - 1]);
    }

    private static int[] strides(String text) {
        int[] strides = text.matches("\\s*\\d{1,2}(\\s*;\\s*\\d{1,2})*\\s*")
            ? Arrays.stream(text.split(";")).mapToInt(word -> Integer.parseInt(word.strip())).toArray() : new int[] {0};
        for (int i = 0; i < strides.length; i++) {
            if (strides[i] < 2 || strides[i] > DEEPEST || Integer.bitCount(strides[i]) != 1 || i > 0 && strides[i] != 2 * strides[i - 1]) {
                throw new UsageException("The option strides=" + text + " of the architecture is not a list such as 8;16;32: levels from 2 to " + DEEPEST
                    + ", each twice the one before.");
            }
        }
        return strides;
    }

    NetworkGraph build(Operand<TFloat32> image) {
        List<Operand<TFloat32>> levels = pyramid(stages(image));
        for (int i = 0; i < strides.length; i++) {
            level("level." + i, levels.get(i), strides[i]);
        }
        Operand<TFloat32> allLogits = tf.concat(logits, tf.constant(1));
        Operand<TFloat32> allBoxes = tf.concat(boxes, tf.constant(1));
        Points points = Points.of(plan.height(), plan.width(), strides);
        TaskAlignedLoss loss = new TaskAlignedLoss(tf, YoloLossPlan.of(plan, false, 5), points, allLogits, allBoxes);
        return NetworkGraph.detector(new Candidates(allBoxes, tf.math.sigmoid(allLogits)), loss, "head.class");
    }

    /** One feature map for each level that is asked for; stride 2 is the stem's. */
    private List<Operand<TFloat32>> stages(Operand<TFloat32> image) {
        int width = plan.number("width", 16, 4, 256);
        int depth = plan.number("depth", 1, 0, 20);
        List<Operand<TFloat32>> levels = new ArrayList<>();
        Operand<TFloat32> x = layers.relu(layers.convolutionBatchNorm("stem.conv", "stem.bn", image, 3, width, 2));
        for (int stage = 0, stride = 2; stride <= strides[strides.length - 1]; stage++, stride *= 2) {
            if (stage > 0) {
                x = stage("stages." + (stage - 1), x, WIDTHS[stage] * width, depth);
            }
            if (stride >= strides[0]) {
                levels.add(x);
            }
        }
        return levels;
    }

    private Operand<TFloat32> stage(String name, Operand<TFloat32> x, int filters, int depth) {
        Operand<TFloat32> y = layers.relu(layers.convolutionBatchNorm(name + ".down", name + ".bn", x, 3, filters, 2));
        for (int block = 0; block < depth; block++) {
            y = layers.residualBlock(name + "." + block, y, filters, 1);
        }
        return y;
    }

    /** From the deepest level up: what is seen there is added to the finer level. */
    private List<Operand<TFloat32>> pyramid(List<Operand<TFloat32>> levels) {
        List<Operand<TFloat32>> merged = new ArrayList<>();
        Operand<TFloat32> above = null;
        for (int i = levels.size() - 1; i >= 0; i--) {
            Operand<TFloat32> own = layers.convolutionBatchNorm("neck." + i + ".lateral", "neck." + i + ".bn", levels.get(i), 1, neck, 1);
            above = above == null ? own : tf.math.add(own, enlarged(above, strides[i]));
            merged.add(0, above);
        }
        return merged;
    }

    private Operand<TFloat32> enlarged(Operand<TFloat32> x, int stride) {
        return tf.image.resizeNearestNeighbor(x, tf.constant(new int[] {plan.height() / stride, plan.width() / stride}),
            new ResizeNearestNeighbor.Options[0]);
    }

    private void level(String name, Operand<TFloat32> x, int stride) {
        int rows = plan.height() / stride;
        int columns = plan.width() / stride;
        Operand<TFloat32> seen = layers.relu(x);
        // one head for all levels, which see an object alike, but with statistics of their own
        Operand<TFloat32> classes = layers.relu(layers.convolutionBatchNorm("head.what", name + ".what", seen, 3, neck, 1));
        Operand<TFloat32> edges = layers.relu(layers.convolutionBatchNorm("head.where", name + ".where", seen, 3, neck, 1));
        float prior = (float) -Math.log((1 - PRIOR) / PRIOR);
        logits.add(flat(output("head.class", classes, plan.classes(), prior), rows * columns, plan.classes()));
        Operand<TFloat32> distances = tf.math.softplus(flat(output("head.box", edges, 4, 1), rows * columns, 4));
        boxes.add(decoded(distances, Points.of(plan.height(), plan.width(), stride), stride));
    }

    /**
     * A 1x1 convolution with bias. Its kernel starts as PyTorch's do and not near 0, as is usual (Lin et al. 2017): then rare small objects
     * were not found at all after 30 epochs of blood smears.
     */
    private Operand<TFloat32> output(String name, Operand<TFloat32> x, int filters, float bias) {
        Operand<TFloat32> kernel = layers.variable(new VariableSpec(name + ".weight", new int[] {1, 1, layers.channels(x), filters},
            VariableSpec.Role.KERNEL, Initializer.uniformFanIn(layers.channels(x))));
        Operand<TFloat32> shift = layers.variable(new VariableSpec(name + ".bias", new int[] {filters}, VariableSpec.Role.TRAINED,
            Initializer.constant(bias)));
        return tf.nn.biasAdd(tf.nn.conv2d(x, kernel, List.of(1L, 1L, 1L, 1L), "SAME"), shift);
    }

    private Operand<TFloat32> flat(Operand<TFloat32> x, int points, int values) {
        return tf.reshape(x, tf.constant(new int[] {-1, points, values}));
    }

    /** The point plus or minus the distances of left, top, right and bottom. */
    private Operand<TFloat32> decoded(Operand<TFloat32> distances, Points points, int stride) {
        float s = stride;
        Operand<TFloat32> outward = tf.constant(new float[] {-s, -s, s, s});
        return tf.math.add(points.twice(tf), tf.math.mul(distances, outward));
    }
}
