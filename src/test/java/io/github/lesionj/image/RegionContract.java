package io.github.lesionj.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What every {@link RegionSource} must do. */
public final class RegionContract {

    private RegionContract() {
    }

    /** Two images are the same: in size, kind, calibration, remarks and every value. */
    public static void checkSame(SourceImage expected, SourceImage image) {
        assertEquals(List.of(expected.width(), expected.height(), expected.channels(), expected.kind(), expected.typeMax()),
            List.of(image.width(), image.height(), image.channels(), image.kind(), image.typeMax()));
        assertArrayEquals(expected.umPerPx(), image.umPerPx());
        assertEquals(expected.remarks(), image.remarks());
        assertArrayEquals(Images.values(expected), Images.values(image));
    }

    /** Every corner, single pixels, whole rows and columns, all of it, parts anywhere, and parts that are none. */
    public static void checkRegions(SourceImage whole, RegionSource regions) {
        assertEquals(List.of(whole.width(), whole.height(), whole.channels(), whole.kind(), whole.typeMax()),
            List.of(regions.width(), regions.height(), regions.channels(), regions.kind(), regions.typeMax()));
        assertArrayEquals(whole.umPerPx(), regions.umPerPx());
        assertEquals(whole.remarks(), regions.remarks());
        int width = whole.width();
        int height = whole.height();
        List<Rectangle> parts = new ArrayList<>(List.of(new Rectangle(width, height), new Rectangle(1, 1), new Rectangle(width - 1, height - 1, 1, 1),
            new Rectangle(0, height / 2, width, 1), new Rectangle(width / 2, 0, 1, height), new Rectangle(0, 0, width, height / 2)));
        SplittableRandom random = new SplittableRandom(width);
        for (int i = 0; i < 20; i++) {
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            parts.add(new Rectangle(x, y, 1 + random.nextInt(width - x), 1 + random.nextInt(height - y)));
        }
        for (Rectangle part : parts) {
            checkSame(whole.crop(part.x, part.y, part.width, part.height), regions.region(part.x, part.y, part.width, part.height));
        }
        checkSame(whole.window(new Rectangle(-3, -2, width + 7, 9)), regions.window(new Rectangle(-3, -2, width + 7, 9)));
        for (Rectangle part : List.of(new Rectangle(-1, 0, 2, 2), new Rectangle(0, 0, width + 1, 1), new Rectangle(0, height, 1, 1),
                new Rectangle(1, 1, Integer.MAX_VALUE, 1), new Rectangle(0, 0, 0, 1))) {
            assertThrows(IllegalArgumentException.class, () -> regions.region(part.x, part.y, part.width, part.height));
        }
    }
}
