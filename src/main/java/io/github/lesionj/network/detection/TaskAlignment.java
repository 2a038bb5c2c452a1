package io.github.lesionj.network.detection;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Decides anew at each step which points learn which box, by how well class and box agree there (Feng et al. 2021,
 * arXiv:2108.07755): p IoU^6, of which the ten best points of each box learn it. A point that several boxes want learns the one of the
 * largest IoU.
 *
 * <p>Only points in a box may learn it, and those in whose cell its centre lies: a box smaller than a cell may hold no point.
 */
final class TaskAlignment {

    private static final int POINTS_OF_A_BOX = 10;
    private static final float IOU_POWER = 6;
    /** Lets the points of a box differ before any of them agrees with it: nearer ones first. */
    private static final float NEARNESS = 1e-9f;

    private final Ops tf;
    private final BoxOps boxOps;
    private final Points points;

    TaskAlignment(Ops tf, Points points) {
        this.tf = tf;
        this.boxOps = new BoxOps(tf);
        this.points = points;
    }

    /**
     * What the points learn; no gradient flows through any of it.
     *
     * @param positive 1 where a point learns a box, else 0, [batch, point]
     * @param quality  of that, in 0..1: the best IoU of the box, less where its other points agree better; [batch, point]
     * @param classes  that quality at the class of the box, [batch, point, class]
     * @param boxes    [batch, point, 4]; zeros where a point learns none
     * @param overlap  best IoU of the point's own box with any true one, also one to ignore, [batch, point]
     * @param ignored  1 where a point lies in a box to ignore, else 0, [batch, point]
     */
    record Targets(Operand<TFloat32> positive, Operand<TFloat32> quality, Operand<TFloat32> classes, Operand<TFloat32> boxes,
            Operand<TFloat32> overlap, Operand<TFloat32> ignored) {
    }

    /**
     * Adds the decision to a graph.
     *
     * @param probabilities [batch, point, class], without gradient
     * @param boxes         that the network gives, [batch, point, 4] in px, without gradient
     */
    Targets of(TruthRows truth, Operand<TFloat32> probabilities, Operand<TFloat32> boxes) {
        Operand<TFloat32> oneHot = truth.oneHot(Math.toIntExact(probabilities.shape().get(2)));
        // axes from here on: batch, point, row of the truth
        Operand<TFloat32> iou = boxOps.matrix(boxes, truth.boxes());
        Operand<TFloat32> inside = inside(truth.boxes());
        Operand<TFloat32> said = product(probabilities, transposed(oneHot));
        Operand<TFloat32> agreement = tf.math.mul(tf.math.add(tf.math.mul(said, tf.math.pow(iou, tf.constant(IOU_POWER))), nearness(truth.boxes())),
            tf.math.mul(inside, tf.expandDims(truth.counted(), tf.constant(1))));
        Operand<TFloat32> own = truth.largest(tf.math.mul(bestPoints(agreement), tf.math.add(iou, tf.constant(NEARNESS))));
        Operand<TFloat32> quality = quality(tf.math.mul(agreement, own), tf.math.mul(iou, own));
        Operand<TFloat32> classes = tf.math.mul(product(own, oneHot), tf.expandDims(quality, tf.constant(2)));
        Operand<TFloat32> known = tf.math.mul(iou, tf.expandDims(tf.math.add(truth.counted(), truth.ignored()), tf.constant(1)));
        Operand<TFloat32> ignored = tf.math.mul(inside, tf.expandDims(truth.ignored(), tf.constant(1)));
        return new Targets(tf.reduceMax(own, tf.constant(2)), quality, classes, product(own, truth.boxes()),
            tf.reduceMax(known, tf.constant(2)), tf.reduceMax(ignored, tf.constant(2)));
    }

    private Operand<TFloat32> product(Operand<TFloat32> a, Operand<TFloat32> b) {
        return tf.train.batchMatMul(a, b, TFloat32.class);
    }

    private Operand<TFloat32> transposed(Operand<TFloat32> x) {
        return tf.linalg.transpose(x, tf.constant(new int[] {0, 2, 1}));
    }

    /** Four edges of all boxes, each [batch, 1, row]. */
    private List<Operand<TFloat32>> edges(Operand<TFloat32> boxes) {
        return boxOps.edges(tf.expandDims(boxes, tf.constant(1)));
    }

    /** 1 where a point lies in a box, or the box's centre in the point's cell. */
    private Operand<TFloat32> inside(Operand<TFloat32> boxes) {
        List<Operand<TFloat32>> edges = edges(boxes);
        Operand<TBool> within = tf.math.logicalAnd(
            tf.math.logicalAnd(tf.math.greaterEqual(points.x(tf), edges.get(0)), tf.math.less(points.x(tf), edges.get(2))),
            tf.math.logicalAnd(tf.math.greaterEqual(points.y(tf), edges.get(1)), tf.math.less(points.y(tf), edges.get(3))));
        Operand<TBool> central = tf.math.less(tf.math.maximum(fromCentre(points.x(tf), edges.get(0), edges.get(2)),
            fromCentre(points.y(tf), edges.get(1), edges.get(3))), tf.math.mul(points.stride(tf), tf.constant(0.5f)));
        return tf.dtypes.cast(tf.math.logicalOr(within, central), TFloat32.class);
    }

    private Operand<TFloat32> fromCentre(Operand<TFloat32> at, Operand<TFloat32> near, Operand<TFloat32> far) {
        return tf.math.abs(tf.math.sub(at, tf.math.mul(tf.math.add(near, far), tf.constant(0.5f))));
    }

    /** Falls with the distance between point and centre, in cells. */
    private Operand<TFloat32> nearness(Operand<TFloat32> boxes) {
        List<Operand<TFloat32>> edges = edges(boxes);
        Operand<TFloat32> distance = tf.math.add(fromCentre(points.x(tf), edges.get(0), edges.get(2)),
            fromCentre(points.y(tf), edges.get(1), edges.get(3)));
        Operand<TFloat32> cells = tf.math.div(distance, points.stride(tf));
        return tf.math.div(tf.constant(NEARNESS), tf.math.add(cells, tf.constant(1f)));
    }

    /** 1 at the best points of each box, else 0. */
    private Operand<TFloat32> bestPoints(Operand<TFloat32> agreement) {
        Operand<TFloat32> byBox = transposed(agreement);
        int count = Math.min(POINTS_OF_A_BOX, points.count());
        TopK<TFloat32, TInt32> best = tf.nn.topK(byBox, tf.constant(count), TInt32.class);
        Operand<TFloat32> last = tf.slice(best.values(), tf.constant(new int[] {0, 0, count - 1}), tf.constant(new int[] {-1, -1, 1}));
        Operand<TBool> chosen = tf.math.logicalAnd(tf.math.greaterEqual(byBox, last), tf.math.greater(byBox, tf.constant(0f)));
        return transposed(tf.dtypes.cast(chosen, TFloat32.class));
    }

    /** The agreement of each point as a share of the best of its box, times the best IoU of its box; [batch, point]. */
    private Operand<TFloat32> quality(Operand<TFloat32> agreement, Operand<TFloat32> iou) {
        Operand<TFloat32> best = tf.reduceMax(agreement, tf.constant(1), ReduceMax.keepDims(true));
        Operand<TFloat32> bestIou = tf.reduceMax(iou, tf.constant(1), ReduceMax.keepDims(true));
        return tf.reduceSum(tf.math.mul(tf.math.divNoNan(agreement, best), bestIou), tf.constant(2));
    }
}
