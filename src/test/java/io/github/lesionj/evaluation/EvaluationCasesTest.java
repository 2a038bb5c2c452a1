package io.github.lesionj.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures, curves, temperatures, operating points and intervals against src/test/python/evaluation_cases.py. */
class EvaluationCasesTest {

    private static final References REFERENCES = read();

    private record Case(String name, LabelKind kind, int positive, Double threshold, float[][] probabilities, float[][] targets,
            int[] weights, Map<String, Double> values, Double[] delong) {

        @Override
        public String toString() {
            return name;
        }

        Predictions predictions() {
            return EvaluationCasesTest.predictions(kind, probabilities, targets);
        }

        DecisionRule rule() {
            return new DecisionRule(kind, positive, threshold == null ? Double.NaN : threshold);
        }
    }

    private record CurveCase(double[] scores, int[] positive, double[][] roc, double[][] precision_recall) {
    }

    private record OperatingCase(double[] scores, int[] positive, Map<String, double[]> chosen) {
    }

    private record TemperatureCase(LabelKind kind, float[][] scores, float[][] targets, double temperature, double before, double after) {
    }

    private record BootstrapCase(float[][] probabilities, float[][] targets, int[] groups, Map<String, double[]> intervals) {
    }

    private record References(List<Case> cases, CurveCase curves, OperatingCase operating, List<TemperatureCase> temperatures,
            BootstrapCase bootstrap, BootstrapCase bootstrap_groups) {
    }

    private static References read() {
        try (Reader reader = new InputStreamReader(
            EvaluationCasesTest.class.getResourceAsStream("/evaluation/evaluation_cases.json"), StandardCharsets.UTF_8)) {
            return new Gson().fromJson(reader, References.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Predictions predictions(LabelKind kind, float[][] probabilities, float[][] targets) {
        return new Predictions(IntStream.range(0, targets[0].length).mapToObj(c -> "class" + c).toList(), kind, probabilities, targets);
    }

    private static boolean[] booleans(int[] values) {
        boolean[] booleans = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            booleans[i] = values[i] == 1;
        }
        return booleans;
    }

    static List<Case> cases() {
        return REFERENCES.cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyFigureForEveryWeight(Case reference) {
        Map<String, Double> figures = new Figures(reference.predictions(), reference.rule()).of(reference.weights);
        assertEquals(14, reference.values.size());
        reference.values.forEach((key, value) -> assertEquals(value == null ? Double.NaN : value, figures.get(key), 1e-6, key));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatDoesNotExistIsNullWithASentence(Case reference) {
        if (Arrays.stream(reference.weights).anyMatch(weight -> weight != 1)) {
            return;
        }
        Evaluation evaluation = Evaluation.of(reference.predictions(), reference.rule(), List.of(), new Bootstrap(50, 1), Progress.NONE);
        Map<String, Object> map = evaluation.toMap();
        reference.values.forEach((key, value) -> {
            assertEquals(value == null, map.get(key) == null, key);
            assertTrue(map.containsKey(key + "_low") && map.containsKey(key + "_high"), key);
            if (value == null) {
                assertFalse(evaluation.notes().isEmpty(), key);
                assertEquals(null, map.get(key + "_low"), key);
            }
        });
        if (reference.delong != null) {
            List<String> keys = List.of("auc", "auc_low", "auc_high");
            for (int k = 0; k < 3; k++) {
                Double value = (Double) map.get(keys.get(k));
                assertEquals(reference.delong[k] == null, value == null, keys.get(k));
                assertEquals(reference.delong[k] == null ? 0 : reference.delong[k], value == null ? 0 : value, 1e-6, keys.get(k));
            }
        }
    }

    @Test
    void thereAreManyOddCases() {
        assertTrue(REFERENCES.cases.size() >= 30, "cases");
    }

    @Test
    void aNaNScoreHasNoRanking() {
        double[] scores = {0.2, Double.NaN, 0.7};
        boolean[] positive = {false, true, true};
        assertTrue(Double.isNaN(RocAuc.binary(scores, positive)));
        assertTrue(Double.isNaN(Ranking.of(scores, positive).averagePrecision(Ranking.once(scores.length))));
        assertTrue(Double.isNaN(DeLong.interval(scores, positive).low()));
        assertTrue(Curves.roc(scores, positive).isEmpty() && Curves.precisionRecall(scores, positive).isEmpty());
        assertTrue(new OperatingRule(OperatingRule.Kind.YOUDEN, Double.NaN).choose(scores, positive).isEmpty());
    }

    @Test
    void curvesHaveScikitLearnsPoints() {
        CurveCase reference = REFERENCES.curves;
        assertPoints(reference.roc, Curves.roc(reference.scores, booleans(reference.positive)));
        List<Curves.Point> points = Curves.precisionRecall(reference.scores, booleans(reference.positive));
        assertEquals(0, points.get(0).x());
        // theirs end where all positives are found
        assertPoints(reference.precision_recall, points.subList(1, 1 + reference.precision_recall.length));
        assertEquals(1, points.get(reference.precision_recall.length).x());
    }

    private static void assertPoints(double[][] expected, List<Curves.Point> points) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i][0], points.get(i).x(), 1e-12, "x of " + i);
            assertEquals(expected[i][1], points.get(i).y(), 1e-12, "y of " + i);
        }
    }

