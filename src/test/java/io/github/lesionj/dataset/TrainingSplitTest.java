package io.github.lesionj.dataset;

import static io.github.lesionj.dataset.DataFixture.picture;
import static io.github.lesionj.dataset.DataFixture.pictures;
import static io.github.lesionj.dataset.DataFixture.table;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSplitTest {

    @TempDir
    Path folder;

    private TrainingSplit open(Object data, String validation, long seed) {
        return TrainingSplit.open(data.toString(), validation, ClassNaming.FREE, seed, Progress.NONE);
    }

    private String refusal(Object data, String validation) {
        return assertThrows(UsageException.class, () -> open(data, validation, 1)).getMessage();
    }

    private static Set<String> names(LabelledSet set) {
        return set.items().stream().map(LabelledItem::name).collect(Collectors.toSet());
    }

    private static Set<String> groups(LabelledSet set) {
        return set.items().stream().map(LabelledItem::group).collect(Collectors.toSet());
    }

    @Test
    void aFractionIsDrawnByClassAndSeed() throws IOException {
        pictures(folder, "a/", 40);
        pictures(folder, "b/", 11);
        pictures(folder, "c/", 2);
        TrainingSplit split = open(folder, "0.25", 7);
        // 0.25 * 40 = 10, 0.25 * 11 = 2.75 -> 3, and at least one of two.
        assertArrayEquals(new int[] {10, 3, 1}, split.validation().counts());
        assertArrayEquals(new int[] {30, 8, 1}, split.training().counts());
        Set<String> both = new HashSet<>(names(split.training()));
        both.retainAll(names(split.validation()));
        assertEquals(Set.of(), both);
        assertEquals(names(split.validation()), names(open(folder, "0.25", 7).validation()));
        assertNotEquals(names(split.validation()), names(open(folder, "0.25", 8).validation()));
    }

    @Test
    void groupsAndTwinsStayTogether() throws IOException {
        StringBuilder text = new StringBuilder("path,label,group\n");
        for (int i = 0; i < 60; i++) {
            // The last two pictures are the same, of two patients.
            picture(folder, i + ".png", "picture " + Math.min(i, 58));
            text.append(i).append(".png,").append(i % 3 == 0 ? "x" : "y").append(",p").append(i / 4).append('\n');
        }
        picture(folder, "u.png", "picture 3");
        text.append("u.png,x,\n");
        Path table = table(folder, "t.csv", text.toString());
        for (long seed = 0; seed < 20; seed++) {
            TrainingSplit split = open(table, "0.3", seed);
            Set<String> shared = groups(split.training());
            shared.retainAll(groups(split.validation()));
            shared.remove("");
            assertEquals(Set.of(), shared);
            assertEquals(names(split.training()).contains("3.png"), names(split.training()).contains("u.png"));
            int validation = split.validation().size();
            assertTrue(validation >= 14 && validation <= 23, "drawn " + validation);
        }
    }

    @Test
    void whereOnlyTheTestIsNamedTheRestIsLearnedFrom() throws IOException {
        pictures(folder, "", 12);
        StringBuilder rows = new StringBuilder("path,label,split\n");
        for (int i = 0; i < 12; i++) {
            rows.append(i).append(i % 2 == 0 ? ".png,a," : ".png,b,").append(i < 8 ? "" : "test").append('\n');
        }
        TrainingSplit split = open(table(folder, "t.csv", rows.toString()), "", 1);
        assertEquals(8, split.training().size() + split.validation().size());
        assertTrue(split.remarks().get(0).endsWith("everything outside test is learned from."), split.remarks().get(0));
    }

    @Test
    void splitsOfTheDataAreUsedAndTestIsNever() throws IOException {
        pictures(folder, "train/a/", 3);
        pictures(folder, "train/b/", 3);
        pictures(folder, "val/a/", 2);
        pictures(folder, "test/a/", 5);
        for (String validation : List.of("", "#val")) {
            TrainingSplit split = open(folder, validation, 1);
            assertEquals(6, split.training().size());
            assertEquals(2, split.validation().size());
        }
        assertEquals(6, open(folder, "0.34", 1).training().size() + open(folder, "0.34", 1).validation().size());
        assertEquals(5, open(folder + "#train", "#test", 1).validation().size());
        assertTrue(refusal(folder, "#other").contains("no split"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "1.5", "-0.2", "0,2", "20%", "no/such/folder"})
    void nonsenseAsValidationIsRefused(String validation) throws IOException {
        pictures(folder, "a/", 5);
        pictures(folder, "b/", 5);
        assertTrue(refusal(folder, validation).contains(validation));
    }

    @Test
    void nothingToLearnFromIsRefusedInWords() throws IOException {
        Files.createDirectories(folder.resolve("e/a"));
        Files.createDirectories(folder.resolve("e/b"));
        assertTrue(refusal(folder.resolve("e"), "").contains("no image"));
        picture(folder, "one/a/x.png", "1");
        Files.createDirectories(folder.resolve("one/b"));
        assertTrue(refusal(folder.resolve("one"), "").contains("one image only"));
        pictures(folder, "single/a/", 4);
        assertTrue(refusal(folder.resolve("single"), "").contains("one class only (a, 4 images)"));
        pictures(folder, "hole/a/", 4);
        pictures(folder, "hole/b/", 4);
        Files.createDirectories(folder.resolve("hole/c"));
        assertTrue(refusal(folder.resolve("hole"), "").contains("no image of the class c"));
        Path unlabelled = table(folder, "u.csv", "path,label\nx.png,\ny.png,\n");
        assertTrue(refusal(unlabelled, "").contains("x.png: no label (line 2)"));
    }

    @Test
    void aSharedPatientIsRefused() throws IOException {
        pictures(folder, "", 6);
        Path table = table(folder, "t.csv", "path,label,group,split\n0.png,a,p1,train\n1.png,b,p2,train\n2.png,a,p2,val\n3.png,b,p3,val\n");
        assertTrue(refusal(table, "#val").contains("p2"));
    }

    /** Also where the third split is not used: a model is judged on it later. */
    @Test
    void aPatientOfTheTestSplitIsRefusedToo() throws IOException {
        pictures(folder, "", 6);
        String head = "path,label,group,split\n0.png,a,p1,train\n1.png,b,p2,train\n2.png,a,p3,val\n3.png,b,p4,val\n";
        Path training = table(folder, "t.csv", head + "4.png,a,p1,test\n5.png,b,p5,test\n");
        for (String data : List.of(training.toString(), training + "#train")) {
            for (String validation : List.of("#val", "", "0.5")) {
                String sentence = refusal(Path.of(data), validation);
                assertTrue(sentence.contains("in the split test and in training: p1."), data + " " + validation + ": " + sentence);
            }
        }
        Path validation = table(folder, "v.csv", head + "4.png,a,p4,test\n5.png,b,p3,test\n");
        assertTrue(refusal(validation, "#val").contains("in the split test and in validation: p3, p4."));
        assertEquals(2, open(table(folder, "w.csv", head + "4.png,a,p5,test\n5.png,b,p5,test\n"), "#val", 1).training().size());
    }

    @Test
    void theSameImageInBothIsNamed() throws IOException {
        pictures(folder, "t/a/", 12);
        pictures(folder, "t/b/", 12);
        picture(folder, "v/a/new1.png", "new one");
        picture(folder, "v/b/copy.png", "t/b/3");
        String sentence = refusal(folder.resolve("t"), folder.resolve("v").toString());
        assertTrue(sentence.contains("b/3.png = b/copy.png"), sentence);
        for (int i = 0; i < 20; i++) {
            picture(folder, "v/a/more" + i + ".png", "more" + i);
        }
        TrainingSplit split = open(folder.resolve("t"), folder.resolve("v").toString(), 1);
        assertEquals(23, split.training().size());
        assertEquals(22, split.validation().size());
        assertTrue(split.remarks().get(0).contains("b/3.png = b/copy.png"));
        assertEquals(new RejectedItem("b/3.png", "also in validation as b/copy.png"), split.training().rejected().get(0));
    }

    /** Found with NumPy: 8 validation images of PneumoniaMNIST are also in its training split, as 10 images. */
    @Test
    void pneumoniaMnistHasEightImagesInBoth() {
        Path file = Path.of(System.getProperty("lesionj.shared", "../shared"), "data/pneumoniamnist/pneumoniamnist_train_val.npz");
        Assumptions.assumeTrue(Files.exists(file), "shared data is absent");
        TrainingSplit split = open(file + "#train", "#val", 1);
        assertEquals(4708 - 10, split.training().size());
        assertEquals(524, split.validation().size());
        assertTrue(names(split.validation()).contains("pneumoniamnist_train_val.npz#val/105"));
        assertTrue(!names(split.training()).contains("pneumoniamnist_train_val.npz#train/461"));
    }
}
