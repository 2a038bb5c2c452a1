package io.github.lesionj.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.dataset.ClassBalance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is suggested for data sets that were made up. */
class TrainingAdviceTest {

    private static final Machine LAPTOP = new Machine(4, 8_000, 16_000, 0);
    private static final TrainingSpeed SPEED = new TrainingSpeed("a processor", 2, "2026-01-02", "bin/bench speed", 16, "wall time", List.of(
        new TrainingSpeed.Figure("resnet18", 28, 50, 800), new TrainingSpeed.Figure("resnet18", 128, 40, 1600),
        new TrainingSpeed.Figure("explainable-cnn", 28, 200, 500), new TrainingSpeed.Figure("explainable-cnn", 128, 100, 700)));

    private static DataProfile profile(int edge, int... counts) {
        List<ClassBalance.ClassCount> classes = new ArrayList<>();
        int largest = 0;
        int items = 0;
        int smallest = Integer.MAX_VALUE;
        for (int count : counts) {
            largest = Math.max(largest, count);
            smallest = Math.min(smallest, count);
            items += count;
        }
        for (int c = 0; c < counts.length; c++) {
            classes.add(new ClassBalance.ClassCount("class " + c, counts[c], 100.0 * counts[c] / items, (double) largest / counts[c]));
        }
        return new DataProfile("data", new ClassBalance(classes, items, ""), false, 0, smallest, 0, new TreeMap<>(), "",
            new DataProfile.Sample(500, 0, edge, edge, edge, 1, 8, false));
    }

    private static DataProfile with(DataProfile data, boolean multiLabel, int groups, int supply, String validation,
            DataProfile.Sample sample) {
        return new DataProfile(data.data(), data.balance(), multiLabel, groups, supply, data.sites(), data.splits(), validation, sample);
    }

    private static Map<String, String> keys(DataProfile data, Machine machine) {
        return new Suggestion(Map.of(), new TrainingAdvice(data, machine, SPEED).decisions(), List.of()).keys();
    }

    private static Decision decision(DataProfile data, Machine machine, String name) {
        return new TrainingAdvice(data, machine, SPEED).decisions().stream().filter(each -> each.name().equals(name)).findFirst()
            .orElseThrow();
    }

    @Test
    void everyDecisionHasAReasonAndASource() {
        for (DataProfile data : List.of(profile(28, 3000, 1500), profile(1024, 60, 60), profile(300, 5000, 100))) {
            for (Decision decision : new TrainingAdvice(data, LAPTOP, SPEED).decisions()) {
                assertTrue(decision.reason().endsWith("."), decision.toString());
                assertFalse(decision.value().isBlank() || decision.source().isBlank(), decision.toString());
            }
        }
    }

    @Test
    void aTinySetIsJudgedInFoldsByACompactNetwork() {
        Map<String, String> keys = keys(profile(224, 60, 60), LAPTOP);
        assertEquals("explainable-cnn", keys.get("architecture"));
        assertEquals("5", keys.get("folds"));
        assertFalse(keys.containsKey("validation"));
        assertEquals("strong", keys.get("augment"));
        assertEquals("60", keys.get("epochs"));
        assertEquals("20", keys.get("patience"));
        assertTrue(decision(profile(224, 60, 60), LAPTOP, "caution").reason().contains("120 images"));
    }

    @Test
    void fewOfAClassGiveFewerFoldsAndACaution() {
        assertEquals("3", keys(profile(224, 60, 3), LAPTOP).get("folds"));
        assertTrue(decision(profile(224, 60, 3), LAPTOP, "caution").reason().contains("rarest class has 3"));
        assertEquals("0.2", keys(profile(224, 60, 1), LAPTOP).get("validation"));
    }

    @Test
    void groupsStayTogetherAndCountForTheFolds() {
        DataProfile data = profile(224, 300, 200);
        DataProfile grouped = with(data, false, 40, 4, "", data.sample());
        assertEquals("4", keys(grouped, LAPTOP).get("folds"));
        assertTrue(decision(grouped, LAPTOP, "folds").reason().contains("40 groups stay together"));
        DataProfile large = with(profile(224, 3000, 2000), false, 900, 400, "", data.sample());
        assertTrue(decision(large, LAPTOP, "validation").reason().contains("900 groups stay together"));
    }

    @Test
    void aNamedSplitIsUsed() {
        DataProfile data = profile(28, 600, 300);
        Map<String, String> keys = keys(with(data, false, 0, 300, "val", data.sample()), LAPTOP);
        assertEquals("#val", keys.get("validation"));
        assertFalse(keys.containsKey("folds"));
    }

