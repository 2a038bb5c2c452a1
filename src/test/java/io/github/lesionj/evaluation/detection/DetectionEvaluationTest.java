package io.github.lesionj.evaluation.detection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.evaluation.Bootstrap;
import io.github.lesionj.evaluation.Estimate;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.geometry.TrueBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Intervals, operating points and verdicts of a detector, worked out by hand. */
class DetectionEvaluationTest {

    private static final double EXACT = 1e-12;
    /** Two objects, both found, and one false alarm; one object, found last, and two false alarms. */
    private static final List<JudgedImage> TWO = List.of(
        new JudgedImage("a", List.of(object(0), object(20)), List.of(found(0, 0.9), found(50, 0.8), found(20, 0.6))),
        new JudgedImage("b", List.of(object(0)), List.of(found(0, 0.5), found(60, 0.7), found(80, 0.65))));

    private static TrueBox object(double x) {
        return TrueBox.of(Box.ofSize(x, 0, 10, 10), 0);
    }

    private static ScoredBox found(double x, double score) {
        return new ScoredBox(Box.ofSize(x, 0, 10, 10), 0, score);
    }

    private static DetectionEvaluation evaluated(List<JudgedImage> images, List<String> groups, double threshold, int resamples) {
        return DetectionEvaluation.of(List.of("cell"), images, groups, threshold, new Bootstrap(resamples, 3), Progress.NONE);
    }

    /** A resample is a twice, b twice, or both: what the figures are then is worked out in the comments. */
    @Test
    void theEndsOfIntervals() {
        Map<String, Estimate> estimates = evaluated(TWO, List.of(), 0.55, 2000).estimates();
        // both: recall 1/3 at precision 1, 1 at 3/6; a: 1/2 at 1, 1 at 2/3; b: 1 at 1/3
        assertEquals((34 + 67 * 0.5) / 101, estimates.get("map50").value(), EXACT);
        assertEquals(1 / 3.0, estimates.get("map50").low(), EXACT);
        assertEquals((51 + 50 * 2 / 3.0) / 101, estimates.get("map50").high(), EXACT);
        assertEquals(new Estimate(2 / 3.0, 0, 1), estimates.get("recall"));
        // with one false alarm an image: both 1 of 3, a all, b none
        assertEquals(new Estimate(1 / 3.0, 0, 1), estimates.get("sensitivity_at_1_false_alarm"));
    }

    @Test
    void aGroupIsDrawnAsOne() {
        Estimate estimate = evaluated(TWO, List.of("p", "p"), 0.55, 100).estimates().get("map50");
        assertEquals(estimate.value(), estimate.low(), EXACT);
        assertEquals(estimate.value(), estimate.high(), EXACT);
    }

    @Test
    void theKeysOfMetricsJson() {
        Map<String, Object> map = evaluated(TWO, List.of(), 0.55, 0).toMap();
        assertEquals(2 / 3.0, (double) map.get("recall"), EXACT);
        assertTrue(map.containsKey("recall_low") && map.get("recall_low") == null, "no resamples, no interval");
        assertEquals(1 / 3.0, (double) map.get("sensitivity_at_1_false_alarm"), EXACT);
        assertTrue(map.keySet().containsAll(List.of("map50", "map50_95", "ap50_per_class", "precision", "f1", "froc", "map50_high")), map.keySet().toString());
        assertFalse(map.containsKey("precision_low"));
    }

    @Test
    void nothingThereNothingFound() {
        List<JudgedImage> empty = List.of(new JudgedImage("a", List.of(), List.of()), new JudgedImage("b", List.of(), List.of(found(0, 0.9))));
        DetectionEvaluation none = evaluated(empty, List.of(), 0.5, 50);
        assertEquals(null, none.toMap().get("map50"));
        assertEquals(null, none.toMap().get("sensitivity_at_1_false_alarm"));
        assertEquals(0.0, none.toMap().get("precision"));
        assertTrue(none.notes().get(0).startsWith("There is no object on any image"), none.notes().toString());
        DetectionEvaluation blind = evaluated(TWO, List.of(), 0.95, 0);
        assertEquals(null, blind.toMap().get("precision"));
        assertTrue(blind.notes().get(0).startsWith("No box has a score of 0.95"), blind.notes().toString());
    }

