package io.github.lesionj.geometry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Makes one list of what a detector found in the overlapping tiles of an image, in which no object at a seam is doubled or lost.
 *
 * <p>Every object is judged by the tile that sees it best, which is where it lies farthest from a border to a neighbour: what the
 * other tiles say of it, whole or cut, is left out. So an object that is no larger than the overlap of the tiles, which one of
 * them must see whole, comes as in an image that was looked at in one piece. Where two tiles see it about as well, the surer of
 * their two boxes is taken.
 *
 * <p>No tile sees an object whole that is larger than the overlap. Its pieces stay, and two that end on both sides of a seam, of
 * one class and at the same height of it, become the box around both, with the higher of their scores. Without an overlap two
 * objects that touch each other exactly at a seam cannot be told from one. A piece without its counterpart stays as it is.
 *
 * <p>The result does not depend on the order of the tiles. Not thread-safe.
 */
public final class TileMerge {

    private final Tiling tiling;
    private final int most;
    /** The least sure one first. */
    private final PriorityQueue<TileBox> kept = new PriorityQueue<>(TileBox.SURE_FIRST.reversed());
    private long leftOut;

    /**
     * Before the first tile.
     *
     * @param most how many boxes are remembered at most, of all tiles together, those of the highest scores
     */
    public TileMerge(Tiling tiling, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("At most " + most + " boxes");
        }
        this.tiling = tiling;
        this.most = most;
    }

    /**
     * Takes what was found in one tile, before or after non-maximum suppression. Boxes are cut at the image's borders; those of
     * which the middle lies outside the tiled area do not count.
     *
     * @param boxes finite, in px of the image; they may reach beyond the tile
     */
    public void add(Tiling.Tile tile, List<ScoredBox> boxes) {
        for (ScoredBox found : boxes) {
            if (!found.box().isFinite()) {
                throw new IllegalArgumentException("A box without a place: " + found);
            }
            Box box = found.box().within(tiling.imageWidth(), tiling.imageHeight());
            int across = tiling.across().view(tile.column(), box.x0(), box.x1());
            int down = tiling.down().view(tile.row(), box.y0(), box.y1());
            if (!box.isEmpty() && isSearched(box) && ((across | down) & TileAxis.ELSEWHERE) == 0) {
                remember(new TileBox(new ScoredBox(box, found.label(), found.score()), tile.column(), tile.row(), across, down));
            }
        }
    }

    private boolean isSearched(Box box) {
        return tiling.area().contains((box.x0() + box.x1()) / 2, (box.y0() + box.y1()) / 2);
    }

    private void remember(TileBox box) {
        if (kept.size() < most) {
            kept.add(box);
            return;
        }
        leftOut++;
        if (TileBox.SURE_FIRST.compare(box, kept.peek()) < 0) {
            kept.poll();
            kept.add(box);
        }
    }

    /** How many boxes were not remembered, because there were more with higher scores than can be. */
    public long leftOut() {
        return leftOut;
    }

    /**
     * What is in the image, as far as tiles were added; it may be asked for several times.
     *
     * @param threshold boxes of a lower score do not count, as if they had never been found
     * @param limit     boxes of one class that overlap by a higher IoU are one, 0..1
     * @param count     how many boxes at most, those of the highest scores
     * @return by descending score, equal ones by their place
     */
    public List<ScoredBox> merged(double threshold, double limit, int count) {
        List<TileBox> sure = kept.stream().filter(box -> box.found().score() >= threshold).sorted(TileBox.SURE_FIRST).toList();
        List<ScoredBox> found = SeamJoin.join(onePerObject(sure, limit));
        found.sort(TileBox.ORDER);
        int[] labels = found.stream().mapToInt(ScoredBox::label).toArray();
        return Arrays.stream(keep(found, labels, limit, count)).mapToObj(found::get).toList();
    }

    // A seam joins what two tiles make of an object, and not all that they had considered.
    private static List<TileBox> onePerObject(List<TileBox> boxes, double limit) {
        Map<List<Long>, Integer> numbers = new HashMap<>();
        int[] classes = boxes.stream()
            .mapToInt(box -> numbers.computeIfAbsent(List.of(box.tile(), (long) box.label()), key -> numbers.size())).toArray();
        int[] kept = keep(boxes.stream().map(TileBox::found).toList(), classes, limit, boxes.size());
        return Arrays.stream(kept).mapToObj(boxes::get).toList();
    }

    private static int[] keep(List<ScoredBox> boxes, int[] classes, double limit, int count) {
        float[] scores = new float[boxes.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) boxes.get(i).score();
        }
        return new NonMaximumSuppression(limit, count).keep(Boxes.of(boxes.stream().map(ScoredBox::box).toList()), scores, classes);
    }
}
