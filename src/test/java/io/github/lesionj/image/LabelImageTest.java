package io.github.lesionj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.image.LabelImage.Labelled;
import java.awt.Rectangle;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts of a label image drawn by hand. */
class LabelImageTest {

    private static final String[] DRAWN = {
        "1.....2",
        ".1...2.",
        "....2..",
        "11....1",
        "9.....9"};

    private static LabelImage drawn() {
        ShortProcessor pixels = new ShortProcessor(7, 5);
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 7; x++) {
                pixels.set(x, y, DRAWN[y].charAt(x) == '.' ? 0 : (DRAWN[y].charAt(x) - '0') * 1000);
            }
        }
        return LabelImage.of(new ImagePlusSource(new ImagePlus("labels", pixels)).image(Position.FIRST), "labels");
    }

    @Test
    void aValueIsOneObjectWhereverItsPixelsLie() {
        assertEquals(List.of(new Labelled(1000, new Rectangle(0, 0, 7, 4), 5), new Labelled(2000, new Rectangle(4, 0, 3, 3), 3),
            new Labelled(9000, new Rectangle(0, 4, 7, 1), 2)), drawn().byValue());
    }

    @Test
    void connectedPartsOfAValueAreObjects() {
        assertEquals(List.of(new Labelled(1000, new Rectangle(0, 0, 2, 2), 2), new Labelled(2000, new Rectangle(4, 0, 3, 3), 3),
            new Labelled(1000, new Rectangle(0, 3, 2, 1), 2), new Labelled(1000, new Rectangle(6, 3, 1, 1), 1),
            new Labelled(9000, new Rectangle(0, 4, 1, 1), 1), new Labelled(9000, new Rectangle(6, 4, 1, 1), 1)), drawn().connected());
    }

    @Test
    void whatIsNoLabelImageIsRefused() {
        FloatProcessor half = new FloatProcessor(4, 4);
        half.setf(2, 1, 0.5f);
        assertTrue(refusal(new ImagePlus("x", half)).contains("has the value 0.5 at 2, 1, but labels are whole numbers"));
        half.setf(2, 1, Float.NaN);
        assertTrue(refusal(new ImagePlus("x", half)).contains("has the value NaN"));
        assertTrue(refusal(new ImagePlus("x", new ColorProcessor(4, 4))).contains("has 3 channels (colours?)"));
    }

    private static String refusal(ImagePlus image) {
        return assertThrows(UsageException.class, () -> LabelImage.of(new ImagePlusSource(image).image(Position.FIRST), "x")).getMessage();
    }
}
