package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import java.awt.Color;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When an open image counts as the one of an earlier run: the same bytes may be other values. */
class ActiveImageInputTest {

    private static final Map<String, Consumer<ImagePlus>> CHANGES = Map.of(
        "a pixel", image -> image.getStack().getProcessor(2).set(3, 3, 77),
        "an inverted table", image -> image.setLut(image.getProcessor().getLut().createInvertedLut()),
        "a palette", image -> image.setLut(palette()),
        "pixel size", image -> {
            image.getCalibration().setUnit("mm");
            image.getCalibration().pixelWidth = 0.1;
        },
        "a calibration function", image -> image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] {0, 2}, "grey"),
        "slices that are channels", image -> image.setDimensions(2, 1, 1),
        "a selection", image -> image.setRoi(2, 2, 5, 5));

    static Stream<String> changes() {
        return CHANGES.keySet().stream();
    }

    private static ImagePlus image() {
        ImageStack stack = new ImageStack(20, 10);
        for (int slice = 0; slice < 2; slice++) {
            ImageProcessor pixels = new ByteProcessor(20, 10);
            pixels.set(4, 4, 40 * (slice + 1));
            stack.addSlice(pixels);
        }
        return new ImagePlus("open", stack);
    }

    /** Colours without an order, as label images have them. */
    private static LUT palette() {
        byte[][] table = new byte[3][256];
        for (int i = 0; i < 256; i++) {
            table[0][i] = (byte) (i * 97);
            table[1][i] = (byte) (i * 151);
            table[2][i] = (byte) (i * 211);
        }
        return new LUT(table[0], table[1], table[2]);
    }

    @Test
    void theSameImageIsTheSameHoweverItIsShown() {
        ImagePlus shown = image();
        shown.setDisplayRange(10, 50);
        shown.setTitle("renamed");
        shown.setLut(LUT.createLutFromColor(Color.GREEN));
        assertEquals(new ActiveImageInput(image()).checksum(), new ActiveImageInput(shown).checksum());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatIsReadInAnotherWayIsAnotherImage(String change) {
        ImagePlus changed = image();
        CHANGES.get(change).accept(changed);
        assertNotEquals(new ActiveImageInput(image()).checksum(), new ActiveImageInput(changed).checksum());
    }
}
