package io.github.lesionj.geometry;

import java.util.Arrays;

/**
 * Boxes that were kept so far, found again by place, size and class. Boxes whose longer side lies between two powers of two make a
 * level, which has a grid of cells as wide as its largest box: a box lies in the cell of its near corner.
 */
final class KeptBoxes {

    private static final int NONE = -1;
    /** Up to the longest side that single precision knows. */
    private static final int LEVELS = 140;
    /** Exponent of the smallest level, which has all smaller boxes as well. */
    private static final int SMALLEST = -8;
    private static final int FIRST_SLOTS = 1 << 10;
    /** Cells beyond it are not counted one by one: their numbers need not be exact. */
    private static final double FARTHEST_CELL = 1L << 40;

    private final Boxes boxes;
    private final int[] classes;
    private final double limit;
    /** Of each box the one that was put into its cell, or into its level, before it. */
    private final int[] beforeInCell;
    private final int[] beforeInLevel;
    private final int[] lastOfLevel = new int[LEVELS];
    private final int[] sizeOfLevel = new int[LEVELS];
    /** The cells that hold boxes, in a hash table with open addresses: what cell a slot has, and the last box in it. */
    private long[] keys = new long[FIRST_SLOTS];
    private int[] lastOfCell = new int[FIRST_SLOTS];
    private int cells;

    KeptBoxes(Boxes boxes, int[] classes, double limit) {
        this.boxes = boxes;
        this.classes = classes;
        this.limit = limit;
        beforeInCell = new int[boxes.size()];
        beforeInLevel = new int[boxes.size()];
        Arrays.fill(lastOfLevel, NONE);
        Arrays.fill(lastOfCell, NONE);
    }

    /** Keeps a box; an empty one is not remembered, for it overlaps nothing. */
    void add(int index) {
        Box box = boxes.get(index);
        if (box.isEmpty()) {
            return;
        }
        int level = level(longer(box));
        double cell = cell(level);
        long key = key(level, classes[index], (long) Math.floor(box.x0() / cell), (long) Math.floor(box.y0() / cell));
        int slot = slot(key);
        if (lastOfCell[slot] == NONE) {
            keys[slot] = key;
            cells++;
        }
        beforeInCell[index] = lastOfCell[slot];
        lastOfCell[slot] = index;
        beforeInLevel[index] = lastOfLevel[level];
        lastOfLevel[level] = index;
        sizeOfLevel[level]++;
        if (2 * cells > keys.length) {
            grow();
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldLast = lastOfCell;
        keys = new long[2 * oldKeys.length];
        lastOfCell = new int[keys.length];
        Arrays.fill(lastOfCell, NONE);
        for (int i = 0; i < oldLast.length; i++) {
            if (oldLast[i] != NONE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                lastOfCell[slot] = oldLast[i];
            }
        }
    }

    /** Whether a box overlaps one of them, of its class, by more than the limit. */
    boolean overlaps(int index) {
        Box box = boxes.get(index);
        if (box.isEmpty() || limit >= 1) {
            return false;
        }
        double side = longer(box);
        int most = limit > 0 ? level(side / limit) : LEVELS - 1;
        for (int level = level(side * limit); level <= most; level++) {
            if (sizeOfLevel[level] > 0 && overlapsInLevel(index, box, level)) {
                return true;
            }
        }
        return false;
    }

    private boolean overlapsInLevel(int index, Box box, int level) {
        double cell = cell(level);
        double around = (box.width() / cell + 2) * (box.height() / cell + 2);
        if (around > sizeOfLevel[level] || farthest(box) / cell > FARTHEST_CELL) {
            return overlapsOneOf(index, lastOfLevel[level], beforeInLevel);
        }
        long firstX = (long) Math.floor(box.x0() / cell) - 1;
        long firstY = (long) Math.floor(box.y0() / cell) - 1;
        long lastX = (long) Math.floor(box.x1() / cell);
        long lastY = (long) Math.floor(box.y1() / cell);
        for (long y = firstY; y <= lastY; y++) {
            for (long x = firstX; x <= lastX; x++) {
                if (overlapsOneOf(index, lastOfCell[slot(key(level, classes[index], x, y))], beforeInCell)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean overlapsOneOf(int index, int last, int[] before) {
        for (int other = last; other != NONE; other = before[other]) {
            if (classes[other] == classes[index] && boxes.iou(index, boxes, other) > limit) {
                return true;
            }
        }
        return false;
    }

    private static double longer(Box box) {
        return Math.max(box.width(), box.height());
    }

    private static double farthest(Box box) {
        return Math.max(Math.max(Math.abs(box.x0()), Math.abs(box.x1())), Math.max(Math.abs(box.y0()), Math.abs(box.y1())));
    }

    private static int level(double side) {
        return Math.max(0, Math.min(LEVELS - 1, Math.getExponent(side) - SMALLEST));
    }

    /** At least as wide as the boxes of a level. */
    private static double cell(int level) {
        return Math.scalb(1.0, level + SMALLEST + 1);
    }

    /** Cells that have the same key only cost time. */
    private static long key(int level, int label, long x, long y) {
        return (x & 0x3FFFFF) << 42 | (y & 0x3FFFFF) << 20 | (label & 0xFFFL) << 8 | level;
    }

    /** Where a key is, or the free place that it would take. */
    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed ^ mixed >>> 32) & keys.length - 1;
        while (lastOfCell[slot] != NONE && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }
}
