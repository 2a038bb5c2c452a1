package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Dimension;
import java.awt.Point;
import java.awt.Rectangle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a dialog of 500 x 300 px lies on a screen of 1280 x 1024 px that begins at 100, 0, so that an image is seen. */
class DialogPreviewTest {

    @ParameterizedTest
    @CsvSource({
        // right, left, below, above; else what covers least
        "110, 50, 600, 400, 710, 50",
        "700, 50, 600, 400, 200, 50",
        "150, 0, 1200, 600, 150, 600",
        "150, 400, 1200, 600, 150, 100",
        "710, 900, 600, 100, 210, 724",
        "100, 0, 1200, 1000, 880, 0",
    })
    void itCoversAsLittleAsItCan(int x, int y, int width, int height, int left, int top) {
        assertEquals(new Point(left, top), DialogPreview.place(new Rectangle(x, y, width, height), new Dimension(500, 300),
            new Rectangle(100, 0, 1280, 1024), new Point(390, 362)));
    }
}
