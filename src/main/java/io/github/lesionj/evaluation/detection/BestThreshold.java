package io.github.lesionj.evaluation.detection;

import java.util.List;
import java.util.stream.IntStream;

/** The threshold of a detector's scores with the best F1 over all classes together, a balance of misses and false alarms. */
public final class BestThreshold {

    private BestThreshold() {
    }

    /**
     * The threshold, midway between the score of the last box that it keeps and the next one's.
     *
     * @param classes how many
     * @param iou     from which a box hits
     * @return NaN where no threshold has a hit
     */
    public static double ofF1(List<JudgedImage> images, int classes, double iou) {
        List<ClassMatching> each = IntStream.range(0, classes).mapToObj(label -> ClassMatching.of(images, label, MatchRule.of(iou))).toList();
        ClassMatching all = ClassMatching.together(each);
        double best = 0;
        double threshold = Double.NaN;
        int hits = 0;
        for (int i = 0; i < all.hits().length; i++) {
            hits += all.hits()[i] ? 1 : 0;
            double f1 = 2.0 * hits / (i + 1 + all.wanted());
            boolean last = i + 1 == all.hits().length;
            if (f1 > best && (last || all.scores()[i + 1] < all.scores()[i])) {
                best = f1;
                threshold = last ? all.scores()[i] : (all.scores()[i] + all.scores()[i + 1]) / 2;
            }
        }
        return threshold;
    }
}
