package io.github.lesionj.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDuplicatesTest {

    private static final int SIZE = 50_000;

    @TempDir
    Path folder;

    /** A file of one size, with one byte set at a place. */
    private LabelledItem file(String name, int size, int place, int value) throws IOException {
        byte[] bytes = new byte[size];
        new Random(9).nextBytes(bytes);
        bytes[place] = (byte) value;
        Files.write(folder.resolve(name), bytes);
        return new LabelledItem(name, new ItemSource.File(folder.resolve(name)), Set.of(0), "", "", "");
    }

    private static List<String> named(List<ContentDuplicates.Pair> pairs) {
        return pairs.stream().map(pair -> pair.item().name() + "=" + pair.earlier().name()).toList();
    }

    /** Wherever the one byte stands that differs: in a sampled part or between them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 4095, 4096, 10_000, 25_000, 40_000, SIZE - 4097, SIZE - 4096, SIZE - 1})
    void oneByteMakesAnotherImage(int place) throws IOException {
        List<LabelledItem> items = List.of(file("a", SIZE, place, 1), file("b", SIZE, place, 2), file("c", SIZE, place, 1),
            file("d", SIZE + 1, place, 1), file("e", SIZE, place, 1));
        assertEquals(List.of("c=a", "e=a"), named(ContentDuplicates.within(items, Progress.NONE)));
        assertEquals(List.of("a=c"), named(ContentDuplicates.between(items.subList(0, 2), items.subList(2, 5), Progress.NONE)));
        assertEquals(List.of(), named(ContentDuplicates.between(items.subList(1, 2), items.subList(2, 5), Progress.NONE)));
    }

    @Test
    void aSampleIsCheapAndTellsOnesThatDifferWhereItLooks() throws IOException {
        assertEquals(file("a", SIZE, 10_000, 1).source().sample(), file("b", SIZE, 10_000, 2).source().sample(), "between the blocks");
        assertNotEquals(file("a", SIZE, 25_000, 1).source().sample(), file("b", SIZE, 25_000, 2).source().sample(), "in the middle");
        assertNotEquals(file("a", 1, 0, 1).source().sample(), file("b", 1, 0, 2).source().sample(), "tiny");
        assertEquals(file("a", 1, 0, 1).source().sample(), file("b", 1, 0, 1).source().sample());
    }

    @Test
    void whatIsNotThereHasNoDouble() throws IOException {
        LabelledItem gone = new LabelledItem("gone", new ItemSource.File(folder.resolve("gone")), Set.of(0), "", "", "");
        LabelledItem there = file("a", 10, 0, 1);
        assertEquals(List.of(), named(ContentDuplicates.within(List.of(gone, gone, there), Progress.NONE)));
    }

    @Test
    void aCancelEndsIt() throws IOException {
        List<LabelledItem> items = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            items.add(file("f" + i, 10, 0, i));
        }
        Progress cancelled = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                // not of interest
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThrows(CancelledException.class, () -> ContentDuplicates.within(items, cancelled));
    }

    /** Rows share the words that many of them have, so that 100,000 need little memory. */
    @Test
    void rowsShareTheirWords() throws IOException {
        StringBuilder text = new StringBuilder("path,label,group,site\n");
        for (int i = 0; i < 6; i++) {
            file(i + ".png", 10, 0, i);
            text.append(i).append(".png,").append(i % 2 == 0 ? "a" : "b").append(",p").append(i / 3).append(",north\n");
        }
        LabelledSet set = LabelledSets.open(DataReference.parse(Files.writeString(folder.resolve("t.csv"), text).toString()), ClassNaming.FREE);
        assertSame(set.items().get(0).labels(), set.items().get(2).labels());
        assertSame(set.items().get(0).group(), set.items().get(1).group());
        assertSame(set.items().get(0).site(), set.items().get(5).site());
        Files.writeString(folder.resolve("empty.csv"), "");
        assertThrows(UsageException.class, () -> LabelledSets.open(DataReference.parse(folder.resolve("empty.csv").toString()), ClassNaming.FREE));
    }
}
