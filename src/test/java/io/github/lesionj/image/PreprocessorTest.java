package io.github.lesionj.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.UsageException;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.imglib2.converter.Converters;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.DoubleType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessorTest {

    /** Reduction by 2: taps at distances 1.5, 0.5, 0.5, 1.5 of half width 2 weigh 1:3:3:1; the edge loses one: 3:3:1. */
    @Test
    void halvesFourByFourByHand() {
        SourceImage image = Images.bytes(4, 4, 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150);
        // Along x, from 0 10 20 30: (0*3 + 10*3 + 20)/7 = 50/7 and (10 + 20*3 + 30*3)/7 = 160/7; along y likewise, times 4.
        float[] expected = {250 / 7f, 360 / 7f, 690 / 7f, 800 / 7f};
        assertArrayEquals(expected, run(image, Images.grey(2, 2, ResizeRule.STRETCH, Images.asIs())), 1e-4f);
    }

    @Test
    void doublesTwoPixelsByHand() {
        // Output centres lie at 0.25, 0.75, 1.25, 1.75 source pixels: between the source centres 0.5 and 1.5 a quarter each way.
        float[] row = run(Images.floats(2, 1, 0, 100), Images.grey(4, 1, ResizeRule.STRETCH, Images.asIs()));
        assertArrayEquals(new float[] {0, 25, 75, 100}, row, 1e-5f);
    }

    @ParameterizedTest
    @CsvSource({"13, 9", "14, 9", "15, 9", "14, 8", "14, 10", "14, 9"})
    void keepsALinearGradientAwayFromTheEdges(int width, int height) {
        float[] values = run(Images.gradient(14, 9, 1), Images.grey(width, height, ResizeRule.STRETCH, Images.asIs()));
        for (int y = 2; y < height - 2; y++) {
            for (int x = 2; x < width - 2; x++) {
                double sourceX = (x + 0.5) * 14 / width - 0.5;
                double sourceY = (y + 0.5) * 9 / height - 0.5;
                // Between whole positions a widened triangle is linear only nearly: within a hundredth of a step.
                assertEquals(3 * sourceX + 7 * sourceY, values[y * width + x], 0.35, x + "," + y);
            }
        }
    }

    @Test
    void sameSizeIsTheImageItself() {
        SourceImage image = Images.gradient(14, 9, 1);
        assertArrayEquals(Images.values(image), run(image, Images.grey(14, 9, ResizeRule.STRETCH, Images.asIs())));
    }

    @Test
    void cropTakesTheCentralSquareOfALyingAndOfAStandingImage() {
        float[] lying = run(Images.gradient(7, 3, 1), Images.grey(3, 3, ResizeRule.CROP, Images.asIs()));
        assertArrayEquals(new float[] {6, 9, 12, 13, 16, 19, 20, 23, 26}, lying);
        float[] standing = run(Images.gradient(2, 5, 1), Images.grey(2, 2, ResizeRule.CROP, Images.asIs()));
        assertArrayEquals(new float[] {7, 10, 14, 17}, standing, 0, "an odd rest leaves more out below");
    }

    @Test
    void letterboxPadsWithZeroAfterNormalisation() {
        IntensityRule rule = new IntensityRule(IntensityRule.Kind.TYPE, 0, 0, new double[] {0.5}, new double[] {0.25});
        float[] values = run(Images.bytes(4, 1, 255, 255, 0, 0), Images.grey(4, 4, ResizeRule.LETTERBOX, rule));
        float[] expected = new float[16];
        System.arraycopy(new float[] {2, 2, -2, -2}, 0, expected, 4, 4);
        assertArrayEquals(expected, values);
    }

    @ParameterizedTest
    @CsvSource({
        // image, network, rule, view in image px
        "100, 50, 28, 28, STRETCH, 0, 0, 100, 50",
        "100, 50, 28, 28, CROP, 25, 0, 50, 50",
        "50, 101, 28, 28, CROP, 0, 25, 50, 50",
        "100, 50, 28, 28, LETTERBOX, 0, -25, 100, 100",
        "50, 100, 28, 28, LETTERBOX, -25, 0, 100, 100",
        "90, 30, 30, 30, LETTERBOX, 0, -30, 90, 90",
        "4, 3, 5, 5, LETTERBOX, 0, 0, 4, 3.75",
        "100, 50, 40, 10, CROP, 0, 12, 100, 25",
        "1, 1, 28, 28, LETTERBOX, 0, 0, 1, 1",
        "10000, 1, 28, 28, LETTERBOX, 0, -13, 10000, 28"})
    void placementTellsWhereTheViewLies(int width, int height, int across, int down, ResizeRule resize, double x0, double y0,
            double viewWidth, double viewHeight) {
        SourceImage image = Images.image(ArrayImgs.unsignedBytes(width, height, 1), 255);
        Placement placement = Preprocessor.apply(image, Images.grey(across, down, resize, IntensityRule.byType())).placement();
        assertEquals(new Placement(x0, y0, viewWidth, viewHeight), placement);
    }

    /** A single bright pixel appears where the placement says it lies. */
    @ParameterizedTest
    @EnumSource(ResizeRule.class)
    void aBrightSpotComesOutWhereThePlacementPutsIt(ResizeRule resize) {
        int width = 200;
        int height = 120;
        byte[] array = new byte[width * height];
        for (int y = 38; y < 44; y++) {
            Arrays.fill(array, y * width + 88, y * width + 96, (byte) 255);
        }
        NetworkInput input = Preprocessor.apply(Images.image(ArrayImgs.unsignedBytes(array, width, height, 1), 255),
            Images.grey(40, 40, resize, IntensityRule.byType()));
        double[] centre = centreOfMass(input.values(), 40);
        assertEquals(92, input.placement().x0() + centre[0] / 40 * input.placement().width(), 0.05);
        assertEquals(41, input.placement().y0() + centre[1] / 40 * input.placement().height(), 0.05);
    }

    private static double[] centreOfMass(float[] values, int width) {
        double sum = 0;
        double x = 0;
        double y = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i];
            x += values[i] * (i % width + 0.5);
            y += values[i] * (i / width + 0.5);
        }
        return new double[] {x / sum, y / sum};
    }

    @Test
    void greyFromRgbIsRec601AndChannelsStayInOrder() {
        SourceImage rgb = Images.as(SourceImage.Kind.RGB, Images.bytes(1, 1, 200, 100, 50));
        assertArrayEquals(new float[] {0.299f * 200 + 0.587f * 100 + 0.114f * 50},
            run(rgb, Images.grey(1, 1, ResizeRule.STRETCH, Images.asIs())), 1e-4f);
        assertArrayEquals(new float[] {200, 100, 50}, run(rgb, channels(3, ChannelRule.RGB, Images.asIs())));
        SourceImage same = Images.as(SourceImage.Kind.RGB, Images.bytes(1, 1, 255, 255, 255));
        assertArrayEquals(new float[] {1}, run(same, Images.grey(1, 1, ResizeRule.STRETCH, IntensityRule.byType())));
    }

    @Test
    void greyIsRepeatedForAnRgbNetworkAndNormalisedByChannel() {
        IntensityRule rule = new IntensityRule(IntensityRule.Kind.TYPE, 0, 0, new double[] {0, 0.5, 1}, new double[] {1, 0.5, 2});
        assertArrayEquals(new float[] {1, 1, 0}, run(Images.bytes(1, 1, 255), channels(3, ChannelRule.RGB, rule)));
    }

    @Test
    void valuesAreChannelFastest() {
        float[] values = run(Images.bytes(2, 1, 1, 2, 11, 12), channels(2, 1, 2, ChannelRule.EXACT, Images.asIs()));
        assertArrayEquals(new float[] {1, 11, 2, 12}, values);
    }

    @ParameterizedTest
    @CsvSource({"2, 1, GREY", "2, 3, RGB", "3, 1, GREY", "4, 3, RGB", "1, 2, EXACT", "3, 2, EXACT", "5, 4, EXACT"})
    void aMismatchOfChannelsNamesBothCounts(int found, int taken, ChannelRule channel) {
        SourceImage image = Images.image(ArrayImgs.unsignedBytes(4, 4, found), 255);
        String sentence = refusal(image, channels(taken, channel, IntensityRule.byType()));
        assertTrue(sentence.contains(found + " channel") && sentence.contains("takes " + taken), sentence);
    }

    @Test
    void intensityRulesByHand() {
        SourceImage image = Images.bytes(5, 1, 0, 10, 20, 30, 140);
        assertArrayEquals(new float[] {0, 10 / 255f, 20 / 255f, 30 / 255f, 140 / 255f}, scaled(image, IntensityRule.byType()), 1e-7f);
        assertArrayEquals(new float[] {0, 0, 0.5f, 1, 1}, scaled(image, Images.intensity(IntensityRule.Kind.WINDOW, 10, 30)), 1e-7f);
        // Ranks 0..4: the 12.5th percentile is rank 0.5 = 5, the 87.5th rank 3.5 = 85.
        assertArrayEquals(new float[] {0, 5 / 80f, 15 / 80f, 25 / 80f, 1},
            scaled(image, Images.intensity(IntensityRule.Kind.PERCENTILE, 12.5, 87.5)), 1e-6f);
        // Mean 40, squares 1600 + 900 + 400 + 100 + 10000 = 13000, by 5 = 2600.
        float deviation = (float) Math.sqrt(2600);
        assertArrayEquals(new float[] {-40 / deviation, -30 / deviation, -20 / deviation, -10 / deviation, 100 / deviation},
            scaled(image, Images.intensity(IntensityRule.Kind.ZSCORE, 0, 0)), 1e-6f);
    }

    @Test
    void sixteenBitIsDividedByItsLargestValue() {
        short[] values = {0, (short) 65535, (short) 32768};
        assertArrayEquals(new float[] {0, 1, 32768 / 65535f},
            scaled(Images.image(ArrayImgs.unsignedShorts(values, 3, 1, 1), 65535), IntensityRule.byType()), 1e-7f);
    }

    @ParameterizedTest
    @EnumSource(value = IntensityRule.Kind.class, names = {"PERCENTILE", "ZSCORE"})
    void aConstantImageBecomesZero(IntensityRule.Kind kind) {
        float[] values = scaled(Images.bytes(3, 1, 7, 7, 7), Images.intensity(kind, 1, 99));
        assertArrayEquals(new float[3], values);
    }

    @Test
    void percentilesAreOfEachChannelOnlyUnderExact() {
        SourceImage image = Images.as(SourceImage.Kind.RGB, Images.bytes(2, 1, 0, 10, 0, 20, 0, 40));
        IntensityRule full = Images.intensity(IntensityRule.Kind.PERCENTILE, 0, 100);
        assertArrayEquals(new float[] {0, 0, 0, 0.25f, 0.5f, 1}, run(image, channels(2, 1, 3, ChannelRule.RGB, full)), 1e-6f);
        assertArrayEquals(new float[] {0, 0, 0, 1, 1, 1}, run(image, channels(2, 1, 3, ChannelRule.EXACT, full)), 1e-6f);
    }

    @Test
    void paddingDoesNotCountForPercentilesAndScores() {
        float[] values = run(Images.bytes(2, 1, 10, 30), Images.grey(2, 2, ResizeRule.LETTERBOX,
            Images.intensity(IntensityRule.Kind.ZSCORE, 0, 0)));
        assertArrayEquals(new float[] {-1, 1, 0, 0}, values, 1e-6f);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void pixelsThatAreNotNumbersAreCounted(float bad) {
        SourceImage image = Images.floats(3, 2, 0, bad, 0.5f, 1, bad, 0);
        for (IntensityRule.Kind kind : IntensityRule.Kind.values()) {
            String sentence = refusal(image, Images.grey(2, 2, ResizeRule.STRETCH, Images.intensity(kind, 1, 99)));
            assertTrue(sentence.startsWith("2 of 6 pixel values are not numbers"), sentence);
        }
    }

    @Test
    void floatsUnderTypeMustLieWithinZeroAndOne() {
        assertArrayEquals(new float[] {0, 0.25f, 1}, scaled(Images.floats(3, 1, 0, 0.25f, 1), IntensityRule.byType()));
        String sentence = refusal(Images.floats(3, 1, -1000, 0, 400.5f), Images.grey(3, 1, ResizeRule.STRETCH, IntensityRule.byType()));
        assertTrue(sentence.contains("from -1000 to 400.5") && sentence.contains("percentile"), sentence);
    }

    @ParameterizedTest
    @CsvSource({"WINDOW, 5, 5", "WINDOW, 5, 4", "PERCENTILE, 50, 50", "PERCENTILE, -1, 99", "PERCENTILE, 0, 101", "WINDOW, NaN, 1"})
    void anImpossibleRuleIsRefused(IntensityRule.Kind kind, double low, double high) {
        assertTrue(refusal(Images.bytes(1, 1, 0), Images.grey(1, 1, ResizeRule.STRETCH, Images.intensity(kind, low, high)))
            .contains("rdf.yaml"));
    }

    @Test
    void aBatchIsFilledItemByItem() {
        InputRule rule = Images.grey(2, 1, ResizeRule.STRETCH, Images.asIs());
        float[] batch = {9, 9, 9, 9, 9, 9};
        Preprocessor.apply(Images.bytes(2, 1, 1, 2), rule, batch, 2);
        assertArrayEquals(new float[] {9, 9, 1, 2, 9, 9}, batch);
    }

    /** However the same pixels are kept, the same numbers come out. */
    @Test
    void everyKindOfImageGivesTheSame() {
        int[] values = IntStream.range(0, 37 * 23).map(i -> i * 89 % 251).toArray();
        SourceImage plain = Images.bytes(37, 23, values);
        InputRule rule = Images.grey(11, 13, ResizeRule.STRETCH, Images.asIs());
        float[] expected = run(plain, rule);
        var cells = new CellImgFactory<>(new UnsignedByteType(), 5).create(37, 23, 1);
        net.imglib2.util.ImgUtil.copy(ArrayImgs.unsignedBytes(((byte[]) bytes(values)), 37, 23, 1), cells);
        assertArrayEquals(expected, run(Images.image(cells, 255), rule));
        var converted = Converters.convert(cells, (in, out) -> out.set(in.get()), new DoubleType());
        assertArrayEquals(expected, run(Images.image(converted, Double.NaN), rule));
        assertArrayEquals(expected, run(Images.image(ArrayImgs.longs(longs(values), 37, 23, 1), Double.NaN), rule));
    }

    private static byte[] bytes(int[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    @Test
    void aHugeImageGoesInWithoutAFloatCopyOfIt() {
        org.junit.jupiter.api.Assumptions.assumeTrue(Runtime.getRuntime().maxMemory() > 2L << 30, "needs a heap above 2 GB");
        int edge = 30_000;
        byte[] array = new byte[edge * edge];
        Arrays.fill(array, edge * (edge / 2), array.length, (byte) 255);
        float[] values = run(Images.image(ArrayImgs.unsignedBytes(array, edge, edge, 1), 255),
            Images.grey(4, 4, ResizeRule.STRETCH, IntensityRule.byType()));
        assertEquals(0, values[0]);
        assertEquals(1, values[15]);
        // The triangle of the second row of four reaches half a step over the middle: 1/8 of its weight.
        assertEquals(0.125, values[4], 1e-3);
    }

    private static float[] run(SourceImage image, InputRule rule) {
        return Preprocessor.apply(image, rule).values();
    }

    private static float[] scaled(SourceImage image, IntensityRule intensity) {
        return run(image, Images.grey(image.width(), image.height(), ResizeRule.STRETCH, intensity));
    }

    private static InputRule channels(int channels, ChannelRule channel, IntensityRule intensity) {
        return channels(1, 1, channels, channel, intensity);
    }

    private static InputRule channels(int width, int height, int channels, ChannelRule channel, IntensityRule intensity) {
        return new InputRule(width, height, channels, channel, intensity, ResizeRule.STRETCH);
    }

    private static String refusal(SourceImage image, InputRule rule) {
        return assertThrows(UsageException.class, () -> Preprocessor.apply(image, rule)).getMessage();
    }
}
