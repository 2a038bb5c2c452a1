package io.github.lesionj.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.UsageException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {

    private static float[] moved(AffineMap map, int height, int width, float... values) {
        float[] result = values.clone();
        map.resample(result, 0, height, width, values.length / height / width);
        return result;
    }

    @Test
    void noMovementIsExact() {
        float[] values = {1, 2, 3, 4, 5, 6};
        assertArrayEquals(values, moved(new AffineMap(0, 1, 0, 0, false, false), 2, 3, values));
        float[] none = values.clone();
        Augmentation.NONE.apply(none, 0, 2, 3, 1, 1, 99);
        assertArrayEquals(values, none);
    }

    @Test
    void aQuarterTurnClockwise() {
        // 1 2 3      7 4 1
        // 4 5 6  ->  8 5 2
        // 7 8 9      9 6 3
        assertArrayEquals(new float[] {7, 4, 1, 8, 5, 2, 9, 6, 3},
            moved(new AffineMap(Math.PI / 2, 1, 0, 0, false, false), 3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9), 1e-5f);
    }

    @Test
    void wholePixelsToTheRightAndDownRepeatTheEdge() {
        assertArrayEquals(new float[] {1, 1, 2, 1, 1, 2, 4, 4, 5},
            moved(new AffineMap(0, 1, 1, 1, false, false), 3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    }

    @Test
    void halfAPixelIsTheMean() {
        assertArrayEquals(new float[] {1, 2, 5}, moved(new AffineMap(0, 1, 0.5, 0, false, false), 1, 3, 1, 3, 7));
    }

    @Test
    void twiceAsLargeAboutTheCentre() {
        // Columns -2..2 from the centre show -1, -0.5, 0, 0.5, 1.
        assertArrayEquals(new float[] {20, 25, 30, 35, 40},
            moved(new AffineMap(0, 2, 0, 0, false, false), 1, 5, 10, 20, 30, 40, 50));
    }

    @Test
    void mirrorsKeepChannelsTogether() {
        assertArrayEquals(new float[] {3, 30, 2, 20, 1, 10},
            moved(new AffineMap(0, 1, 0, 0, true, false), 1, 3, 1, 10, 2, 20, 3, 30));
        assertArrayEquals(new float[] {3, 4, 1, 2}, moved(new AffineMap(0, 1, 0, 0, false, true), 2, 2, 1, 2, 3, 4));
    }

    @Test
    void anOffsetLeavesTheRestOfABatchAlone() {
        float[] batch = new float[3 * 64];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = i % 64 / 64f;
        }
        float[] before = batch.clone();
        Augmentation.STRONG.apply(batch, 64, 8, 8, 1, 1, 5);
        assertArrayEquals(Arrays.copyOf(before, 64), Arrays.copyOf(batch, 64));
        assertArrayEquals(Arrays.copyOfRange(before, 128, 192), Arrays.copyOfRange(batch, 128, 192));
        assertFalse(Arrays.equals(before, batch));
        float[] alone = Arrays.copyOfRange(before, 64, 128);
        Augmentation.STRONG.apply(alone, 0, 8, 8, 1, 1, 5);
        assertArrayEquals(Arrays.copyOfRange(batch, 64, 128), alone);
    }

    @Test
    void seedsDecideAndDiffer() {
        float[] image = ramp();
        float[] same = ramp();
        float[] other = ramp();
        Augmentation.LIGHT.apply(image, 0, 16, 16, 1, 1, 3);
        Augmentation.LIGHT.apply(same, 0, 16, 16, 1, 1, 3);
        Augmentation.LIGHT.apply(other, 0, 16, 16, 1, 1, 4);
        assertArrayEquals(image, same);
        assertFalse(Arrays.equals(image, other));
    }

    private static float[] ramp() {
        float[] image = new float[256];
        for (int i = 0; i < 256; i++) {
            image[i] = i / 256f;
        }
        return image;
    }

    @Test
    void flipsComeInHalfOfTheCasesAndOnlyWhenAsked() {
        Augmentation flips = Augmentation.parse("flip_x");
        long flipped = IntStream.range(0, 400).filter(seed -> {
            float[] row = {1, 2};
            flips.apply(row, 0, 1, 2, 1, 1, seed);
            return row[0] == 2;
        }).count();
        assertTrue(flipped > 160 && flipped < 240, "flipped " + flipped);
        assertFalse(Augmentation.LIGHT.flipX() || Augmentation.STRONG.flipX());
    }

    @Test
    void brightnessAndContrastStayInTheirBounds() {
        Augmentation change = Augmentation.parse("brightness:0.2,contrast:0.5");
        for (long seed = 0; seed < 200; seed++) {
            float[] values = {0, 1};
            change.apply(values, 0, 1, 2, 1, 1, seed);
            double mean = (values[0] + values[1]) / 2;
            assertEquals(0.5, mean, 0.2 + 1e-6);
            assertEquals(1, values[1] - values[0], 0.5 + 1e-6);
        }
    }

    @Test
    void erasingPutsTheMeanIntoOneRectangle() {
        Augmentation erasing = Augmentation.parse("erasing:1");
        for (long seed = 0; seed < 50; seed++) {
            float[] values = ramp();
            erasing.apply(values, 0, 16, 16, 1, 1, seed);
            float[] before = ramp();
            long erased = IntStream.range(0, 256).filter(i -> values[i] != before[i]).count();
            assertTrue(erased >= 3 && erased <= 40, "erased " + erased);
            assertTrue(IntStream.range(0, 256).filter(i -> values[i] != before[i]).allMatch(i -> Math.abs(values[i] - 127.5f / 256) < 1e-4));
        }
    }

    @Test
    void theKeyIsReadAndWritten() {
        assertEquals(Augmentation.NONE, Augmentation.parse("none"));
        assertEquals(Augmentation.LIGHT, Augmentation.parse(" Light "));
        assertEquals(Augmentation.STRONG, Augmentation.parse(Augmentation.STRONG.key()));
        assertEquals("none", Augmentation.NONE.key());
        Augmentation list = Augmentation.parse("rotation:10, translation:0.1,flip_x,erasing:0.1");
        assertEquals(new Augmentation(10, 0.1, 0, 0, 0, 0, true, false, 0.1), list);
        Augmentation changed = Augmentation.parse("light,flip_y,noise:0");
        assertEquals(7, changed.rotation());
        assertEquals(0, changed.noise());
        assertTrue(changed.flipY());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hard", "rotation", "rotation:", "rotation:x", "rotation:0,5", "rotation:200", "zoom:-1", "flip_x:1",
        "translation:NaN", "rotation:5,light", "erasing:2"})
    void nonsenseIsRefused(String text) {
        assertThrows(UsageException.class, () -> Augmentation.parse(text));
    }
}
