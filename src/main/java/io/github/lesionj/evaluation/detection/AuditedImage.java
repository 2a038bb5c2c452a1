package io.github.lesionj.evaluation.detection;

import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.geometry.TrueBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An image with what its boxes turned out to be at a threshold.
 *
 * @param name  of the image
 * @param truth every object on it
 * @param boxes found ones and missed objects: misses first, then false alarms, hits and ignored ones, each by falling score
 */
public record AuditedImage(String name, List<TrueBox> truth, List<AuditedBox> boxes) {

    private static final List<Verdict> ORDER = List.of(Verdict.MISS, Verdict.FALSE_ALARM, Verdict.HIT, Verdict.IGNORED);
    /** The most errors first, then the surest false alarm; equally bad ones stay in their order. */
    private static final Comparator<AuditedImage> WORST_FIRST = Comparator.comparingInt((AuditedImage image) -> -image.errors())
        .thenComparingDouble(image -> -image.surestFalseAlarm());

    public AuditedImage {
        truth = List.copyOf(truth);
        boxes = List.copyOf(boxes);
    }

    /**
     * Judges images; the worst come first.
     *
     * @param classes   how many
     * @param threshold boxes below it do not count
     * @param iou       from which a box hits
     */
    public static List<AuditedImage> worstFirst(List<JudgedImage> images, int classes, double threshold, double iou) {
        return images.stream().map(image -> of(image, classes, threshold, iou)).sorted(WORST_FIRST).toList();
    }

    private static AuditedImage of(JudgedImage image, int classes, double threshold, double iou) {
        List<ScoredBox> sure = image.found().stream().filter(box -> box.score() >= threshold).toList();
        JudgedImage judged = new JudgedImage(image.name(), image.truth(), sure);
        List<AuditedBox> boxes = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            ImageMatching matching = ImageMatching.of(judged, label, MatchRule.of(iou));
            for (int i = 0; i < matching.hit().length; i++) {
                ScoredBox found = matching.found().get(i);
                Verdict verdict = matching.ignored()[i] ? Verdict.IGNORED : matching.hit()[i] >= 0 ? Verdict.HIT : Verdict.FALSE_ALARM;
                boxes.add(new AuditedBox(found.box(), label, found.score(), verdict));
            }
            matching.missed().forEach(missed -> boxes.add(new AuditedBox(missed.box(), missed.label(), Double.NaN, Verdict.MISS)));
        }
        boxes.sort(Comparator.comparingInt((AuditedBox box) -> ORDER.indexOf(box.verdict()))
            .thenComparingDouble(box -> Double.isNaN(box.score()) ? 0 : -box.score()));
        return new AuditedImage(image.name(), image.truth(), boxes);
    }

    /** How many of its boxes are something. */
    public int count(Verdict verdict) {
        return (int) boxes.stream().filter(box -> box.verdict() == verdict).count();
    }

    /** Misses and false alarms. */
    public int errors() {
        return count(Verdict.MISS) + count(Verdict.FALSE_ALARM);
    }

    /** Score of the surest false alarm; negative without one. */
    private double surestFalseAlarm() {
        return boxes.stream().filter(box -> box.verdict() == Verdict.FALSE_ALARM).mapToDouble(AuditedBox::score).max().orElse(-1);
    }

    /** Its numbers in words, such as {@code 2 misses, 1 false alarm, 12 hits}. */
    public String summary() {
        return counted(Verdict.MISS, "misses") + ", " + counted(Verdict.FALSE_ALARM, "false alarms") + ", " + counted(Verdict.HIT, "hits")
            + (count(Verdict.IGNORED) == 0 ? "" : ", " + count(Verdict.IGNORED) + " ignored");
    }

    private String counted(Verdict verdict, String several) {
        return count(verdict) + " " + (count(verdict) == 1 ? verdict.text() : several);
    }
}
