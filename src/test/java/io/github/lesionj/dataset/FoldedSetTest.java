package io.github.lesionj.dataset;

import static io.github.lesionj.dataset.DataFixture.picture;
import static io.github.lesionj.dataset.DataFixture.pictures;
import static io.github.lesionj.dataset.DataFixture.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.FoldRule.By;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedSetTest {

    @TempDir
    Path folder;

    private static FoldedSet open(Object data, String validation, int folds, By by, long seed) {
        return FoldedSet.open(data.toString(), validation, ClassNaming.FREE, new FoldRule(folds, by), seed, Progress.NONE);
    }

    private static String refusal(Object data, int folds, By by) {
        return assertThrows(UsageException.class, () -> open(data, "0.3", folds, by, 1)).getMessage();
    }

    private static Set<String> names(LabelledSet set) {
        return set.items().stream().map(LabelledItem::name).collect(Collectors.toSet());
    }

    private static Set<String> groups(LabelledSet set) {
        return set.items().stream().map(LabelledItem::group).collect(Collectors.toSet());
    }

    private static void assertApart(Set<String> a, Set<String> b, String what) {
        Set<String> shared = new HashSet<>(a);
        shared.retainAll(b);
        assertEquals(Set.of(), shared, what);
    }

    /** Groups of odd sizes, now and then one with a third of all, classes mixed within groups, several labels at times. */
    private static LabelledSet random(Random random) {
        int classes = 2 + random.nextInt(4);
        boolean multi = random.nextInt(3) == 0;
        int groups = 12 + random.nextInt(60);
        List<LabelledItem> items = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            int size = 1 + (random.nextInt(4) == 0 ? random.nextInt(9) : 0) + (g == 0 && random.nextBoolean() ? groups : 0);
            int main = g < 2 * classes ? g % classes : random.nextInt(classes);
            for (int i = 0; i < size; i++) {
                Set<Integer> labels = new HashSet<>(Set.of(random.nextInt(3) == 0 ? random.nextInt(classes) : main));
                labels.add(i == 0 ? main : labels.iterator().next());
                if (!multi) {
                    labels = Set.of(i == 0 ? main : labels.iterator().next());
                }
                items.add(item("g" + g + "/" + i, labels, random.nextInt(5) == 0 && size == 1 ? "" : "patient " + g, ""));
            }
        }
        List<String> names = IntStream.range(0, classes).mapToObj(c -> "c" + c).toList();
        return new LabelledSet("random", items, names, multi ? LabelKind.MULTI_LABEL : LabelKind.MULTI_CLASS, List.of());
    }

    private static LabelledItem item(String name, Set<Integer> labels, String group, String site) {
        // no such file: content cannot be compared, so that only groups bind
        return new LabelledItem(name, new ItemSource.File(Path.of("/nowhere", name)), labels, group, site, "");
    }

    @Test
    void noGroupIsTornApartAndEveryItemIsHeldOutOnce() {
        Random random = new Random(20261125);
        for (int trial = 0; trial < 300; trial++) {
            LabelledSet set = random(random);
            int folds = 2 + random.nextInt(5);
            String what = "trial " + trial;
            Folds made = Folds.byGroup(set, ItemGroups.of(set.items(), Progress.NONE), folds, trial);
            assertEquals(folds, made.folds().size());
            Map<LabelledItem, Integer> times = new HashMap<>();
            for (Folds.Fold fold : made.folds()) {
                assertTrue(!fold.heldOut().isEmpty(), what);
                LabelledSet heldOut = set.where("held out", fold.heldOut()::contains);
                LabelledSet learned = set.where("learned", fold.learned()::contains);
                Set<String> bound = groups(heldOut);
                bound.remove("");
                assertApart(bound, groups(learned), what);
                assertEquals(set.size(), heldOut.size() + learned.size(), what);
                assertApart(names(heldOut), names(learned), what);
                assertTrue(IntStream.of(learned.counts()).allMatch(count -> count > 0), what);
                fold.heldOut().forEach(item -> times.merge(item, 1, Integer::sum));
            }
            assertEquals(Set.copyOf(set.items()), times.keySet(), what);
            assertTrue(times.values().stream().allMatch(n -> n == 1), what);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10})
    void everyClassHasItsShareInEveryFold(int folds) {
        int[] sizes = {203, 57, 11};
        List<LabelledItem> items = new ArrayList<>();
        for (int c = 0; c < sizes.length; c++) {
            for (int i = 0; i < sizes[c]; i++) {
                items.add(item(c + "/" + i, Set.of(c), "", ""));
            }
        }
        LabelledSet set = new LabelledSet("single", items, List.of("a", "b", "c"), LabelKind.MULTI_CLASS, List.of());
        for (Folds.Fold fold : Folds.byGroup(set, ItemGroups.of(items, Progress.NONE), folds, 4).folds()) {
            int[] counts = set.where("", fold.heldOut()::contains).counts();
            for (int c = 0; c < sizes.length; c++) {
                assertTrue(counts[c] == sizes[c] / folds || counts[c] == (sizes[c] + folds - 1) / folds, c + ": " + counts[c]);
            }
            int size = fold.heldOut().size();
            assertTrue(size == items.size() / folds || size == (items.size() + folds - 1) / folds, "size " + size);
        }
    }

    /** A label on one item in twenty beside one on every second: dealt out like the classes of single labels. */
    @Test
    void rareLabelsOfMultiLabelSetsAreSpread() {
        List<LabelledItem> items = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Set<Integer> labels = new HashSet<>();
            if (i % 2 == 0) {
                labels.add(0);
            }
            if (i % 20 < 1) {
                labels.add(1);
            }
            if (i % 7 == 0) {
                labels.add(2);
            }
            items.add(item("i" + i, labels, "", ""));
        }
        LabelledSet set = new LabelledSet("multi", items, List.of("often", "rare", "some"), LabelKind.MULTI_LABEL, List.of());
        for (Folds.Fold fold : Folds.byGroup(set, ItemGroups.of(items, Progress.NONE), 5, 1).folds()) {
            int[] counts = set.where("", fold.heldOut()::contains).counts();
            assertEquals(40, counts[0], 1);
            assertEquals(4, counts[1]);
            assertEquals(58 / 5.0, counts[2], 1);
            assertEquals(80, fold.heldOut().size(), 2);
        }
    }

    @Test
    void theSeedDecides() throws IOException {
        pictures(folder, "a/", 30);
        pictures(folder, "b/", 30);
        assertEquals(names(open(folder, "", 3, By.GROUP, 1).folds().get(0).heldOut()), names(open(folder, "", 3, By.GROUP, 1).folds().get(0).heldOut()));
        assertNotEquals(names(open(folder, "", 3, By.GROUP, 1).folds().get(0).heldOut()), names(open(folder, "", 3, By.GROUP, 2).folds().get(0).heldOut()));
    }

    private Path chest(int patients) throws IOException {
        StringBuilder text = new StringBuilder("path,label,group,site\n");
        for (int i = 0; i < 3 * patients; i++) {
            picture(folder, "chest/" + i + ".png", "picture " + i);
            text.append("chest/").append(i).append(".png,").append(i / 3 % 3 == 0 ? "sick" : "well").append(",p").append(i / 3)
                .append(",").append("ABC".charAt(i / 3 % 9 / 3)).append('\n');
        }
        return table(folder, "chest.csv", text.toString());
    }

    @Test
    void learnedSelectedAndJudgedAreThreePartsOfDifferentPatients() throws IOException {
        FoldedSet set = open(chest(40), "0.25", 4, By.GROUP, 3);
        assertTrue(set.remarks().get(0).contains("120 images are divided into 4 folds, by class and group"), set.remarks().toString());
        for (FoldedSet.Fold fold : set.folds()) {
            assertApart(groups(fold.heldOut()), groups(fold.split().training()), "training");
            assertApart(groups(fold.heldOut()), groups(fold.split().validation()), "validation");
            assertApart(groups(fold.split().training()), groups(fold.split().validation()), "inner");
            assertEquals(120, fold.heldOut().size() + fold.split().training().size() + fold.split().validation().size());
            assertEquals(30, fold.heldOut().size(), 3);
        }
    }

    @Test
    void aSetOfItsOwnSelectsForAllFolds() throws IOException {
        pictures(folder, "train/a/", 9);
        pictures(folder, "train/b/", 9);
        pictures(folder, "val/a/", 2);
        pictures(folder, "val/b/", 2);
        pictures(folder, "test/a/", 5);
        FoldedSet set = open(folder, "", 3, By.GROUP, 1);
        assertEquals(18, set.all().size());
        assertEquals(4, set.selection().orElseThrow().size());
        for (FoldedSet.Fold fold : set.folds()) {
            assertEquals(names(set.selection().get()), names(fold.split().validation()));
            assertEquals(6, fold.heldOut().size());
            assertEquals(12, fold.split().training().size());
        }
    }

    @Test
    void oneFoldForEachSite() throws IOException {
        FoldedSet set = open(chest(36), "0.3", 0, By.SITE, 3);
        assertEquals(List.of("A", "B", "C"), set.folds().stream().map(FoldedSet.Fold::name).toList());
        for (FoldedSet.Fold fold : set.folds()) {
            assertTrue(fold.heldOut().items().stream().allMatch(item -> item.site().equals(fold.name())));
            assertTrue(fold.split().training().items().stream().noneMatch(item -> item.site().equals(fold.name())));
            assertTrue(fold.split().validation().items().stream().noneMatch(item -> item.site().equals(fold.name())));
        }
        assertEquals(3, open(chest(36), "0.3", 3, By.SITE, 3).folds().size());
        assertTrue(refusal(chest(36), 5, By.SITE).contains("one fold for each site, here 3 (A, B, C), but folds=5"));
    }

    @Test
    void aPatientSeenAtTwoSitesIsNotLearnedFromWhenOneOfThemIsHeldOut() throws IOException {
        StringBuilder text = new StringBuilder("path,label,group,site\n");
        for (int i = 0; i < 24; i++) {
            // the last two are the same picture, at two sites
            picture(folder, i + ".png", "picture " + Math.min(i, 22));
            text.append(i).append(".png,").append(i % 4 < 2 ? "x" : "y").append(',').append(i < 2 ? "both" : "p" + i).append(',')
                .append(i % 2 == 0 ? "north" : "south").append('\n');
        }
        FoldedSet set = open(table(folder, "t.csv", text.toString()), "0.3", 0, By.SITE, 1);
        FoldedSet.Fold north = set.folds().get(0);
        assertEquals("north", north.name());
        Set<String> seen = names(north.split().training());
        seen.addAll(names(north.split().validation()));
        assertEquals(10, seen.size());
        assertTrue(!seen.contains("1.png") && !seen.contains("23.png"));
        assertTrue(set.remarks().stream().anyMatch(remark -> remark.startsWith("2 images of other sites share a group or their content "
            + "with images of north") && remark.contains("1.png, 23.png")), set.remarks().toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "path,label,group;0.png,a,p1;1.png,b,p1;2.png,a,p2;3.png,b,p2 | 3 | GROUP | are 2 groups that must stay together",
        "path,label,group;0.png,a,p1;1.png,b,p2;2.png,a,p3;3.png,b,p4 | 5 | GROUP | Take folds=4 or fewer",
        "path,label,group;0.png,a,p1;1.png,b,p2;2.png,a,p3;3.png,b,p2 | 2 | GROUP | All images of the class b belong together (the group p2)",
        "path,label;0.png,a;1.png,b;2.png,a;3.png,a | 2 | GROUP | All images of the class b belong together (the image 1.png)",
        "path,label;0.png,a;1.png,a | 2 | GROUP | has one class only (a, 2 images)",
        "path,label;0.png,a | 2 | GROUP | holds one image only (0.png)",
        "path,label,site;0.png,a,s;1.png,b,s;2.png,a,;3.png,b,t | 0 | SITE | 1 of the 4 images",
        "path,label;0.png,a;1.png,b;2.png,a;3.png,b | 0 | SITE | Fill the column site",
        "path,label,site;0.png,a,s;1.png,b,s;2.png,a,s;3.png,b,s | 0 | SITE | has 1 site; it must have 2 to 20",
        "path,label,site;0.png,a,s;1.png,b,s;2.png,a,t;3.png,a,t | 0 | SITE | nothing to learn from where the site s is held out",
        "path,label;0.png,a;1.png,b;2.png,a;3.png,b | 2 | GROUP | Without fold 1, too little is left",
    })
    void whatCannotBeDividedIsRefusedInWords(String rows, int folds, By by, String part) throws IOException {
        pictures(folder, "", 4);
        String sentence = refusal(table(folder, "t.csv", rows.strip().replace(";", "\n") + "\n"), folds, by);
        assertTrue(sentence.contains(part.strip()), sentence);
    }

    @Test
    void aClassOfFewerGroupsThanFoldsIsSaid() throws IOException {
        pictures(folder, "a/", 40);
        pictures(folder, "b/", 3);
        FoldedSet set = open(folder, "0.2", 5, By.GROUP, 1);
        assertTrue(set.remarks().contains("The class b occurs in 3 groups, fewer than the 5 folds: some folds cannot judge it."),
            set.remarks().toString());
    }

    @ParameterizedTest
    @CsvSource({"1,group,folds=1 is no number", "21,group,take 2 to 20", "-2,group,folds=-2", "3,patient,fold_by=patient is not known: take group or site"})
    void rulesAreChecked(int folds, String by, String part) {
        String sentence = assertThrows(UsageException.class, () -> FoldRule.of(folds, by)).getMessage();
        assertTrue(sentence.contains(part), sentence);
    }
}
