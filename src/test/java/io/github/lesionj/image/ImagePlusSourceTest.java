package io.github.lesionj.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import io.github.lesionj.core.UsageException;
import java.awt.Color;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePlusSourceTest {

    @Test
    void eightSixteenAndThirtyTwoBitKeepTheirValues() {
        SourceImage bytes = first(new ByteProcessor(2, 1, new byte[] {7, (byte) 200}));
        assertArrayEquals(new float[] {7, 200}, Images.values(bytes));
        assertEquals(255, bytes.typeMax());
        assertEquals(List.of(), bytes.remarks());
        SourceImage shorts = first(new ShortProcessor(2, 1, new short[] {7, (short) 60000}, null));
        assertArrayEquals(new float[] {7, 60000}, Images.values(shorts));
        assertEquals(65535, shorts.typeMax());
        SourceImage floats = first(new FloatProcessor(2, 1, new float[] {-1.5f, 3e6f}));
        assertArrayEquals(new float[] {-1.5f, 3e6f}, Images.values(floats));
        assertEquals(Double.NaN, floats.typeMax());
    }

    @Test
    void rgbBecomesThreeChannelsInOrder() {
        SourceImage image = first(new ColorProcessor(2, 1, new int[] {0xff0a141e, 0x00c86432}));
        assertEquals(SourceImage.Kind.RGB, image.kind());
        assertArrayEquals(new float[] {10, 200, 20, 100, 30, 50}, Images.values(image));
    }

    @Test
    void pixelsAreSharedAndNotChanged() {
        byte[] array = {1, 2, 3, 4};
        SourceImage image = first(new ByteProcessor(2, 2, array));
        array[3] = 99;
        assertArrayEquals(new float[] {1, 2, 3, 99}, Images.values(image));
        ByteProcessor inverted = new ByteProcessor(2, 1, new byte[] {0, 100});
        inverted.invertLut();
        Images.values(first(inverted));
        assertArrayEquals(new byte[] {0, 100}, (byte[]) inverted.getPixels());
    }

    @Test
    void anInvertedLutInvertsTheValues() {
        ByteProcessor bytes = new ByteProcessor(2, 1, new byte[] {0, 100});
        bytes.invertLut();
        SourceImage image = first(bytes);
        assertArrayEquals(new float[] {255, 155}, Images.values(image));
        assertTrue(image.remarks().get(0).contains("inverted"), image.remarks().toString());
        ShortProcessor shorts = new ShortProcessor(2, 1, new short[] {0, 100}, null);
        shorts.invertLut();
        assertArrayEquals(new float[] {65535, 65435}, Images.values(first(shorts)));
        FloatProcessor floats = new FloatProcessor(2, 1, new float[] {0, 1});
        floats.invertLut();
        assertTrue(refusal(new ImagePlus("x", floats)).contains("inverted LUT"));
    }

    @Test
    void anInvertedLutIsFoundBelowABrightnessSetting() {
        ByteProcessor bytes = new ByteProcessor(2, 1, new byte[] {0, 100});
        bytes.invertLut();
        bytes.setMinAndMax(20, 90);
        assertArrayEquals(new float[] {255, 155}, Images.values(first(bytes)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fire", "Ice", "Spectrum", "Red/Green", "HiLo"})
    void aScaleOfColoursIsRefused(String lut) {
        ImagePlus image = ramp();
        apply(image, lut);
        assertTrue(refusal(image).contains("false colours"), refusal(image));
    }

    @ParameterizedTest
    @ValueSource(ints = {ImageProcessor.RED_LUT, ImageProcessor.BLACK_AND_WHITE_LUT, ImageProcessor.OVER_UNDER_LUT})
    void aThresholdChangesNothing(int drawn) {
        ImagePlus image = ramp();
        image.getProcessor().setThreshold(100, 200, drawn);
        assertEquals(150, Images.values(new ImagePlusSource(image).image(Position.FIRST))[150]);
        ImagePlus shorts = new ImagePlus("x", ramp().getProcessor().convertToShort(false));
        shorts.getProcessor().setThreshold(100, 200, drawn);
        assertEquals(150, Images.values(new ImagePlusSource(shorts).image(Position.FIRST))[150]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Grays", "Green", "Magenta", "Cyan"})
    void greyAndOneColourGiveTheValues(String lut) {
        ImagePlus image = ramp();
        apply(image, lut);
        SourceImage source = new ImagePlusSource(image).image(Position.FIRST);
        assertEquals(1, source.channels());
        assertEquals(77, Images.values(source)[77]);
    }

    @Test
    void aPaletteGivesItsColours() {
        byte[][] table = new byte[3][256];
        for (byte[] levels : table) {
            new Random(5 + table.length).nextBytes(levels);
        }
        new Random(1).nextBytes(table[0]);
        new Random(2).nextBytes(table[1]);
        ByteProcessor bytes = new ByteProcessor(2, 1, new byte[] {3, (byte) 200});
        bytes.setLut(new LUT(table[0], table[1], table[2]));
        SourceImage image = first(bytes);
        assertEquals(SourceImage.Kind.RGB, image.kind());
        assertArrayEquals(new float[] {table[0][3] & 255, table[0][200] & 255, table[1][3] & 255, table[1][200] & 255,
            table[2][3] & 255, table[2][200] & 255}, Images.values(image));
        assertTrue(image.remarks().get(0).contains("palette"));
    }

    @Test
    void allChannelsOfAnRgbImageAreItsThree() {
        ImagePlus image = new ImagePlus("x", new ColorProcessor(1, 1, new int[] {0xff0a141e}));
        SourceImage source = new ImagePlusSource(image).image(new Position(Position.ALL_CHANNELS, 1, 1));
        assertEquals(SourceImage.Kind.RGB, source.kind());
        assertArrayEquals(new float[] {10, 20, 30}, Images.values(source));
    }

    @Test
    void aDisplayRangeIsNotUsedAndSaid() {
        ImagePlus image = ramp();
        image.setDisplayRange(50, 60);
        SourceImage source = new ImagePlusSource(image).image(Position.FIRST);
        assertEquals(255, Images.values(source)[255]);
        assertTrue(source.remarks().get(0).contains("display range"));
    }

    @Test
    void aCalibrationFunctionIsApplied() {
        ImagePlus image = new ImagePlus("x", new ByteProcessor(2, 1, new byte[] {0, 100}));
        image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] {-10, 0.5}, "OD");
        SourceImage source = new ImagePlusSource(image).image(Position.FIRST);
        assertArrayEquals(new float[] {-10, 40}, Images.values(source), 1e-5f);
        assertEquals(Double.NaN, source.typeMax());
        assertTrue(source.remarks().get(0).contains("OD"));
    }

    @Test
    void signedSixteenBitLosesItsOffset() {
        ImagePlus image = new ImagePlus("ct", new ShortProcessor(2, 1, new short[] {(short) (32768 - 1000), (short) (32768 + 40)}, null));
        image.getCalibration().setSigned16BitCalibration();
        SourceImage source = new ImagePlusSource(image).image(Position.FIRST);
        assertArrayEquals(new float[] {-1000, 40}, Images.values(source));
        assertTrue(source.remarks().stream().anyMatch(remark -> remark.contains("32768")), source.remarks().toString());
        image.getProcessor().invertLut();
        assertTrue(refusal(image).contains("inverted LUT"));
    }

    @Test
    void aHyperstackGivesItsPositions() {
        ImagePlus image = hyperstack(2, 3, 2);
        ImagePlusSource source = new ImagePlusSource(image);
        List<Position> together = source.positions(2, 0);
        assertEquals(List.of(new Position(0, 1, 1), new Position(0, 2, 1), new Position(0, 3, 1), new Position(0, 1, 2),
            new Position(0, 2, 2), new Position(0, 3, 2)), together);
        SourceImage both = source.image(new Position(0, 2, 2));
        assertEquals(SourceImage.Kind.CHANNELS, both.kind());
        assertArrayEquals(new float[] {122, 222}, Images.values(both));
        assertEquals(new Position(2, 1, 1), source.positions(1, 2).get(0));
        assertArrayEquals(new float[] {231}, Images.values(source.image(new Position(2, 3, 1))));
        assertEquals("_c2_z3_t1", new Position(2, 3, 1).suffix());
        assertEquals("_z3_t1", new Position(0, 3, 1).suffix());
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "3, 0", "2, 3", "2, -1"})
    void aChannelMustBeChosenThatIsThere(int networkChannels, int channel) {
        ImagePlusSource source = new ImagePlusSource(hyperstack(2, 1, 1));
        String sentence = assertThrows(UsageException.class, () -> source.positions(networkChannels, channel)).getMessage();
        assertTrue(sentence.contains("key channel") && sentence.contains("to 2"), sentence);
    }

    @Test
    void aRoiMeansItsBounds() {
        ImagePlus image = new ImagePlus("x", new ByteProcessor(4, 3, new byte[] {0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23}));
        ImagePlusSource source = new ImagePlusSource(image);
        SourceImage part = source.image(Position.FIRST, new Roi(1, 1, 2, 2));
        assertArrayEquals(new float[] {11, 12, 21, 22}, Images.values(part));
        assertEquals(List.of(), part.remarks());
        SourceImage oval = source.image(Position.FIRST, new OvalRoi(1, 0, 3, 2));
        assertArrayEquals(new float[] {1, 2, 3, 11, 12, 13}, Images.values(oval));
        assertTrue(oval.remarks().get(0).contains("bounds"));
        SourceImage beyond = source.image(Position.FIRST, new Roi(-5, 2, 7, 9));
        assertArrayEquals(new float[] {20, 21}, Images.values(beyond));
        assertTrue(beyond.remarks().get(0).contains("beyond"));
        assertThrows(UsageException.class, () -> source.image(Position.FIRST, new Roi(10, 10, 2, 2)));
        assertThrows(UsageException.class, () -> source.image(Position.FIRST, new Line(0, 0, 2, 2)));
        SourceImage whole = source.image(Position.FIRST);
        assertArrayEquals(new float[] {12, 13, 22, 23}, Images.values(whole.crop(2, 1, 2, 2)));
        assertSame(whole.kind(), whole.crop(0, 0, 1, 1).kind());
    }

    @ParameterizedTest
    @CsvSource({"0.5, um, 0.5", "0.5, micron, 0.5", "0.5, \u00b5m, 0.5", "0.5, \u03bcm, 0.5", "0.25, mm, 250", "0.02, cm, 200",
        "0.001, inch, 25.4", "500, nm, 0.5", "1, pixel, NaN", "3, pixels, NaN", "0, um, NaN", "2, parsec, NaN", "0.01388889, inch, NaN",
        "264.583, um, NaN", "352.78, um, NaN", "0.3527778, mm, NaN", "1, um, 1"})
    void pixelSizesInTheirUnits(double size, String unit, double um) {
        ImagePlus image = ramp();
        image.getCalibration().pixelWidth = size;
        image.getCalibration().pixelHeight = size;
        image.getCalibration().setUnit(unit);
        double[] found = new ImagePlusSource(image).image(Position.FIRST).umPerPx();
        assertEquals(um, found[0], 1e-9);
        assertEquals(um, found[1], 1e-9);
    }

    private static ImagePlus ramp() {
        byte[] values = new byte[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) i;
        }
        return new ImagePlus("ramp", new ByteProcessor(256, 1, values));
    }

    private static void apply(ImagePlus image, String lut) {
        if (lut.equals("HiLo")) {
            byte[][] table = new byte[3][256];
            for (int i = 0; i < 256; i++) {
                table[0][i] = (byte) i;
                table[1][i] = (byte) (i == 255 ? 0 : i);
                table[2][i] = (byte) (i == 0 ? 255 : i == 255 ? 0 : i);
            }
            image.setLut(new LUT(table[0], table[1], table[2]));
        } else {
            image.setLut(switch (lut) {
                case "Green" -> LUT.createLutFromColor(Color.GREEN);
                case "Magenta" -> LUT.createLutFromColor(Color.MAGENTA);
                case "Cyan" -> LUT.createLutFromColor(Color.CYAN);
                default -> new LUT(ij.plugin.LutLoader.getLut(lut.toLowerCase()), 0, 255);
            });
        }
    }

    /** One pixel each: 100 c + 10 z + t, as bytes. */
    private static ImagePlus hyperstack(int channels, int slices, int frames) {
        ImageStack stack = new ImageStack(1, 1);
        for (int t = 1; t <= frames; t++) {
            for (int z = 1; z <= slices; z++) {
                for (int c = 1; c <= channels; c++) {
                    stack.addSlice(new ByteProcessor(1, 1, new byte[] {(byte) (100 * c + 10 * z + t)}));
                }
            }
        }
        ImagePlus image = new ImagePlus("hyperstack", stack);
        image.setDimensions(channels, slices, frames);
        return new CompositeImage(image, IJ.COMPOSITE);
    }

    private static SourceImage first(ImageProcessor processor) {
        return new ImagePlusSource(new ImagePlus("x", processor)).image(Position.FIRST);
    }

    private static String refusal(ImagePlus image) {
        return assertThrows(UsageException.class, () -> new ImagePlusSource(image).image(Position.FIRST)).getMessage();
    }
}
