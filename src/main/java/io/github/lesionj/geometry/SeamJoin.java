package io.github.lesionj.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Joins the boxes that several tiles have of one object, over the seams between them. */
final class SeamJoin {

    private final List<TileBox> boxes;
    /** Of each box one of the same object that is surer, or itself. */
    private final int[] surer;

    private SeamJoin(List<TileBox> boxes) {
        this.boxes = boxes;
        surer = new int[boxes.size()];
        Arrays.setAll(surer, i -> i);
    }

    /**
     * One box for each object: the surest, where all are nearly the same, else the one around them with the score of the surest.
     *
     * @param boxes the surest first
     */
    static List<ScoredBox> join(List<TileBox> boxes) {
        SeamJoin join = new SeamJoin(boxes);
        for (boolean across : new boolean[] {true, false}) {
            SeamPairs.of(boxes, new SeamDirection(across)).forEach(pair -> join.unite(pair[0], pair[1]));
        }
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
                objects.add(SeamPairs.isSame(best.box(), hulls[i]) ? best : new ScoredBox(hulls[i], best.label(), best.score()));
            }
        }
        return objects;
    }
}
