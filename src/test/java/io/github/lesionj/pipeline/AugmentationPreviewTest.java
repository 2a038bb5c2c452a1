package io.github.lesionj.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.Augmentation;
import io.github.lesionj.dataset.ItemSource;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.TrainingItems;
import io.github.lesionj.image.ChannelRule;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.IntensityRule;
import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.results.Montage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentationPreviewTest {

    private static final int SIZE = 8;
    private static final List<String> CLASSES = List.of("normal", "lesion", "other");

    @TempDir
    Path folder;

    private static InputRule rule(IntensityRule.Kind kind, double mean, double std, int channels) {
        double[] shift = {mean};
        double[] scale = {std};
        return new InputRule(SIZE, SIZE, channels, channels == 1 ? ChannelRule.GREY : ChannelRule.RGB, new IntensityRule(kind, 0, 0,
            kind == IntensityRule.Kind.ZSCORE ? new double[0] : shift, kind == IntensityRule.Kind.ZSCORE ? new double[0] : scale),
            ResizeRule.STRETCH);
    }

    /** Items of one value each, as the network takes it: item i has the class i % 3. */
    private static SplitData data(InputRule rule, Augmentation augmentation, float[]... values) {
        List<LabelledItem> items = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            items.add(new LabelledItem("i" + i, new ItemSource.File(Path.of("i" + i)), Set.of(i % 3), "", "", ""));
        }
        LabelledSet set = new LabelledSet("set", items, CLASSES, LabelKind.MULTI_CLASS, List.of());
        TrainingItems read = TrainingItems.load(set, SIZE, SIZE, rule.channels(), item -> {
            float[] pixels = new float[SIZE * SIZE * rule.channels()];
            for (int p = 0; p < pixels.length; p++) {
                pixels[p] = values[Integer.parseInt(item.name().substring(1))][p % rule.channels()];
            }
            return pixels;
        }, 1 << 20, Progress.NONE);
        return new SplitData(read, read, rule, augmentation);
    }

    @Test
    void intensitiesAreThoseOfTheImageAndNotOfTheNetwork() {
        InputRule rule = rule(IntensityRule.Kind.TYPE, 0.5, 0.25, 1);
        // 51, 102 and 204 of 255
        SplitData data = data(rule, Augmentation.NONE, new float[] {(0.2f - 0.5f) / 0.25f}, new float[] {(0.4f - 0.5f) / 0.25f},
            new float[] {(0.8f - 0.5f) / 0.25f});
        List<Montage.Tile> tiles = AugmentationPreview.tiles(data, rule, CLASSES, 5);
        assertEquals(12, tiles.size(), "four of each of three images");
        for (Montage.Tile tile : tiles) {
            float expected = tile.text().equals("normal") ? 0.2f : tile.text().equals("lesion") ? 0.4f : 0.8f;
            assertEquals(expected, tile.values()[9], 1e-6, tile.text());
        }
        assertEquals(Set.copyOf(CLASSES), new HashSet<>(tiles.stream().map(Montage.Tile::text).toList()));
        InputRule score = rule(IntensityRule.Kind.ZSCORE, 0, 1, 1);
        assertEquals(0.5f, AugmentationPreview.tiles(data(score, Augmentation.NONE, new float[] {0}), score, CLASSES, 5).get(0).values()[0], 1e-6);
        assertEquals(1f, AugmentationPreview.tiles(data(score, Augmentation.NONE, new float[] {2.5f}), score, CLASSES, 5).get(0).values()[0], 1e-6);
    }

    @Test
    void everyVariantIsAnotherOneAndTheSeedDecides() {
        InputRule rule = rule(IntensityRule.Kind.TYPE, 0, 1, 1);
        SplitData data = data(rule, Augmentation.parse("brightness:0.2"), new float[] {0.5f}, new float[] {0.5f}, new float[] {0.5f},
            new float[] {0.5f}, new float[] {0.5f});
        List<Montage.Tile> tiles = AugmentationPreview.tiles(data, rule, CLASSES, 5);
        assertEquals(16, tiles.size());
        assertEquals(16, tiles.stream().map(tile -> tile.values()[0]).distinct().count());
        assertTrue(tiles.stream().allMatch(tile -> Math.abs(tile.values()[0] - 0.5) <= 0.2 + 1e-6));
        List<Montage.Tile> again = AugmentationPreview.tiles(data, rule, CLASSES, 5);
        for (int i = 0; i < 16; i++) {
            assertTrue(Arrays.equals(tiles.get(i).values(), again.get(i).values()));
        }
        assertNotEquals(tiles.get(0).values()[0], AugmentationPreview.tiles(data, rule, CLASSES, 6).get(0).values()[0]);
    }

    /** Half-way grey is 0 under both rules; under the one 0..1 spans four units, under the other five standard deviations. */
    @Test
    void brightnessAndNoiseAreAsStrongUnderScores() {
        Augmentation augmentation = Augmentation.parse("brightness:0.2,noise:0.05");
        InputRule type = rule(IntensityRule.Kind.TYPE, 0.5, 0.25, 1);
        InputRule score = rule(IntensityRule.Kind.ZSCORE, 0, 1, 1);
        List<Montage.Tile> expected = AugmentationPreview.tiles(data(type, augmentation, new float[] {0}), type, CLASSES, 5);
        List<Montage.Tile> tiles = AugmentationPreview.tiles(data(score, augmentation, new float[] {0}), score, CLASSES, 5);
        assertTrue(expected.stream().anyMatch(tile -> Math.abs(tile.values()[0] - 0.5) > 0.05), "something changes");
        for (int i = 0; i < tiles.size(); i++) {
            for (int p = 0; p < SIZE * SIZE; p++) {
                assertEquals(expected.get(i).values()[p], tiles.get(i).values()[p], 1e-5);
            }
        }
    }

    @Test
    void coloursStayColours() throws IOException {
        InputRule rule = rule(IntensityRule.Kind.TYPE, 0, 1, 3);
        Path file = AugmentationPreview.write(data(rule, Augmentation.NONE, new float[] {1, 0.5f, 0}), rule, CLASSES, 1, folder);
        assertEquals(folder.resolve("plots/augmentation.png"), file);
        BufferedImage picture = ImageIO.read(file.toFile());
        assertEquals(0xff8000, picture.getRGB(12, 12) & 0xffffff);
        assertEquals(8 + 4 * (160 + 8), picture.getWidth());
    }
}
