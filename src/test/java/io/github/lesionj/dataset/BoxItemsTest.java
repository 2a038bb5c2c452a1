package io.github.lesionj.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Boxes move with their pixels: objects are painted, and found again under every change. */
class BoxItemsTest {

    private static final float[] PAINT = {1, 2};

    /** Objects that do not touch, in a grid, each with the colour of its class. */
    private static LabelledItem item(String name, int width, int height, long seed) {
        Random random = new Random(seed);
        List<TrueBox> boxes = new ArrayList<>();
        for (int y = 2; y + 22 < height; y += 24) {
            for (int x = 2; x + 22 < width; x += 24) {
                if (random.nextInt(3) > 0) {
                    boxes.add(TrueBox.of(Box.ofSize(x + random.nextInt(4), y + random.nextInt(4), 10 + random.nextInt(8), 10 + random.nextInt(8)),
                        random.nextInt(2)));
                }
            }
        }
        return new LabelledItem(name, null, Set.of(0), "", "", "", boxes);
    }

    private static float[] painted(LabelledItem item, int width, int height, double keptX, double keptY) {
        int w = (int) Math.round(width * keptX);
        int h = (int) Math.round(height * keptY);
        float[] values = new float[w * h];
        for (TrueBox box : item.boxes()) {
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    double fullX = (x + 0.5) / w * width;
                    double fullY = (y + 0.5) / h * height;
                    if (fullX >= box.box().x0() && fullX < box.box().x1() && fullY >= box.box().y0() && fullY < box.box().y1()) {
                        values[y * w + x] = PAINT[box.label()];
                    }
                }
            }
        }
        return values;
    }

    private static LoadedImages load(List<LabelledItem> items, int width, int height, double scale) {
        LabelledSet set = new LabelledSet("painted", items, List.of("a", "b"), LabelKind.MULTI_LABEL, List.of());
        // kept at twice the scale: the change of resolution is part of what is tested
        double kept = Math.min(1, 2 * scale);
        return LoadedImages.load(set, item -> new LoadedImages.Read(painted(item, width, height, kept, kept), (int) Math.round(width * kept),
            (int) Math.round(height * kept), new LoadedImages.Size(width, height, new double[] {scale, scale})), Long.MAX_VALUE, Progress.NONE);
    }

    private static BoxItems items(int width, int height, double scale, String augment) {
        List<LabelledItem> all = IntStream.range(0, 6).mapToObj(i -> item("i" + i, width, height, i)).toList();
        return new BoxItems(load(all, width, height, scale), 96, 64, 1, BoxAugmentation.parse(augment), 1);
    }

    private record Row(Box box, int label) {
    }

    private static List<Row> rows(float[] target) {
        List<Row> rows = new ArrayList<>();
        for (int at = 0; at < target.length; at += BoxItems.ROW) {
            if (target[at + 4] != BoxItems.NO_BOX) {
                rows.add(new Row(new Box(target[at], target[at + 1], target[at + 2], target[at + 3]), (int) target[at + 4]));
            }
        }
        return rows;
    }

    private static void assertAgree(float[] frame, List<Row> rows, String what) {
        for (Row row : rows) {
            Box box = row.box();
            assertTrue(box.x0() >= 0 && box.y0() >= 0 && box.x1() <= 96 && box.y1() <= 64 && !box.isEmpty(), what + box);
            if (row.label() >= 0) {
                int x = (int) ((box.x0() + box.x1()) / 2);
                int y = (int) ((box.y0() + box.y1()) / 2);
                if (Math.min(box.width(), box.height()) > 3) {
                    assertEquals(PAINT[row.label()], frame[y * 96 + x], 0.02, what + row);
                }
            }
        }
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 96; x++) {
                if (frame[y * 96 + x] > 0.75) {
                    double px = x + 0.5;
                    double py = y + 0.5;
                    assertTrue(rows.stream().anyMatch(row -> px > row.box().x0() - 1.2 && px < row.box().x1() + 1.2 && py > row.box().y0() - 1.2
                        && py < row.box().y1() + 1.2), what + "paint at " + x + ", " + y + " in no box");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"96,64,1,none", "192,128,0.5,none", "131,77,0.7,none", "96,64,1,'zoom:0.4,translation:0.1'", "192,128,0.5,'zoom:0.4,flip_x,flip_y'",
        "131,77,0.7,'zoom:0.4,flip_x,translation:0.2,mosaic:1'", "400,300,0.6,'zoom:0.3,flip_y,mosaic:0.5'", "60,50,1,'zoom:0.3,translation:0.2,mosaic:0.5'",
        "97,1000,0.45,'zoom:0.2,flip_x'"})
    void objectsAreWhereTheirBoxesAre(int width, int height, double scale, String augment) {
        BoxItems items = items(width, height, scale, augment);
        int rows = items.rows();
        int found = 0;
        for (int index = 0; index < items.size(); index++) {
            float[] frame = new float[96 * 64];
            items.read(index, frame, 0);
            assertAgree(frame, rows(items.target(index, rows)), "plain " + index + " ");
            for (long seed = 0; seed < 40; seed++) {
                double progress = seed % 4 == 0 ? 0.9 : 0.1;
                items.read(index, seed, progress, frame, 0);
                List<Row> target = rows(items.target(index, seed, progress, rows));
                assertAgree(frame, target, "item " + index + ", seed " + seed + ": ");
                found += target.size();
            }
        }
        assertTrue(found > 100, "boxes were seen");
    }

    @Test
    void theSameSeedGivesTheSameFrame() {
        BoxItems items = items(192, 128, 0.5, "strong,flip_x");
        float[] one = new float[96 * 64 + 3];
        float[] two = new float[96 * 64 + 3];
        items.read(2, 11, 0.3, one, 3);
        items.read(2, 11, 0.3, two, 3);
        assertArrayEquals(one, two);
        assertEquals(0, one[0] + one[1] + one[2]);
    }

    /** 40 of 100 px wide objects reach 30 px into the frame of 96: 75 % are seen, 25 % in the next frame, and there they count no more. */
    @Test
    void cutBoxesCountByWhatIsSeenOfThem() {
        LabelledItem wide = new LabelledItem("wide", null, Set.of(0), "", "", "", List.of(TrueBox.of(new Box(66, 10, 106, 30), 0),
            new TrueBox(new Box(10, 10, 30, 30), 1, 400, TrueBox.Role.CROWD), TrueBox.of(new Box(95, 40, 150, 60), 1)));
        BoxItems items = new BoxItems(load(List.of(wide), 192, 64, 1), 96, 64, 1, BoxAugmentation.NONE, 1);
        assertEquals(2, items.size());
        // 1 of 55 px is too little of the third; what must not be learned from comes last
        assertEquals(List.of(new Row(new Box(66, 10, 96, 30), 0), new Row(new Box(10, 10, 30, 30), -2), new Row(new Box(95, 40, 96, 60), -2)),
            rows(items.target(0, 5)));
        assertEquals(List.of(new Row(new Box(0, 40, 54, 60), 1), new Row(new Box(0, 10, 10, 30), 0)), rows(items.target(1, 5)));
    }

    @Test
    void aLastFrameIsPushedBackInside() {
        LabelledItem item = new LabelledItem("x", null, Set.of(0), "", "", "", List.of(TrueBox.of(new Box(100, 70, 110, 80), 0)));
        BoxItems items = new BoxItems(load(List.of(item), 120, 90, 1), 96, 64, 1, BoxAugmentation.NONE, 1);
        assertEquals(4, items.size());
        // frames begin at 0 and 120 - 96 = 24, and at 0 and 90 - 64 = 26
        assertEquals(List.of(new Row(new Box(76, 44, 86, 54), 0)), rows(items.target(3, 1)));
    }

    @Test
    void whatCannotBeReadIsListed() {
        LabelledSet set = new LabelledSet("set", List.of(item("good", 96, 64, 1), item("bad", 96, 64, 2)), List.of("a", "b"), LabelKind.MULTI_LABEL, List.of());
        LoadedImages.Reader reader = item -> {
            if (item.name().equals("bad")) {
                throw new LesionJException("it is damaged.");
            }
            return new LoadedImages.Read(new float[96 * 64], 96, 64, new LoadedImages.Size(96, 64, new double[] {1, 1}));
        };
        LoadedImages images = LoadedImages.load(set, reader, 0, Progress.NONE);
        assertEquals(1, images.set().size());
        assertEquals(List.of(new RejectedItem("bad", "it is damaged.")), images.unreadable());
        LabelledSet bad = set.where("bad", item -> item.name().equals("bad"));
        assertTrue(assertThrows(LesionJException.class, () -> LoadedImages.load(bad, reader, 0, Progress.NONE)).getMessage().contains("it is damaged"));
    }

    @Test
    void theKeyIsReadAndWritten() {
        BoxAugmentation strong = BoxAugmentation.parse("strong,flip_x,mosaic:0.25");
        assertEquals(0.25, strong.mosaic());
        assertTrue(strong.changes().flipX());
        assertEquals(strong, BoxAugmentation.parse(strong.key()));
        assertEquals(BoxAugmentation.NONE, BoxAugmentation.parse(BoxAugmentation.NONE.key()));
        assertTrue(assertThrows(UsageException.class, () -> BoxAugmentation.parse("rotation:10")).getMessage().contains("not for boxes"));
        assertTrue(assertThrows(UsageException.class, () -> BoxAugmentation.parse("mosaic:x")).getMessage().contains("no number"));
        assertTrue(assertThrows(UsageException.class, () -> BoxAugmentation.parse("mosaic:2")).getMessage().contains("between 0 and 1"));
        assertTrue(assertThrows(UsageException.class, () -> BoxAugmentation.parse("strong,zom:2")).getMessage().contains("cannot be read"));
    }
}
