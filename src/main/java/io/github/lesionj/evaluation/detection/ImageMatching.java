package io.github.lesionj.evaluation.detection;

import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.geometry.TrueBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which object each found box of an image hits, among those of one class.
 *
 * @param truth   of the class, in their order
 * @param found   of the class, by descending score
 * @param hit     for each found box the index of its object, or -1
 * @param ignored for each found box whether it counts neither as a hit nor as a false alarm
 * @param missed  the objects that must be found and that no box hits
 * @param wanted  number of objects that must be found
 */
public record ImageMatching(List<TrueBox> truth, List<ScoredBox> found, int[] hit, boolean[] ignored, List<TrueBox> missed, int wanted) {

    private static final int NONE = -1;

    /**
     * Matches.
     *
     * @param label index of the class
     */
    public static ImageMatching of(JudgedImage image, int label, MatchRule rule) {
        List<TrueBox> truth = image.truth().stream().filter(box -> box.label() == label).toList();
        List<ScoredBox> found = image.found().stream().filter(box -> box.label() == label)
            .sorted(Comparator.comparingDouble(box -> -box.score())).limit(rule.most()).toList();
        boolean[] outside = new boolean[truth.size()];
        for (int i = 0; i < outside.length; i++) {
            outside[i] = truth.get(i).role() != TrueBox.Role.COUNTED || !rule.areas().holds(truth.get(i).area());
        }
        int[] hit = new int[found.size()];
        boolean[] ignored = new boolean[found.size()];
        boolean[] taken = new boolean[truth.size()];
        for (int i = 0; i < hit.length; i++) {
            ScoredBox box = found.get(i);
            hit[i] = rule.convention() == MatchRule.Convention.BEST ? best(box, truth, rule.iou())
                : bestFree(box, truth, rule.iou(), outside, taken);
            if (hit[i] == NONE) {
                ignored[i] = !rule.areas().holds(box.box().area());
            } else if (outside[hit[i]]) {
                ignored[i] = true;
                taken[hit[i]] = true;
            } else if (taken[hit[i]]) {
                // only where the best object counts whether it is free or not
                hit[i] = NONE;
            } else {
                taken[hit[i]] = true;
            }
        }
        List<TrueBox> missed = new ArrayList<>();
        int wanted = 0;
        for (int i = 0; i < outside.length; i++) {
            wanted += outside[i] ? 0 : 1;
            if (!outside[i] && !taken[i]) {
                missed.add(truth.get(i));
            }
        }
        return new ImageMatching(truth, found, hit, ignored, List.copyOf(missed), wanted);
    }

    private static int best(ScoredBox box, List<TrueBox> truth, double least) {
        int best = NONE;
        double most = 0;
        for (int i = 0; i < truth.size(); i++) {
            double overlap = truth.get(i).overlap(box.box());
            if (overlap > most) {
                most = overlap;
                best = i;
            }
        }
        return most >= least ? best : NONE;
    }

    /** One that counts before any that does not; of equal overlaps the last one, as COCO's own code has it. */
    private static int bestFree(ScoredBox box, List<TrueBox> truth, double least, boolean[] outside, boolean[] taken) {
        int counted = bestFree(box, truth, least, outside, taken, false);
        return counted != NONE ? counted : bestFree(box, truth, least, outside, taken, true);
    }

    private static int bestFree(ScoredBox box, List<TrueBox> truth, double least, boolean[] outside, boolean[] taken, boolean ofOutside) {
        int best = NONE;
        double most = Math.min(least, 1 - 1e-10);
        for (int i = 0; i < truth.size(); i++) {
            boolean free = !taken[i] || truth.get(i).role() == TrueBox.Role.CROWD;
            if (outside[i] == ofOutside && free && truth.get(i).overlap(box.box()) >= most) {
                most = truth.get(i).overlap(box.box());
                best = i;
            }
        }
        return best;
    }
}
