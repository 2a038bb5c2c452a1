package io.github.lesionj.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingItemsTest {

    private final AtomicInteger reads = new AtomicInteger();

    private static LabelledSet set(int count) {
        List<LabelledItem> items = IntStream.range(0, count).mapToObj(i -> new LabelledItem("item" + i,
            new ItemSource.File(Path.of("item" + i)), Set.of(i % 2), "", "", "")).toList();
        return new LabelledSet("set", items, List.of("a", "b"), LabelKind.BINARY, List.of());
    }

    private float[] number(LabelledItem item) {
        reads.incrementAndGet();
        return new float[] {Float.parseFloat(item.name().substring(4)), -1};
    }

    private static TrainingItems load(LabelledSet set, Function<LabelledItem, float[]> reader, long cache) {
        return TrainingItems.load(set, 1, 2, 1, reader, cache, Progress.NONE);
    }

    @Test
    void keptItemsAreReadOnceAndOthersAgain() {
        TrainingItems items = load(set(100), this::number, 60 * 8);
        assertEquals(100, reads.get());
        float[] batch = new float[4];
        for (int i = 0; i < 100; i++) {
            items.read(i, batch, 2);
            assertArrayEquals(new float[] {0, 0, i, -1}, batch);
        }
        assertEquals(140, reads.get());
        assertArrayEquals(new float[] {0, 1}, items.target(7));
        assertEquals("item7", items.name(7));
    }

    @Test
    void aBadItemIsListedAndTheRestKeepsItsOrder() {
        TrainingItems items = load(set(50), item -> {
            if (item.name().equals("item25")) {
                throw new LesionJException("Cannot read item25: it is cut off.");
            }
            if (item.name().equals("item30")) {
                throw new ArrayIndexOutOfBoundsException("9");
            }
            return number(item);
        }, 1 << 20);
        assertEquals(48, items.size());
        assertEquals(List.of("item25", "item30"), items.unreadable().stream().map(RejectedItem::name).toList());
        assertEquals("Cannot read item25: it is cut off.", items.unreadable().get(0).reason());
        assertTrue(items.unreadable().get(1).reason().contains("decoder"));
        float[] values = new float[2];
        items.read(25, values, 0);
        assertEquals(26, values[0]);
        assertEquals("item26", items.name(25));
        items.requireLearnable();
    }

    @Test
    void aClassWhoseImagesAllFailIsNoticed() {
        TrainingItems items = load(set(10), item -> {
            if (item.labels().contains(1)) {
                throw new LesionJException("Cannot read it.");
            }
            return number(item);
        }, 1 << 20);
        assertThrows(UsageException.class, items::requireLearnable);
        assertThrows(LesionJException.class, () -> load(set(4), item -> {
            throw new LesionJException("Cannot read it.");
        }, 0));
    }

    @Test
    void cancelEndsIt() {
        Progress cancelled = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                // not asked
            }

            @Override
            public boolean cancelled() {
                return reads.get() >= 10;
            }
        };
        assertThrows(CancelledException.class,
            () -> TrainingItems.load(set(1000), 1, 2, 1, this::number, 0, cancelled));
        assertTrue(reads.get() < 50);
    }
}
