package io.github.lesionj.network.detection;

import io.github.lesionj.network.DetectionLoss;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The loss of {@link YoloPoints}: the points that {@link TaskAlignment} gives a box learn its class, as well as they agree with it,
 * and its corners, by generalised IoU; all other points learn that they hold none.
 */
final class TaskAlignedLoss implements DetectionLoss {

    private final Ops tf;
    private final YoloLossPlan plan;
    private final Points points;
    private final Operand<TFloat32> logits;
    private final Operand<TFloat32> boxes;

    /**
     * The loss of what a network says.
     *
     * @param points at which it says so
     * @param logits [batch, point, class]
     * @param boxes  [batch, point, 4] in px
     */
    TaskAlignedLoss(Ops tf, YoloLossPlan plan, Points points, Operand<TFloat32> logits, Operand<TFloat32> boxes) {
        this.tf = tf;
        this.plan = plan;
        this.points = points;
        this.logits = logits;
        this.boxes = boxes;
    }

    @Override
    public Terms of(Operand<TFloat32> truth) {
        Operand<TFloat32> probabilities = tf.math.sigmoid(tf.stopGradient(logits));
        TaskAlignment.Targets targets = new TaskAlignment(tf, points).of(new TruthRows(tf, truth), probabilities, tf.stopGradient(boxes));
        Operand<TFloat32> classes = tf.math.mul(new ObjectnessLoss(tf, plan).of(logits, targets.classes()),
            tf.expandDims(learning(targets, probabilities), tf.constant(2)));
        Operand<TFloat32> corners = tf.math.mul(distance(targets.boxes()), targets.quality());
        Map<String, Operand<TFloat32>> parts = new LinkedHashMap<>();
        parts.put("class", tf.reduceSum(classes, tf.constant(new int[] {1, 2})));
        parts.put("box", tf.math.mul(tf.reduceSum(corners, tf.constant(1)), tf.constant(plan.boxWeight())));
        // an image without an object counts as if it had one
        return new Terms(parts, tf.math.maximum(tf.reduceSum(targets.quality(), tf.constant(1)), tf.constant(1f)));
    }

    /** 1 where the classes of a point are learned, else 0, [batch, point]. */
    private Operand<TFloat32> learning(TaskAlignment.Targets targets, Operand<TFloat32> probabilities) {
        Operand<TFloat32> positive = targets.positive();
        Operand<TFloat32> ignored = tf.math.mul(targets.ignored(), tf.math.sub(tf.constant(1f), positive));
        Operand<TFloat32> rest = tf.math.sub(tf.constant(1f), ignored);
        if (!plan.hard()) {
            return rest;
        }
        Operand<TFloat32> kept = HardNegatives.STANDARD.keep(tf, tf.reduceMax(probabilities, tf.constant(2)), targets.overlap(), positive);
        return tf.stopGradient(tf.math.mul(rest, tf.math.add(positive, kept)));
    }

    /** Of the box of each point to the true one, [batch, point]. */
    private Operand<TFloat32> distance(Operand<TFloat32> targets) {
        if (plan.squared()) {
            Operand<TFloat32> cells = tf.math.div(tf.math.sub(boxes, targets), points.stride(tf));
            return tf.math.mean(tf.math.square(cells), tf.constant(2));
        }
        return tf.math.sub(tf.constant(1f), new BoxOps(tf).giou(boxes, targets));
    }
}