    @Test
    void operatingPoints() {
        OperatingCase reference = REFERENCES.operating;
        boolean[] positive = booleans(reference.positive);
        assertEquals(9, reference.chosen.size());
        reference.chosen.forEach((key, expected) -> {
            OperatingRule.Choice choice = OperatingRule.parse(key).orElseThrow().choose(reference.scores, positive).orElseThrow();
            assertEquals(expected[0], choice.sensitivity(), 1e-12, key);
            assertEquals(expected[1], choice.specificity(), 1e-12, key);
            int hits = 0;
            for (int i = 0; i < positive.length; i++) {
                hits += positive[i] && (float) reference.scores[i] >= (float) choice.threshold() ? 1 : 0;
            }
            assertEquals(expected[0], (double) hits / IntStream.of(reference.positive).sum(), 1e-12, "what the threshold does, " + key);
        });
    }

    @Test
    void anOperatingThresholdLiesBetweenScores() {
        OperatingRule.Choice choice = OperatingRule.parse("youden").orElseThrow()
            .choose(new double[] {0.2, 0.4, 0.8}, new boolean[] {false, false, true}).orElseThrow();
        assertEquals(0.6, choice.threshold(), 1e-12);
        double next = Math.nextUp(0.4f);
        assertEquals((float) next, (float) OperatingRule.parse("youden").orElseThrow()
            .choose(new double[] {0.4f, next}, new boolean[] {false, true}).orElseThrow().threshold(), "nothing lies between");
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "youden:1", "sensitivity", "sensitivity:0", "sensitivity:1.1", "sensitivity:0,9", "cost:-1", "cost:",
        "none:1", "cost:NaN"})
    void otherOperatingPointsAreRefused(String key) {
        assertTrue(assertThrows(UsageException.class, () -> OperatingRule.parse(key)).getMessage().contains("operating_point=" + key));
    }

    @Test
    void temperatures() {
        assertEquals(4, REFERENCES.temperatures.size());
        for (TemperatureCase reference : REFERENCES.temperatures) {
            Logits logits = Logits.of(reference.kind, reference.scores, reference.targets);
            double temperature = logits.temperature();
            assertEquals(reference.temperature, temperature, 1e-5, reference.kind.toString());
            assertEquals(reference.before, logits.negativeLogLikelihood(1), 1e-9);
            assertEquals(reference.after, logits.negativeLogLikelihood(temperature), 1e-9);
        }
    }

    @Test
    void whereTheLikelihoodHasNoMaximum() {
        float[][] targets = {{1, 0}, {0, 1}};
        assertTrue(Double.isNaN(Logits.of(LabelKind.BINARY, new float[][] {{5, 0}, {0, 5}}, targets).temperature()), "all right");
        assertTrue(Double.isNaN(Logits.of(LabelKind.BINARY, new float[][] {{0, 5}, {5, 0}}, targets).temperature()), "all wrong");
        assertTrue(Double.isNaN(Logits.of(LabelKind.BINARY, new float[][] {{1, 1}, {2, 2}}, targets).temperature()), "says nothing");
        assertTrue(Double.isNaN(Logits.of(LabelKind.BINARY, new float[0][], new float[0][]).temperature()), "nothing");
    }

    private static Map<String, Estimate> intervals(BootstrapCase reference, boolean grouped, long seed) {
        List<String> groups = grouped ? Arrays.stream(reference.groups).mapToObj(Integer::toString).toList() : List.of();
        return Evaluation.of(predictions(LabelKind.BINARY, reference.probabilities, reference.targets),
            new DecisionRule(LabelKind.BINARY, 1, Double.NaN), groups, new Bootstrap(8000, seed), Progress.NONE).intervals();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBootstrapAgreesWithNumPys(boolean grouped) {
        BootstrapCase reference = grouped ? REFERENCES.bootstrap_groups : REFERENCES.bootstrap;
        Map<String, Estimate> intervals = intervals(reference, grouped, 3);
        assertEquals(5, reference.intervals.size());
        reference.intervals.forEach((key, expected) -> {
            assertNotNull(intervals.get(key), key);
            assertEquals(expected[0], intervals.get(key).low(), 0.01, key);
            assertEquals(expected[1], intervals.get(key).high(), 0.01, key);
        });
    }

    /** Four equal images of each patient say no more than one. */
    @Test
    void groupsMakeIntervalsWider() {
        BootstrapCase one = REFERENCES.bootstrap;
        float[][] probabilities = repeated(one.probabilities);
        float[][] targets = repeated(one.targets);
        int[] groups = IntStream.range(0, probabilities.length).map(i -> i / 4).toArray();
        BootstrapCase four = new BootstrapCase(probabilities, targets, groups, Map.of());
        assertEquals(width(one, false), width(four, true), 0.02);
        assertEquals(width(one, false) / 2, width(four, false), 0.02);
    }

    @Test
    void whereDeLongsIntervalMisleadsItIsSaid() {
        Predictions apart = predictions(LabelKind.BINARY, new float[][] {{.75f, .25f}, {.75f, .25f}, {.25f, .75f}, {.25f, .75f}},
            new float[][] {{1, 0}, {1, 0}, {0, 1}, {0, 1}});
        List<String> notes = Evaluation.of(apart, new DecisionRule(LabelKind.BINARY, 1, Double.NaN), List.of("p", "p", "q", ""),
            new Bootstrap(10, 1), Progress.NONE).notes();
        assertTrue(notes.stream().anyMatch(note -> note.contains("has no width")), notes.toString());
        assertTrue(notes.stream().anyMatch(note -> note.contains("as independent")), notes.toString());
    }

    private static float[][] repeated(float[][] rows) {
        return IntStream.range(0, 4 * rows.length).mapToObj(i -> rows[i / 4]).toArray(float[][]::new);
    }

    private static double width(BootstrapCase reference, boolean grouped) {
        Estimate estimate = intervals(reference, grouped, 3).get("sensitivity");
        return estimate.high() - estimate.low();
    }

    @Test
    void theSameSeedGivesTheSameIntervals() {
        assertEquals(intervals(REFERENCES.bootstrap, false, 3), intervals(REFERENCES.bootstrap, false, 3));
        assertFalse(intervals(REFERENCES.bootstrap, false, 3).equals(intervals(REFERENCES.bootstrap, false, 4)));
    }

    @Test
    void withoutResamplesOnlyDeLongsIsLeft() {
        Case binary = REFERENCES.cases.stream().filter(each -> each.name.equals("binary")).findFirst().orElseThrow();
        Evaluation evaluation = Evaluation.of(binary.predictions(), binary.rule(), List.of(), new Bootstrap(0, 1), Progress.NONE);
        assertEquals(List.of("auc"), List.copyOf(evaluation.intervals().keySet()));
    }

    @Test
    void resamplingCanBeCancelled() {
        Progress cancelled = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                assertEquals(0, done, "it went on");
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        Case binary = REFERENCES.cases.get(0);
        assertThrows(CancelledException.class,
            () -> Evaluation.of(binary.predictions(), binary.rule(), List.of(), new Bootstrap(2000, 1), cancelled));
    }

    @Test
    void aFigureThatRarelyExistsSaysSo() {
        Predictions one = predictions(LabelKind.BINARY, new float[][] {{.5f, .5f}, {.75f, .25f}, {.25f, .75f}},
            new float[][] {{0, 1}, {1, 0}, {1, 0}});
        Evaluation evaluation = Evaluation.of(one, new DecisionRule(LabelKind.BINARY, 1, 0.5), List.of(), new Bootstrap(1000, 1), Progress.NONE);
        assertTrue(evaluation.notes().stream().anyMatch(note -> note.matches("In \\d+ of 1000 resamples sensitivity does not exist.*")),
            evaluation.notes().toString());
    }

    @Test
    void groupsByHand() {
        Predictions items = new Predictions(List.of("normal", "lesion"), LabelKind.BINARY,
            new float[][] {{.75f, .25f}, {.25f, .75f}, {.5f, .5f}, {.875f, .125f}}, new float[][] {{1, 0}, {0, 1}, {1, 0}, {1, 0}});
        List<String> patients = List.of("a", "a", "b", "");
        GroupPredictions mean = GroupPredictions.of(items, patients, GroupPredictions.How.MEAN, 1);
        assertEquals(List.of("a", "b", ""), mean.names());
        assertEquals(List.of(2, 1, 1), mean.sizes());
        assertEquals(0.5, mean.predictions().probabilities()[0][1], 1e-7);
        assertTrue(mean.predictions().isTrue(0, 1) && !mean.predictions().isTrue(0, 0), "a patient with one finding has it");
        GroupPredictions most = GroupPredictions.of(items, patients, GroupPredictions.How.MAX, 1);
        assertEquals(0.75, most.predictions().probabilities()[0][1], 1e-7);
        assertEquals(0.25, most.predictions().probabilities()[0][0], 1e-7);
        GroupPredictions mixed = GroupPredictions.of(new Predictions(List.of("a", "b", "c"), LabelKind.MULTI_CLASS,
            new float[][] {{.5f, .25f, .25f}, {.25f, .5f, .25f}, {0, 0, 1}, {.5f, 0, .5f}},
            new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 1}}), List.of("p", "p", "q", "q"), GroupPredictions.How.MAX, -1);
        assertEquals(List.of("p"), mixed.leftOut());
        assertEquals(1 / 1.5, mixed.predictions().probabilities()[0][2], 1e-6);
    }

    @Test
    void coverageByHand() {
        Predictions items = new Predictions(List.of("n", "p"), LabelKind.BINARY,
            new float[][] {{.125f, .875f}, {.75f, .25f}, {.25f, .75f}, {.5f, .5f}}, new float[][] {{0, 1}, {0, 1}, {0, 1}, {1, 0}});
        DecisionRule rule = new DecisionRule(LabelKind.BINARY, 1, Double.NaN);
        assertEquals(List.of(new Curves.Coverage(0.875, 0.25, 1), new Curves.Coverage(0.75, 0.75, 2 / 3.0), new Curves.Coverage(0.5, 1, 0.75)),
            Curves.accuracyCoverage(items, rule));
        assertEquals(new Curves.Coverage(0.8, 0.25, 1), Curves.at(items, rule, 0.8));
        assertTrue(Double.isNaN(Curves.at(items, rule, 0.9).accuracy()));
        // the label n of 0.25 : 0.75 is less sure than that of 0.5 : 0.5
        DecisionRule late = new DecisionRule(LabelKind.BINARY, 1, 0.8);
        assertEquals(List.of(new Curves.Coverage(0.875, 0.25, 1), new Curves.Coverage(0.75, 0.5, 0.5), new Curves.Coverage(0.5, 0.75, 2 / 3.0),
            new Curves.Coverage(0.25, 1, 0.5)), Curves.accuracyCoverage(items, late));
    }

    @Test
    void confidenceIsThatOfTheDecision() {
        DecisionRule several = DecisionRule.plain(LabelKind.MULTI_LABEL);
        assertEquals(0.9375f, several.confidence(new float[] {0.0625f, 0, 0.03125f}), "surely nothing");
        assertEquals(0.5f, several.confidence(new float[] {1, 0.5f, 0}), "the second may be there or not");
        assertEquals(0.25f, new DecisionRule(LabelKind.MULTI_LABEL, -1, 0.25).confidence(new float[] {1, 0.25f}), "said to be there");
        assertEquals(0.0625f, new DecisionRule(LabelKind.BINARY, 1, 0.95).confidence(new float[] {0.0625f, 0.9375f}), "called negative");
        assertEquals(0.5f, DecisionRule.plain(LabelKind.MULTI_CLASS).confidence(new float[] {0.25f, 0.5f, 0.25f}));
    }

    @Test
    void lossesByHand() {
        Predictions one = new Predictions(List.of("n", "p"), LabelKind.BINARY, new float[][] {{.75f, .25f}, {1, 0}},
            new float[][] {{0, 1}, {0, 1}});
        assertEquals(0.25, ItemLoss.probabilityOfTruth(one, 0), 1e-7);
        assertEquals(Math.log(4), ItemLoss.of(one, 0), 1e-7);
        assertEquals(-Math.log(1e-15), ItemLoss.of(one, 1), 1e-7);
        Predictions several = new Predictions(List.of("a", "b"), LabelKind.MULTI_LABEL, new float[][] {{.75f, .25f}}, new float[][] {{1, 1}});
        assertEquals(0.25, ItemLoss.probabilityOfTruth(several, 0), 1e-7);
        assertEquals((Math.log(4) + Math.log(4 / 3.0)) / 2, ItemLoss.of(several, 0), 1e-7);
    }
}
