package io.github.lesionj.geometry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the boxes of neighbouring tiles that are of one object, for all tiles and their neighbours on one side. A box has one
 * counterpart at most; the surest chooses first, and one that is nearly the same goes before one that completes it.
 */
final class SeamPairs {

    private static final int NONE = -1;

    private final List<TileBox> boxes;
    private final int columns;
    private final int rows;
    private final SeamDirection across;
    private final SeamDirection down;
    /** Along the seam, where there is one that does not only meet in a corner. */
    private final SeamDirection along;
    /** Of each tile the boxes that the first tile may know, by where they start along the seam. */
    private final Map<Long, List<Integer>> seconds = new HashMap<>();
    private final boolean[] isFirst;
    private final boolean[] isSecond;
    private final List<Pair> pairs = new ArrayList<>();

    /**
     * Two boxes of one object.
     *
     * @param first  index of the one
     * @param second index of the one in the neighbouring tile
     * @param parts  whether one of them at least is but a part of it
     */
    record Pair(int first, int second, boolean parts) {
    }

    /** How little two boxes fit, or infinity where they do not fit at all. */
    private interface Fit {
        double of(TileBox first, TileBox second);
    }

    private SeamPairs(List<TileBox> boxes, int columns, int rows) {
        this.boxes = boxes;
        this.columns = columns;
        this.rows = rows;
        across = new SeamDirection(true, columns);
        down = new SeamDirection(false, rows);
        along = columns == 0 ? across : down;
        isFirst = new boolean[boxes.size()];
        isSecond = new boolean[boxes.size()];
        for (int i = 0; i < boxes.size(); i++) {
            if (across.isOpenSecond(boxes.get(i)) && down.isOpenSecond(boxes.get(i))) {
                seconds.computeIfAbsent(boxes.get(i).tile(), tile -> new ArrayList<>()).add(i);
            }
        }
        seconds.values().forEach(those -> those.sort((i, j) -> Double.compare(start(i), start(j))));
    }

    /**
     * All of them, with the neighbours that are so many columns and rows away.
     *
     * @param boxes   the surest first
     * @param columns 1, -1 or 0
     * @param rows    1, -1 or 0
     */
    static List<Pair> of(List<TileBox> boxes, int columns, int rows) {
        SeamPairs found = new SeamPairs(boxes, columns, rows);
        found.match((one, other) -> found.across.sameness(one, other) + found.down.sameness(one, other), false);
        found.match((one, other) -> found.across.completion(one, other) + found.down.completion(one, other), true);
        return found.pairs;
    }

    private void match(Fit fit, boolean parts) {
        for (int i = 0; i < boxes.size(); i++) {
            TileBox box = boxes.get(i);
            List<Integer> there = seconds.get(TileBox.key(box.column() + columns, box.row() + rows));
            if (there == null || isFirst[i] || !across.isOpenFirst(box) || !down.isOpenFirst(box)) {
                continue;
            }
            int best = best(box, there, fit);
            if (best != NONE) {
                isFirst[i] = true;
                isSecond[best] = true;
                TileBox second = boxes.get(best);
                pairs.add(new Pair(i, best, parts || across.areEnds(box, second) || down.areEnds(box, second)));
            }
        }
    }

    private int best(TileBox box, List<Integer> there, Fit fit) {
        double start = along.near(box.box());
        double reach = columns == 0 || rows == 0 ? along.reach(box.box()) : Double.POSITIVE_INFINITY;
        int best = NONE;
        double least = Double.POSITIVE_INFINITY;
        for (int at = first(there, start - reach); at < there.size() && start(there.get(at)) <= start + reach; at++) {
            int other = there.get(at);
            if (isSecond[other] || boxes.get(other).label() != box.label()) {
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
