package io.github.lesionj.geometry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the boxes on both sides of the seams of one direction that are of one object. A box has one counterpart at most on
 * either side; the surest chooses first, and one that is nearly the same goes before one that is the other end.
 */
final class SeamPairs {

    private static final int NONE = -1;
    /** How much of their length the ends of two may be apart that are nearly the same. */
    private static final double SAME = 0.1;
    /** The same along the seam, for two ends of one object. */
    private static final double ALIKE = 0.5;

    private final List<TileBox> boxes;
    private final SeamDirection direction;
    private final SeamDirection along;
    /** Of each tile the boxes that the tile before may know, by where they start along the seam. */
    private final Map<Long, List<Integer>> behind = new HashMap<>();
    private final boolean[] hasNext;
    private final boolean[] hasBefore;
    private final List<int[]> pairs = new ArrayList<>();

    private SeamPairs(List<TileBox> boxes, SeamDirection direction) {
        this.boxes = boxes;
        this.direction = direction;
        along = direction.along();
        hasNext = new boolean[boxes.size()];
        hasBefore = new boolean[boxes.size()];
        for (int i = 0; i < boxes.size(); i++) {
            if (direction.is(boxes.get(i), TileAxis.CUT_NEAR | TileAxis.SHARED_NEAR)) {
                behind.computeIfAbsent(boxes.get(i).tile(), tile -> new ArrayList<>()).add(i);
            }
        }
        behind.values().forEach(those -> those.sort((i, j) -> Double.compare(start(i), start(j))));
    }

    /**
     * Pairs of indices, the tile before first.
     *
     * @param boxes the surest first
     */
    static List<int[]> of(List<TileBox> boxes, SeamDirection direction) {
        SeamPairs found = new SeamPairs(boxes, direction);
        found.match(found::sameness);
        found.match(found::continuation);
        return found.pairs;
    }

    /** Two boxes that are nearly the same, whichever tile they are from. */
    static boolean isSame(Box a, Box b) {
        return Double.isFinite(new SeamDirection(true).difference(a, b, SAME) + new SeamDirection(false).difference(a, b, SAME));
    }

    /** How little two boxes fit, or infinity where they do not fit at all. */
    private interface Fit {
        double of(TileBox before, TileBox behind);
    }

    private double sameness(TileBox one, TileBox other) {
        return direction.difference(one.box(), other.box(), SAME) + along.difference(one.box(), other.box(), SAME);
    }

    private double continuation(TileBox one, TileBox other) {
        Box a = one.box();
        Box b = other.box();
        double gap = direction.near(b) - direction.far(a);
        boolean goesOn = direction.is(one, TileAxis.CUT_FAR) && direction.is(other, TileAxis.CUT_NEAR)
            && direction.near(a) <= direction.near(b) && direction.far(a) <= direction.far(b)
            && gap <= TileAxis.slack(Math.min(direction.length(a), direction.length(b)));
        return goesOn ? along.difference(a, b, ALIKE) : Double.POSITIVE_INFINITY;
    }

    private void match(Fit fit) {
        for (int i = 0; i < boxes.size(); i++) {
            List<Integer> there = behind.get(direction.next(boxes.get(i)));
            if (there != null && !hasNext[i] && direction.is(boxes.get(i), TileAxis.CUT_FAR | TileAxis.SHARED_FAR)) {
                int best = best(boxes.get(i), there, fit);
                if (best != NONE) {
                    hasNext[i] = true;
                    hasBefore[best] = true;
                    pairs.add(new int[] {i, best});
                }
            }
        }
    }

    private int best(TileBox box, List<Integer> there, Fit fit) {
        double start = along.near(box.box());
        double reach = along.reach(box.box());
        int best = NONE;
        double least = Double.POSITIVE_INFINITY;
        for (int at = first(there, start - reach); at < there.size() && start(there.get(at)) <= start + reach; at++) {
            int other = there.get(at);
            if (hasBefore[other] || boxes.get(other).label() != box.label()) {
                continue;
            }
            double misfit = fit.of(box, boxes.get(other));
            if (misfit < least || misfit == least && other < best) {
                least = misfit;
                best = other;
            }
        }
        return best;
    }

    private double start(int index) {
        return along.near(boxes.get(index).box());
    }

    private int first(List<Integer> there, double from) {
        int low = 0;
        int high = there.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (start(there.get(middle)) < from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
