package io.github.lesionj.network.detection;

import io.github.lesionj.network.DetectionLoss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.OneHot;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The loss of {@link YoloGrid}: the cell in which an object's centre lies learns it, by the one of its boxes that fits best. Objectness
 * is learned by all boxes, class and coordinates only by those. Of several objects that one box should learn it learns the one that
 * it fits best; a cell with more objects than boxes therefore misses some, which is a limit of this form.
 */
final class GridLoss implements DetectionLoss {

    private static final float TINY = 1e-6f;

    private final Ops tf;
    private final BoxOps boxOps;
    private final YoloLossPlan plan;
    private final GridCells cells;
    private final Said said;

    /**
     * What a network says of each box.
     *
     * @param place      as {@link GridCells#decode} takes it, [batch, box, 4]
     * @param corners    [batch, box, 4] in px
     * @param objectness logit, [batch, box]
     * @param classes    logits, [batch, box, class]
     */
    record Said(Operand<TFloat32> place, Operand<TFloat32> corners, Operand<TFloat32> objectness, Operand<TFloat32> classes) {
    }

    GridLoss(Ops tf, YoloLossPlan plan, GridCells cells, Said said) {
        this.tf = tf;
        this.boxOps = new BoxOps(tf);
        this.plan = plan;
        this.cells = cells;
        this.said = said;
    }

    @Override
    public Terms of(Operand<TFloat32> truth) {
        TruthRows rows = new TruthRows(tf, truth);
        Operand<TFloat32> iou = boxOps.matrix(tf.stopGradient(said.corners()), rows.boxes());
        Operand<TFloat32> own = tf.stopGradient(responsible(rows, iou));
        Operand<TFloat32> positive = tf.reduceMax(own, tf.constant(2));
        Operand<TFloat32> objectness = tf.math.mul(new ObjectnessLoss(tf, plan).of(said.objectness(), positive), learning(rows, iou, positive));
        Operand<TFloat32> oneHot = product(own, rows.oneHot(Math.toIntExact(said.classes().shape().get(2))));
        Map<String, Operand<TFloat32>> parts = new LinkedHashMap<>();
        parts.put("objectness", tf.reduceSum(objectness, tf.constant(1)));
        parts.put("class", tf.reduceSum(tf.math.mul(classDistance(oneHot), positive), tf.constant(1)));
        parts.put("box", tf.math.mul(tf.reduceSum(tf.math.mul(boxDistance(product(own, rows.boxes())), positive), tf.constant(1)),
            tf.constant(plan.boxWeight())));
        return new Terms(parts, tf.math.maximum(tf.reduceSum(positive, tf.constant(1)), tf.constant(1f)));
    }

    private Operand<TFloat32> product(Operand<TFloat32> a, Operand<TFloat32> b) {
        return tf.train.batchMatMul(a, b, TFloat32.class);
    }

    /** 1 where a box learns a row, else 0, [batch, box, row]. */
    private Operand<TFloat32> responsible(TruthRows rows, Operand<TFloat32> iou) {
        Operand<TFloat32> fits = tf.math.mul(tf.math.add(iou, tf.constant(TINY)), tf.math.mul(central(rows), tf.expandDims(rows.counted(), tf.constant(1))));
        return rows.largest(tf.math.mul(fits, bestOfCell(fits)));
    }

    /** 1 where a row's centre lies in a box's cell, else 0, [batch, box, row]. */
    private Operand<TFloat32> central(TruthRows rows) {
        List<Operand<TFloat32>> edges = boxOps.edges(tf.expandDims(rows.boxes(), tf.constant(1)));
        Points points = cells.points();
        Operand<TBool> both = tf.math.logicalAnd(holds(points.x(tf), edges.get(0), edges.get(2)), holds(points.y(tf), edges.get(1), edges.get(3)));
        return tf.dtypes.cast(both, TFloat32.class);
    }

    private Operand<TBool> holds(Operand<TFloat32> cell, Operand<TFloat32> near, Operand<TFloat32> far) {
        Operand<TFloat32> offset = tf.math.sub(tf.math.mul(tf.math.add(near, far), tf.constant(0.5f)), cell);
        Operand<TFloat32> half = tf.constant(cells.stride() / 2f);
        return tf.math.logicalAnd(tf.math.greaterEqual(offset, tf.math.neg(half)), tf.math.less(offset, half));
    }

    /** 1 at the box of each cell that fits a row best, the first of several equal ones, else 0. */
    private Operand<TFloat32> bestOfCell(Operand<TFloat32> fits) {
        Operand<TFloat32> byCell = tf.reshape(fits, tf.concat(List.of(tf.constant(new int[] {-1, cells.count(), cells.boxes()}),
            tf.slice(tf.shape(fits), tf.constant(new int[] {2}), tf.constant(new int[] {1}))), tf.constant(0)));
        Operand<TInt32> best = tf.math.argMax(byCell, tf.constant(2), TInt32.class);
        Operand<TFloat32> chosen = tf.oneHot(best, tf.constant(cells.boxes()), tf.constant(1f), tf.constant(0f),
            OneHot.axis(2L));
        return tf.reshape(chosen, tf.shape(fits));
    }

    /** 1 where a box's objectness is learned, else 0: not what lies on a box to ignore, nor easy negatives where only hard ones count. */
    private Operand<TFloat32> learning(TruthRows rows, Operand<TFloat32> iou, Operand<TFloat32> positive) {
        Operand<TFloat32> ignored = tf.reduceMax(tf.math.mul(central(rows), tf.expandDims(rows.ignored(), tf.constant(1))), tf.constant(2));
        Operand<TFloat32> rest = tf.math.sub(tf.constant(1f), tf.math.mul(ignored, tf.math.sub(tf.constant(1f), positive)));
        if (!plan.hard()) {
            return tf.stopGradient(rest);
        }
        Operand<TFloat32> known = tf.math.mul(iou, tf.expandDims(tf.math.add(rows.counted(), rows.ignored()), tf.constant(1)));
        Operand<TFloat32> kept = HardNegatives.STANDARD.keep(tf, tf.math.sigmoid(tf.stopGradient(said.objectness())),
            tf.reduceMax(known, tf.constant(2)), positive);
        return tf.stopGradient(tf.math.mul(rest, tf.math.add(positive, kept)));
    }

    /** Cross entropy under a softmax, [batch, box]. */
    private Operand<TFloat32> classDistance(Operand<TFloat32> oneHot) {
        Operand<TFloat32> most = tf.stopGradient(tf.reduceMax(said.classes(), tf.constant(2), ReduceMax.keepDims(true)));
        Operand<TFloat32> shifted = tf.math.sub(said.classes(), most);
        Operand<TFloat32> total = tf.math.log(tf.reduceSum(tf.math.exp(shifted), tf.constant(2), ReduceSum.keepDims(true)));
        return tf.math.neg(tf.reduceSum(tf.math.mul(oneHot, tf.math.sub(shifted, total)), tf.constant(2)));
    }

    /** [batch, box]. */
    private Operand<TFloat32> boxDistance(Operand<TFloat32> targets) {
        return plan.squared() ? tf.reduceSum(tf.math.squaredDifference(said.place(), tf.stopGradient(cells.encode(tf, targets))), tf.constant(2))
            : tf.math.sub(tf.constant(1f), boxOps.giou(said.corners(), targets));
    }
}