    @Test
    void lossAndSamplerFollowTheImbalance() {
        assertEquals("cross-entropy", keys(profile(224, 3000, 2500), LAPTOP).get("loss"));
        Map<String, String> some = keys(profile(224, 3000, 1000), LAPTOP);
        assertEquals(List.of("balanced", "inverse"), List.of(some.get("loss"), some.get("class_weights")));
        Map<String, String> strong = keys(profile(224, 5000, 100), LAPTOP);
        assertEquals(List.of("balanced", "16"), List.of(strong.get("sampler"), strong.get("samples_per_class")));
        assertFalse(strong.containsKey("loss"));
    }

    @Test
    void whatCannotBeDrawnEvenlyGetsTheFocalLoss() {
        DataProfile data = profile(224, 5000, 100);
        DataProfile several = with(data, true, 0, 100, "", data.sample());
        assertEquals("focal", keys(several, LAPTOP).get("loss"));
        assertFalse(keys(several, LAPTOP).containsKey("sampler"));
        int[] counts = new int[20];
        Arrays.fill(counts, 400);
        counts[0] = 20;
        assertEquals("focal", keys(profile(224, counts), LAPTOP).get("loss"));
    }

    @Test
    void smallImagesKeepTheirSizeAndAreChangedLittle() {
        Map<String, String> keys = keys(profile(28, 3000, 1700), LAPTOP);
        assertEquals(List.of("resnet18", "28", "light", "43"),
            List.of(keys.get("architecture"), keys.get("size"), keys.get("augment"), keys.get("epochs")));
        assertEquals("light", keys(profile(28, 60, 60), LAPTOP).get("augment"));
    }

    @Test
    void largeImagesAreReducedAndItIsSaidWhatIsLost() {
        Decision size = decision(profile(1024, 3000, 3000), LAPTOP, "size");
        assertEquals("224", size.value());
        assertTrue(size.reason().contains("4.6 px of the image") && size.reason().contains("smaller than about 18 px"), size.reason());
        assertEquals("96", keys(profile(100, 3000, 3000), LAPTOP).get("size"));
    }

    @Test
    void littleMemoryGivesSmallerBatchesThenASmallerNetwork() {
        Machine small = new Machine(2, 1_000, 4_000, 0);
        DataProfile data = profile(224, 3000, 3000);
        Map<String, String> keys = keys(data, small);
        // 1600 MB at 128 px and batch 16 are 4900 at 224 px, 2450 with batch 8; 2800 are allowed
        assertEquals(List.of("resnet18", "224", "8"), List.of(keys.get("architecture"), keys.get("size"), keys.get("batch")));
        assertTrue(decision(data, small, "batch").reason().contains("4000 MB"));
        Map<String, String> tiny = keys(data, new Machine(2, 300, 1_200, 0));
        assertEquals("explainable-cnn", tiny.get("architecture"));
        assertTrue(Integer.parseInt(tiny.get("size")) < 224, tiny.toString());
    }

    @Test
    void sixteenBitsAndColoursAreSaid() {
        DataProfile grey = profile(512, 3000, 3000);
        DataProfile deep = with(grey, false, 0, 3000, "", new DataProfile.Sample(500, 0, 512, 500, 600, 1, 16, false));
        assertEquals("percentile", decision(deep, LAPTOP, "intensity").value());
        assertEquals("type", decision(grey, LAPTOP, "intensity").value());
        DataProfile colour = with(grey, false, 0, 3000, "", new DataProfile.Sample(500, 0, 512, 500, 600, 3, 8, true));
        assertEquals("3", decision(colour, LAPTOP, "channels").value());
        assertEquals("light,flip_x,flip_y", keys(colour, LAPTOP).get("augment"));
        DataProfile stored = with(grey, false, 0, 3000, "", new DataProfile.Sample(500, 0, 512, 500, 600, 3, 8, false));
        assertEquals("1", decision(stored, LAPTOP, "channels").value());
        assertEquals("light", keys(stored, LAPTOP).get("augment"));
    }

    @Test
    void timeIsScaledByPixelsCoresAndFolds() {
        // 33 epochs of 80 % of 6000 images; 40 images/s at 128 px on 2 cores are 26.1 at 224 px on 4: 6060 s
        Decision time = decision(profile(224, 3000, 3000), LAPTOP, "expected time");
        assertEquals("51 min to 3.4 h", time.value());
        assertTrue(time.source().contains("a processor") && time.source().contains("2026-01-02"), time.source());
        // 60 epochs, 4 of 5 parts of 120 images five times; 100 images/s at 128 px on 2 cores are 65.3 at 224 px on 4: 441 s
        assertEquals("4 min to 15 min", decision(profile(224, 60, 60), LAPTOP, "expected time").value());
    }

    @Test
    void aSpeedThatWasNotMeasuredIsNotInvented() {
        Machine server = new Machine(32, 100_000, 200_000, 1);
        DataProfile data = profile(512, 30_000, 30_000);
        assertEquals("densenet121", keys(data, server).get("architecture"));
        assertEquals("not known", decision(data, server, "expected time").value());
        assertEquals("resnet18", keys(data, new Machine(32, 100_000, 200_000, 0)).get("architecture"));
    }
}