    /** Weights against the same images, written out as often. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aWeightIsAsManyImages(long seed) {
        Random random = new Random(seed);
        List<JudgedImage> images = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            images.add(random(random, "image" + i));
        }
        int[] weights = {2, 0, 1, 3, 0, 1};
        List<JudgedImage> written = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            for (int k = 0; k < weights[i]; k++) {
                written.add(images.get(i));
            }
        }
        DetectionMetrics metrics = DetectionMetrics.of(List.of("x", "y"), written, 0.5, 0.5);
        assertArrayEquals(new double[] {metrics.map50(), metrics.all().recall(), metrics.froc().sensitivity(1)},
            new DetectionFigures(images, 2, 0.5, 0.5).values(weights), EXACT);
    }

    private static JudgedImage random(Random random, String name) {
        List<TrueBox> truth = new ArrayList<>();
        List<ScoredBox> found = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Box box = Box.ofSize(30 * i, 0, 10, 10);
            if (random.nextInt(3) > 0) {
                TrueBox.Role role = random.nextInt(4) == 0 ? TrueBox.Role.IGNORED : TrueBox.Role.COUNTED;
                truth.add(new TrueBox(box, random.nextInt(2), box.area(), role));
            }
            if (random.nextBoolean()) {
                found.add(new ScoredBox(box.moved(random.nextInt(6), 0), random.nextInt(2), random.nextInt(20) / 20.0));
            }
        }
        return new JudgedImage(name, truth, found);
    }

    /** By falling score: hit 0.9, false alarms 0.8, 0.7, 0.65, hits 0.6, 0.5; three objects on two images. */
    @ParameterizedTest
    @CsvSource({"f1, 0.5, 3, 3", "precision:0.6, 0.85, 1, 0", "precision:0.5, 0.5, 3, 3", "sensitivity:0.6, 0.55, 2, 3", "sensitivity:0.3, 0.85, 1, 0",
        "false_alarms:1, 0.85, 1, 0", "FALSE_ALARMS:1.5, 0.5, 3, 3", "false_alarms:0, 0.85, 1, 0"})
    void operatingPoints(String key, double threshold, int hits, int falseAlarms) {
        DetectionOperatingRule.Choice choice = DetectionOperatingRule.parse(key).orElseThrow().choose(TWO, 1, 0.5).orElseThrow();
        assertEquals(threshold, choice.threshold(), EXACT);
        assertEquals(hits, choice.hits());
        assertEquals(falseAlarms, choice.falseAlarms());
        assertEquals(hits / 3.0, choice.sensitivity(), EXACT);
        assertEquals(falseAlarms / 2.0, choice.falseAlarmsPerImage(), EXACT);
    }

    @Test
    void operatingPointsThatAreNot() {
        List<JudgedImage> wrong = List.of(new JudgedImage("a", List.of(object(0)), List.of(found(50, 0.9))));
        assertTrue(DetectionOperatingRule.parse("f1").orElseThrow().choose(wrong, 1, 0.5).isEmpty());
        assertTrue(DetectionOperatingRule.parse("precision:1").orElseThrow().choose(List.of(TWO.get(1)), 1, 0.5).isEmpty());
        assertTrue(DetectionOperatingRule.parse(" none ").isEmpty() && DetectionOperatingRule.parse("").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"youden", "cost:5", "f1:0.5", "precision", "precision:1.1", "sensitivity:0", "false_alarms:-1", "false_alarms:NaN", "precision:0,9", "none:1"})
    void operatingPointsThatAreNotUnderstood(String key) {
        String sentence = assertThrows(UsageException.class, () -> DetectionOperatingRule.parse(key)).getMessage();
        assertTrue(sentence.startsWith("operating_point=" + key) && sentence.contains("f1, precision:0.9") && sentence.contains("false_alarms:1"), sentence);
    }

    @Test
    void theWorstImageIsFirst() {
        JudgedImage clean = new JudgedImage("clean", List.of(object(0)), List.of(found(0, 0.9), found(50, 0.2)));
        JudgedImage unsure = new JudgedImage("unsure", List.of(), List.of(found(0, 0.6)));
        JudgedImage sure = new JudgedImage("sure", List.of(), List.of(found(0, 0.9)));
        JudgedImage missed = new JudgedImage("missed", List.of(object(0)), List.of());
        List<AuditedImage> audited = AuditedImage.worstFirst(List.of(clean, missed, unsure, sure, TWO.get(1)), 1, 0.55, 0.5);
        assertEquals(List.of("b", "sure", "unsure", "missed", "clean"), audited.stream().map(AuditedImage::name).toList());
        assertEquals("1 miss, 2 false alarms, 0 hits", audited.get(0).summary());
        assertEquals(List.of(Verdict.MISS, Verdict.FALSE_ALARM, Verdict.FALSE_ALARM), audited.get(0).boxes().stream().map(AuditedBox::verdict).toList());
        assertEquals(List.of(0.7, 0.65), audited.get(0).boxes().stream().skip(1).map(AuditedBox::score).toList());
        assertTrue(Double.isNaN(audited.get(0).boxes().get(0).score()), "nothing was found there");
        assertEquals("0 misses, 0 false alarms, 1 hit", audited.get(4).summary());
    }

    /** On the object of another class it is a false alarm, on a difficult one neither. */
    @Test
    void classesAndDifficultObjects() {
        TrueBox difficult = new TrueBox(Box.ofSize(20, 0, 10, 10), 0, 100, TrueBox.Role.IGNORED);
        JudgedImage image = new JudgedImage("a", List.of(object(0), difficult), List.of(new ScoredBox(Box.ofSize(0, 0, 10, 10), 1, 0.8), found(20, 0.9)));
        AuditedImage audited = AuditedImage.worstFirst(List.of(image), 2, 0.5, 0.5).get(0);
        assertEquals(List.of(Verdict.MISS, Verdict.FALSE_ALARM, Verdict.IGNORED), audited.boxes().stream().map(AuditedBox::verdict).toList());
        assertEquals("1 miss, 1 false alarm, 0 hits, 1 ignored", audited.summary());
        assertEquals(2, audited.truth().size());
    }
}
