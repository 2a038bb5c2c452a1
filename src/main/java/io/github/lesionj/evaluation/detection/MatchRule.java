package io.github.lesionj.evaluation.detection;

/**
 * When a found box hits an object.
 *
 * @param iou        least overlap, above 0 and at most 1
 * @param convention how several boxes on one object are dealt with
 * @param areas      objects of other areas are ignored
 * @param most       of an image and class only so many boxes count, those of the highest scores
 */
public record MatchRule(double iou, Convention convention, AreaRange areas, int most) {

    public MatchRule {
        if (!(iou > 0 && iou <= 1)) {
            throw new IllegalArgumentException("Boxes cannot hit from an IoU of " + iou + " on");
        }
    }

    /** Boxes take their objects by descending score, one each, in both. */
    public enum Convention {
        /** Of the objects that are still free, the one of the largest overlap (COCO). */
        BEST_FREE,
        /** The object of the largest overlap; a false alarm where that one is taken (PASCAL VOC). */
        BEST
    }

    /**
     * Which objects count.
     *
     * @param least in square px, counted
     * @param most  counted
     */
    public record AreaRange(double least, double most) {

        public static final AreaRange ALL = new AreaRange(0, Double.POSITIVE_INFINITY);
        public static final AreaRange SMALL = new AreaRange(0, 32 * 32);
        public static final AreaRange MEDIUM = new AreaRange(32 * 32, 96 * 96);
        public static final AreaRange LARGE = new AreaRange(96 * 96, Double.POSITIVE_INFINITY);

        boolean holds(double area) {
            return area >= least && area <= most;
        }
    }

    /** As {@link Convention#BEST_FREE}, all objects, all boxes. */
    public static MatchRule of(double iou) {
        return new MatchRule(iou, Convention.BEST_FREE, AreaRange.ALL, Integer.MAX_VALUE);
    }
}
