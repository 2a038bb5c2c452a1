package io.github.lesionj.evaluation.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The boxes of one class on all images, by descending score, each a hit or a false alarm. Those that count as neither are left out.
 *
 * @param scores of the boxes, falling
 * @param hits   whether each hits an object
 * @param wanted number of objects that must be found
 * @param images number of images
 */
public record ClassMatching(double[] scores, boolean[] hits, int wanted, int images) {

    private record Judged(double score, boolean hit) {
    }

    /**
     * Matches image by image.
     *
     * @param label index of the class
     */
    public static ClassMatching of(List<JudgedImage> images, int label, MatchRule rule) {
        List<Judged> boxes = new ArrayList<>();
        int wanted = 0;
        for (JudgedImage image : images) {
            ImageMatching matching = ImageMatching.of(image, label, rule);
            wanted += matching.wanted();
            for (int i = 0; i < matching.hit().length; i++) {
                if (!matching.ignored()[i]) {
                    boxes.add(new Judged(matching.found().get(i).score(), matching.hit()[i] >= 0));
                }
            }
        }
        return of(boxes, wanted, images.size());
    }

    /** Several classes of the same images as one. */
    static ClassMatching together(List<ClassMatching> classes) {
        List<Judged> boxes = new ArrayList<>();
        for (ClassMatching matching : classes) {
            for (int i = 0; i < matching.hits.length; i++) {
                boxes.add(new Judged(matching.scores[i], matching.hits[i]));
            }
        }
        return of(boxes, classes.stream().mapToInt(ClassMatching::wanted).sum(), classes.stream().mapToInt(ClassMatching::images).max().orElse(0));
    }

    private static ClassMatching of(List<Judged> boxes, int wanted, int images) {
        // stable: of equal scores the one of the earlier image comes first
        boxes.sort(Comparator.comparingDouble(box -> -box.score()));
        boolean[] hits = new boolean[boxes.size()];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = boxes.get(i).hit();
        }
        return new ClassMatching(boxes.stream().mapToDouble(Judged::score).toArray(), hits, wanted, images);
    }

    /** How many of the first so many boxes are hits. */
    int hits(int count) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += hits[i] ? 1 : 0;
        }
        return found;
    }

    /** How many boxes have at least this score. */
    int above(double threshold) {
        int count = 0;
        while (count < scores.length && scores[count] >= threshold) {
            count++;
        }
        return count;
    }
}
