package io.github.lesionj.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Joins the boxes that several tiles have of one object, over the seams between them. */
final class SeamJoin {

    /** Every two neighbouring tiles once: side by side, one below the other, and corner to corner. */
    private static final int[][] NEIGHBOURS = {{1, 0}, {0, 1}, {1, 1}, {-1, 1}};

    private final List<TileBox> boxes;
    /** Of each box one of the same object that is surer, or itself. */
    private final int[] surer;
    /** Of the surest of an object, whether some of them are but parts of it. */
    private final boolean[] inParts;

    private SeamJoin(List<TileBox> boxes) {
        this.boxes = boxes;
        surer = new int[boxes.size()];
        Arrays.setAll(surer, i -> i);
        inParts = new boolean[boxes.size()];
    }

    /**
     * One box for each object: the surest, or where some are but parts of it the one around them with the score of the surest.
     *
     * @param boxes the surest first
     */
    static List<ScoredBox> join(List<TileBox> boxes) {
        SeamJoin join = new SeamJoin(boxes);
        List<SeamPairs.Pair> pairs = new ArrayList<>();
        for (int[] neighbour : NEIGHBOURS) {
            pairs.addAll(SeamPairs.of(boxes, neighbour[0], neighbour[1]));
        }
        pairs.forEach(pair -> join.unite(pair.first(), pair.second()));
        pairs.forEach(pair -> join.inParts[join.surest(pair.first())] |= pair.parts());
        return join.objects();
    }

    private void unite(int i, int j) {
        int a = surest(i);
        int b = surest(j);
        surer[Math.max(a, b)] = Math.min(a, b);
    }

    private int surest(int index) {
        int at = index;
        while (surer[at] != at) {
            surer[at] = surer[surer[at]];
            at = surer[at];
        }
        return at;
    }

    private List<ScoredBox> objects() {
        Box[] hulls = new Box[boxes.size()];
        for (int i = 0; i < hulls.length; i++) {
            int object = surest(i);
            hulls[object] = hulls[object] == null ? boxes.get(i).box() : hulls[object].hull(boxes.get(i).box());
        }
        List<ScoredBox> objects = new ArrayList<>();
        for (int i = 0; i < hulls.length; i++) {
            if (hulls[i] != null) {
                ScoredBox best = boxes.get(i).found();
                objects.add(inParts[i] ? new ScoredBox(hulls[i], best.label(), best.score()) : best);
            }
        }
        return objects;
    }
}
