package io.github.lesionj.pipeline;

import io.github.lesionj.dataset.BoxItems;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.IntensityRule;
import io.github.lesionj.results.ClassColors;
import io.github.lesionj.results.Montage;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a network will see: four training images, of different classes as far as there are, each four times with other random
 * changes, as they are drawn in training.
 */
final class AugmentationPreview {

    private static final int ORIGINALS = 4;
    private static final int VARIANTS = 4;

    private AugmentationPreview() {
    }

    /**
     * Draws {@code plots/augmentation.png}.
     *
     * @param classNames by index of the targets
     * @param output     folder of the results
     * @return the file
     */
    static Path write(SplitData data, InputRule rule, List<String> classNames, long seed, Path output) {
        Path file = output.resolve("plots").resolve("augmentation.png");
        Montage.write(file, tiles(data, rule, classNames, seed));
        return file;
    }

    /** The same with boxes, in the colours of their classes; grey are such as are not learned from. */
    static Path write(DetectionData data, InputRule rule, List<String> classNames, long seed, Path output) {
        Path file = output.resolve("plots").resolve("augmentation.png");
        Montage.write(file, tiles(data, rule, classNames, seed));
        return file;
    }

    static List<Montage.Tile> tiles(DetectionData data, InputRule rule, List<String> classNames, long seed) {
        Random random = new Random(seed);
        List<Montage.Tile> tiles = new ArrayList<>();
        for (int original = 0; original < Math.min(ORIGINALS, data.trainingSize()); original++) {
            int index = random.nextInt(data.trainingSize());
            for (int variant = 0; variant < VARIANTS; variant++) {
                long draw = random.nextLong();
                float[] values = new float[rule.height() * rule.width() * rule.channels()];
                data.readTraining(index, draw, 0, values, 0);
                List<Montage.Frame> frames = frames(data.trainingTarget(index, draw, 0));
                tiles.add(new Montage.Tile(shown(values, rule), rule.height(), rule.width(), rule.channels(),
                    data.trainingName(index) + ": " + frames.size() + (frames.size() == 1 ? " box" : " boxes"), frames));
            }
        }
        return tiles;
    }

    private static List<Montage.Frame> frames(float[] target) {
        List<Montage.Frame> frames = new ArrayList<>();
        for (int at = 0; at < target.length; at += BoxItems.ROW) {
            int label = (int) target[at + BoxItems.ROW - 1];
            if (label != BoxItems.NO_BOX) {
                frames.add(new Montage.Frame(new Box(target[at], target[at + 1], target[at + 2], target[at + 3]),
                    label < 0 ? Color.GRAY : ClassColors.of(label)));
            }
        }
        return frames;
    }

    static List<Montage.Tile> tiles(SplitData data, InputRule rule, List<String> classNames, long seed) {
        Random random = new Random(seed);
        List<Montage.Tile> tiles = new ArrayList<>();
        for (int original : originals(data, classNames.size(), random)) {
            for (int variant = 0; variant < VARIANTS; variant++) {
                float[] values = new float[rule.height() * rule.width() * rule.channels()];
                data.readTraining(original, random.nextLong(), values, 0);
                tiles.add(new Montage.Tile(shown(values, rule), rule.height(), rule.width(), rule.channels(),
                    label(data.trainingTarget(original), classNames)));
            }
        }
        return tiles;
    }

    /** One of each class in turn, by chance; fewer where there are no more images. */
    private static List<Integer> originals(SplitData data, int classes, Random random) {
        List<Integer> chosen = new ArrayList<>();
        int size = data.trainingSize();
        for (int turn = 0; turn < ORIGINALS && turn < size; turn++) {
            int start = random.nextInt(size);
            int found = -1;
            for (int step = 0; step < size; step++) {
                int index = (start + step) % size;
                boolean wanted = data.trainingTarget(index)[turn % classes] > 0;
                if (!chosen.contains(index) && (wanted || found < 0)) {
                    found = index;
                    if (wanted) {
                        break;
                    }
                }
            }
            chosen.add(found);
        }
        return chosen;
    }

    private static String label(float[] target, List<String> classNames) {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < target.length; c++) {
            if (target[c] > 0) {
                names.add(classNames.get(c));
            }
        }
        return String.join(", ", names);
    }

    /** From the network's input back to 0..1, in place. */
    private static float[] shown(float[] values, InputRule rule) {
        IntensityRule intensity = rule.intensity();
        boolean score = intensity.kind() == IntensityRule.Kind.ZSCORE;
        for (int i = 0; i < values.length; i++) {
            double value = values[i] * of(intensity.std(), i % rule.channels(), 1) + of(intensity.mean(), i % rule.channels(), 0);
            values[i] = (float) (score ? value / SplitData.Z_SCORE_RANGE + 0.5 : value);
        }
        return values;
    }

    private static double of(double[] perChannel, int channel, double standard) {
        return perChannel.length == 0 ? standard : perChannel[perChannel.length == 1 ? 0 : channel];
    }
}
