package io.github.lesionj.dataset;

import static io.github.lesionj.dataset.DataFixture.picture;
import static io.github.lesionj.dataset.DataFixture.pictures;
import static io.github.lesionj.dataset.DataFixture.table;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.image.SourceImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledSetsTest {

    @TempDir
    Path folder;

    private LabelledSet open(Object reference, String... names) {
        return LabelledSets.open(DataReference.parse(reference.toString()), new ClassNaming(List.of(names)));
    }

    private String refusal(Object reference, String... names) {
        return assertThrows(UsageException.class, () -> open(reference, names)).getMessage();
    }

    private static List<String> names(LabelledSet set) {
        return set.items().stream().map(LabelledItem::name).toList();
    }

    @Test
    void aFolderPerClassIsReadAtAnyDepth() throws IOException {
        picture(folder, "normal/b.png", "1");
        picture(folder, "normal/deep/er/ä 1.png", "2");
        picture(folder, "Lesion/a.jpeg", "3");
        picture(folder, "Lesion/.hidden.png", "4");
        picture(folder, "Lesion/notes.txt", "5");
        picture(folder, "Lesion/results/run.json", "{}");
        picture(folder, "Lesion/results/overlay.png", "6");
        picture(folder, ".git/x.png", "7");
        picture(folder, "loose.png", "8");
        Files.createDirectories(folder.resolve("zempty"));
        LabelledSet set = open(folder);
        assertEquals(List.of("Lesion", "normal", "zempty"), set.classNames());
        assertEquals(List.of("Lesion/a.jpeg", "normal/b.png", "normal/deep/er/ä 1.png"), names(set));
        assertArrayEquals(new int[] {1, 2, 0}, set.counts());
        assertEquals(LabelKind.MULTI_CLASS, set.labelKind());
        assertEquals("loose.png", set.rejected().get(0).name());
    }

    @Test
    void classNamesGiveTheOrderWithoutRegardToCase() throws IOException {
        picture(folder, "NORMAL/b.png", "1");
        picture(folder, "lesion/b.png", "2");
        LabelledSet set = open(folder, "normal", "Lesion", "other");
        assertEquals(List.of("normal", "Lesion", "other"), set.classNames());
        assertEquals(Set.of(0), set.items().get(0).labels());
        assertTrue(refusal(folder, "normal", "benign").contains("\"lesion\""));
    }

    @Test
    void numberedFoldersArePositionsOfGivenNames() throws IOException {
        picture(folder, "10/x.png", "1");
        picture(folder, "2/x.png", "2");
        assertEquals(List.of("2", "10"), open(folder).classNames());
        assertTrue(refusal(folder, "a", "b", "c").contains("10"));
    }

    @Test
    void foldersOfSplitsHoldClassFolders() throws IOException {
        pictures(folder, "train/a/", 3);
        pictures(folder, "train/b/", 2);
        pictures(folder, "Val/b/", 1);
        assertEquals(6, open(folder).size());
        assertEquals(List.of("Val/b/0.png"), names(open(folder + "#val")));
        assertEquals(List.of("a", "b"), open(folder + "#val").classNames());
        assertTrue(refusal(folder + "#test").contains("train, Val"));
    }

    @Test
    void aFolderWithoutFoldersIsRefused() throws IOException {
        picture(folder, "x.png", "1");
        assertTrue(refusal(folder).contains("folder per class"));
    }

    @Test
    void aTableIsReadWithItsColumnsInAnyOrder() throws IOException {
        picture(folder, "im, 1/ü.png", "1");
        picture(folder, "b.png", "2");
        picture(folder, "sub/c.png", "3");
        Path table = table(folder, "t.csv", "\uFEFFLabel,Path,GROUP,age,Split,site\r\n"
            + "b;A,\"im, 1/ü.png\",p1,3,train,x\r\n"
            + "\r\n"
            + "a,b.png,p2,3,val\r\n"
            + ",sub/c.png\r\n"
            + "a,missing.png\r\n"
            + "a\r\n"
            + "a,sub\\c.png,p3,,train\r\n"
            + "a,b.png,p2,3,val\r\n");
        LabelledSet set = open(table);
        assertEquals(List.of("A", "b"), set.classNames());
        assertEquals(List.of("im, 1/ü.png", "b.png", "sub/c.png"), names(set));
        assertEquals(Set.of(0, 1), set.items().get(0).labels());
        assertEquals(LabelKind.MULTI_LABEL, set.labelKind());
        assertEquals("p1", set.items().get(0).group());
        assertEquals("x", set.items().get(0).site());
        assertEquals(List.of("sub/c.png: no label (line 5)", "missing.png: no such file (line 6)", "line 7: no path (line 7)",
            "b.png: listed on line 4 already (line 9)"), set.rejected().stream().map(r -> r.name() + ": " + r.reason()).toList());
        assertEquals(List.of("b.png"), names(open(table + "#VAL")));
    }

    @Test
    void pathsThatLeaveTheFolderAreNamedInsideIt() throws IOException {
        picture(folder, "pictures/x.png", "1");
        Path elsewhere = Files.createDirectories(folder.resolve("tables"));
        Path table = table(elsewhere, "t.csv", "path,label\n../pictures/x.png,a\n"
            + folder.resolve("pictures/../pictures/x.png").toAbsolutePath() + ",a\n");
        LabelledSet set = open(table);
        assertEquals(List.of("_/pictures/x.png"), names(set));
        assertEquals(1, set.rejected().size());
        assertTrue(set.rejected().get(0).reason().startsWith("listed on line 2"));
    }

    @Test
    void contradictingRowsAreRefusedWithTheirLines() throws IOException {
        picture(folder, "x.png", "1");
        Path labels = table(folder, "l.csv", "path,label\nx.png,a\n./x.png,b\n");
        assertTrue(refusal(labels).contains("line 2 and on line 3"));
        Path splits = table(folder, "s.csv", "path,label,split\nx.png,a,train\nx.png,a,val\n");
        assertTrue(refusal(splits).contains("two splits"));
    }

    @Test
    void aTableWithoutTheHeaderIsRefused() throws IOException {
        assertTrue(refusal(table(folder, "a.csv", "x.png,a\n")).contains("path,label"));
        assertTrue(refusal(table(folder, "b.csv", "")).contains("empty"));
    }

    @Test
    void numbersInATableBecomeNames() throws IOException {
        pictures(folder, "", 3);
        Path table = table(folder, "t.csv", "path,label\n0.png,1\n1.png,0\n2.png,1\n");
        assertEquals(List.of("0", "1"), open(table).classNames());
        LabelledSet named = open(table, "normal", "pneumonia");
        assertEquals(List.of("normal", "pneumonia"), named.classNames());
        assertEquals(Set.of(1), named.items().get(0).labels());
        assertTrue(refusal(table, "normal").contains("counted from 0"));
    }

    /** It takes well under 2 s on an idle machine; the limit only catches what grows faster than the table. */
    @Test
    void aHundredThousandRowsAreReadAtOnce() throws IOException {
        pictures(folder, "", 1000);
        StringBuilder text = new StringBuilder("path,label,group\n");
        for (int i = 0; i < 100_000; i++) {
            text.append(i % 50 == 0 ? i / 50 % 1000 : i).append(".png").append(i % 2 == 0 ? ",a,p" : ",a,q").append(i / 3).append('\n');
        }
        Path table = table(folder, "t.csv", text.toString());
        LabelledSet set = Assertions.assertTimeout(Duration.ofSeconds(10), () -> open(table));
        assertEquals(1000, set.size());
        assertEquals(99_000, set.rejected().size());
    }

    @Test
    void anNpzGivesPixelsAndSplits() throws IOException {
        Path file = new DataFixture.Npz().with("train_images", new int[] {2, 2, 3}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255)
            .with("train_labels", new int[] {2, 1}, 1, 0).with("val_images", new int[] {1, 2, 3}, 6, 5, 4, 3, 2, 1)
            .with("val_labels", new int[] {1}, 2).write(folder.resolve("x.npz"));
        LabelledSet set = open(file + "#train");
        assertEquals(List.of("x.npz#train/0", "x.npz#train/1"), names(set));
        assertEquals(List.of("0", "1", "2"), set.classNames());
        SourceImage image = set.items().get(1).open(path -> {
            throw new AssertionError("no file is opened");
        });
        assertEquals(3, image.width());
        assertEquals(2, image.height());
        assertEquals(255, image.pixels().getAt(2, 1, 0).getRealDouble());
        assertEquals(10, image.pixels().getAt(0, 1, 0).getRealDouble());
        assertEquals(3, open(file).size());
        assertTrue(refusal(file + "#test").contains("train, val"));
        assertTrue(refusal(file, "a", "b").contains("counted from 0"));
    }

    private List<Set<Integer>> labels(String rows, String... given) throws IOException {
        pictures(folder, "", 3);
        return open(table(folder, "n.csv", "path,label\n" + rows), given).items().stream().map(LabelledItem::labels).toList();
    }

    @Test
    void noneIsNoClassWhereImagesHaveSeveral() throws IOException {
        assertEquals(List.of(Set.of(0, 1), Set.of(), Set.of(1)), labels("0.png,a;b\n1.png,None\n2.png,b\n"));
        assertEquals(List.of(Set.of(0, 1), Set.of(), Set.of(1)), labels("0.png,a;b\n1.png,none\n2.png,b\n", "a", "b"));
        assertEquals(List.of(Set.of(0, 1), Set.of(2), Set.of(1)), labels("0.png,a;b\n1.png,none\n2.png,b\n", "a", "b", "none"));
        assertEquals(List.of(Set.of(0, 1), Set.of(2), Set.of(1, 2)), labels("0.png,a;b\n1.png,none\n2.png,b;none\n"), "a class like others");
        assertEquals(List.of(Set.of(0), Set.of(2), Set.of(1)), labels("0.png,a\n1.png,none\n2.png,b\n"), "a class like others");
        Path table = Files.writeString(folder.resolve("few.csv"), "path,label\n0.png,a\n1.png,none\n2.png,b\n");
        assertEquals(List.of(Set.of(0), Set.of(), Set.of(1)), LabelledSets.open(DataReference.parse(table.toString()),
            new ClassNaming(List.of("a", "b"), true)).items().stream().map(LabelledItem::labels).toList(), "as the model has it");
    }

    @Test
    void anNpzWithColourAndSeveralLabels() throws IOException {
        Path file = new DataFixture.Npz().with("train_images", new int[] {2, 1, 2, 3}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
            .with("train_labels", new int[] {2, 4}, 0, 1, 0, 1, 0, 0, 0, 0).write(folder.resolve("c.npz"));
        LabelledSet set = open(file);
        assertEquals(LabelKind.MULTI_LABEL, set.labelKind());
        assertEquals(Set.of(1, 3), set.items().get(0).labels());
        assertEquals(Set.of(), set.items().get(1).labels());
        assertArrayEquals(new float[] {0, 1, 0, 1}, set.items().get(0).target(4));
        SourceImage image = set.items().get(0).open(null);
        assertEquals(SourceImage.Kind.RGB, image.kind());
        assertEquals(5, image.pixels().getAt(1, 0, 1).getRealDouble());
        assertTrue(refusal(file, "a", "b").contains("4 columns"));
    }

    @Test
    void brokenNpzFilesAreRefusedInWords() throws IOException {
        assertTrue(refusal(Files.writeString(folder.resolve("text.npz"), "no zip")).contains("text.npz"));
        assertTrue(refusal(new DataFixture.Npz().with("x", new int[] {1}, 1).write(folder.resolve("other.npz")))
            .contains("not laid out as MedMNIST"));
        assertTrue(refusal(new DataFixture.Npz().with("train_images", new int[] {1, 2, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8)
            .with("train_labels", new int[] {1, 1}, 0).write(folder.resolve("volume.npz"))).contains("no images"));
        assertTrue(refusal(new DataFixture.Npz().with("train_images", new int[] {1, 1, 1}, 1)
            .with("train_labels", new int[] {2, 1}, 0, 1).write(folder.resolve("count.npz"))).contains("1 images but 2 labels"));
        assertTrue(refusal(new DataFixture.Npz().with("train_labels", new int[] {2, 1}, 0, 1).write(folder.resolve("half.npz")))
            .contains("train_images"));
        byte[] whole = Files.readAllBytes(folder.resolve("count.npz"));
        Path cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, whole.length / 2));
        assertTrue(refusal(cut).contains("cut.npz"));
    }

    @Test
    void pneumoniaMnistHasItsPublishedCounts() {
        Path file = Path.of(System.getProperty("lesionj.shared", "../shared"), "data/pneumoniamnist/pneumoniamnist_train_val.npz");
        Assumptions.assumeTrue(Files.exists(file), "shared data is absent");
        LabelledSet set = open(file + "#train", "normal", "pneumonia");
        assertArrayEquals(new int[] {1214, 3494}, set.counts());
        assertEquals(524, open(file + "#val").size());
    }

    @Test
    void referencesAreReadWithTheirHashMarks() throws IOException {
        Path odd = Files.createDirectories(folder.resolve("study#3"));
        assertEquals(new DataReference(odd, ""), DataReference.parse(odd.toString()));
        assertEquals(new DataReference(odd, "val"), DataReference.parse(odd + "#val"));
        for (String wrong : List.of("", "  ", folder + "/none", folder + "/none#val", odd + "#", "#val")) {
            assertThrows(UsageException.class, () -> DataReference.parse(wrong), wrong);
        }
    }

    @Test
    void classNamesMustBeTold() {
        assertThrows(UsageException.class, () -> new ClassNaming(List.of("a", " ")));
        assertThrows(UsageException.class, () -> new ClassNaming(List.of("a", "A")));
    }
}
