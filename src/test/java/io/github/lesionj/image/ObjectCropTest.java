package io.github.lesionj.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.lesionj.core.UsageException;
import java.awt.Rectangle;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The square around an object, worked out by hand, and that a crop on disk is what a classification sees. */
class ObjectCropTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "0, 10, 20, 8, 8, 10, 20, 8",
        "0, 10, 20, 8, 4, 10, 18, 8",
        "0, 10, 20, 4, 8, 8, 20, 8",
        "25, 10, 20, 8, 8, 8, 18, 12",
        "20, 10, 20, 10, 10, 8, 18, 14",
        "10, 10, 20, 8, 8, 9, 19, 10",
        "0, 10, 20, 9, 4, 10, 17, 9",
        "100, 0, 0, 5, 5, -5, -5, 15",
        "0, 3, 3, 1, 1, 3, 3, 1"})
    void theSquareIsAroundTheMiddle(double margin, int x, int y, int width, int height, int left, int top, int side) {
        assertEquals(new Rectangle(left, top, side, side), new ObjectCrop(margin).square(new Rectangle(x, y, width, height)));
    }

    private static SourceImage image(ImageProcessor pixels) {
        return new ImagePlusSource(new ImagePlus("image", pixels)).image(Position.FIRST);
    }

    /** Column + 10 * row. */
    private static ImageProcessor ramp() {
        ByteProcessor pixels = new ByteProcessor(6, 5);
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 6; x++) {
                pixels.set(x, y, x + 10 * y);
            }
        }
        return pixels;
    }

    @Test
    void beyondTheImageItsEdgeIsRepeated() {
        SourceImage cut = new ObjectCrop(100).cut(image(ramp()), new Rectangle(0, 0, 1, 1));
        byte[] pixels = (byte[]) PixelCopy.of(cut, "cut").getProcessor().getPixels();
        assertArrayEquals(new byte[] {0, 0, 1, 0, 0, 1, 10, 10, 11}, pixels);
        cut = new ObjectCrop(50).cut(image(ramp()), new Rectangle(4, 3, 2, 2));
        pixels = (byte[]) PixelCopy.of(cut, "cut").getProcessor().getPixels();
        assertArrayEquals(new byte[] {23, 24, 25, 25, 33, 34, 35, 35, 43, 44, 45, 45, 43, 44, 45, 45}, pixels);
    }

    @Test
    void nothingToSeeIsSaid() {
        SourceImage image = image(ramp());
        assertTrue(assertThrows(UsageException.class, () -> new ObjectCrop(0).cut(image, new Rectangle(6, 0, 2, 2))).getMessage()
            .contains("lies outside the image"));
        assertTrue(assertThrows(UsageException.class, () -> new ObjectCrop(0).cut(image, new Rectangle(1, 1, 0, 2))).getMessage()
            .contains("no area (0 x 2 px)"));
    }

    static Stream<ImageProcessor> kinds() {
        ShortProcessor shorts = new ShortProcessor(40, 30);
        ColorProcessor colours = new ColorProcessor(40, 30);
        ByteProcessor bytes = new ByteProcessor(40, 30);
        FloatProcessor floats = new FloatProcessor(40, 30);
        for (int i = 0; i < 1200; i++) {
            shorts.set(i, i * 53 % 65536);
            colours.set(i, i * 7919 & 0xffffff);
            bytes.set(i, i * 31 % 256);
            floats.setf(i, i % 97 / 97f);
        }
        return Stream.of(shorts, colours, bytes, floats);
    }

    /** A training reads the file, a classification cuts the image: the network must see the same. */
    @ParameterizedTest
    @MethodSource("kinds")
    void aCropOnDiskIsWhatAClassificationSees(ImageProcessor pixels) {
        int channels = pixels instanceof ColorProcessor ? 3 : 1;
        InputRule rule = new InputRule(16, 16, channels, channels == 3 ? ChannelRule.RGB : ChannelRule.GREY,
            new IntensityRule(IntensityRule.Kind.TYPE, 0, 100, new double[0], new double[0]), ResizeRule.STRETCH);
        SourceImage cut = new ObjectCrop(20).cut(image(pixels), new Rectangle(-3, 12, 15, 22));
        Path file = PixelFile.write(cut, folder.resolve("crop"));
        assertTrue(file.toString().endsWith(pixels instanceof FloatProcessor ? ".tif" : ".png"), file.toString());
        try (ImageSource read = new ImageFiles().open(file)) {
            SourceImage again = read.image(Position.FIRST);
            assertEquals(List.of(31, 31), List.of(again.width(), again.height()));
            assertArrayEquals(Preprocessor.apply(cut, rule).values(), Preprocessor.apply(again, rule).values(), 0f);
        }
    }

    @Test
    void twelveBitsKeepTheirMeaning() {
        ShortProcessor pixels = new ShortProcessor(4, 4);
        pixels.set(3, 4095);
        SourceImage stored = image(pixels);
        SourceImage image = new SourceImage(stored.pixels(), SourceImage.Kind.GREY, 4095, stored.umPerPx(), List.of());
        try (ImageSource read = new ImageFiles().open(PixelFile.write(image, folder.resolve("crop")))) {
            SourceImage again = read.image(Position.FIRST);
            assertTrue(Double.isNaN(again.typeMax()));
            assertEquals(1f, again.pixels().getAt(3, 0, 0).getRealFloat());
        }
    }
}
