package io.github.lesionj.pipeline;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.image.ChannelRule;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.IntensityRule;
import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.image.SourceImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what a network sees of the images of a data set, as far as the user left it open, from a sample of them.
 *
 * <p>Size: the short edge of the median image, in steps of 32 px, between 28 and 224. Channels: 1 where every image is
 * grey, also when stored as RGB; else 3. Intensities: by type where all have 8 bits, else between the percentiles 0.5 and
 * 99.5 of each image; then 0..1 becomes -2..2.
 */
final class InputRuleChoice {

    private static final int SAMPLE = 64;
    private static final int LARGEST = 224;
    private static final int SMALLEST = 28;
    private static final int STEP = 32;
    /** Brings 0..1 to about mean 0 and deviation 1, which networks learn from sooner. */
    private static final double MIDDLE = 0.5;
    private static final double DEVIATION = 0.25;
    private static final double LOW_PERCENTILE = 0.5;
    private static final double HIGH_PERCENTILE = 99.5;

    private final List<SourceImage> images = new ArrayList<>();

    InputRuleChoice(LabelledSet set, ItemReader reader, int channels) {
        int step = Math.max(1, set.size() / SAMPLE);
        for (int i = 0; i < set.size(); i += step) {
            LabelledItem item = set.items().get(i);
            try {
                images.add(reader.read(item, channels));
            } catch (LesionJException e) {
                // listed by name when all images are read; here it only does not count
            }
        }
        if (images.isEmpty()) {
            throw new UsageException("None of the " + set.size() + " images of " + set.name() + " that were tried can be read.");
        }
    }

    /** The sample, whole images. */
    List<SourceImage> images() {
        return images;
    }

    /**
     * The rule.
     *
     * @param size      of the network's input in px, or 0 to choose
     * @param channels  1, 3, any other number, or 0 to choose
     * @param resize    how the size is reached
     * @param intensity type, percentile, zscore, or auto
     */
    InputRule choose(int size, int channels, ResizeRule resize, String intensity) {
        int side = size > 0 ? size : side();
        int depth = channels > 0 ? channels : channels();
        ChannelRule channelRule = depth == 1 ? ChannelRule.GREY : depth == 3 ? ChannelRule.RGB : ChannelRule.EXACT;
        return new InputRule(side, side, depth, channelRule, intensity(intensity), resize);
    }

    private int side() {
        int[] edges = images.stream().mapToInt(image -> Math.min(image.width(), image.height())).sorted().toArray();
        int median = edges[edges.length / 2];
        return median < 2 * STEP ? Math.max(SMALLEST, median) : Math.min(LARGEST, median / STEP * STEP);
    }

    private int channels() {
        int most = images.stream().mapToInt(SourceImage::channels).max().orElse(1);
        if (images.stream().allMatch(Greyness::isGrey)) {
            return 1;
        }
        return most;
    }

    private IntensityRule intensity(String key) {
        boolean bytes = images.stream().allMatch(image -> image.typeMax() == 255);
        IntensityRule.Kind kind = switch (key) {
            case "auto" -> bytes ? IntensityRule.Kind.TYPE : IntensityRule.Kind.PERCENTILE;
            case "type" -> IntensityRule.Kind.TYPE;
            case "percentile" -> IntensityRule.Kind.PERCENTILE;
            case "zscore" -> IntensityRule.Kind.ZSCORE;
            default -> throw new UsageException("intensity=" + key + " is not known; use auto, type, percentile, or zscore.");
        };
        boolean percentile = kind == IntensityRule.Kind.PERCENTILE;
        double[] none = new double[0];
        return kind == IntensityRule.Kind.ZSCORE ? new IntensityRule(kind, 0, 0, none, none)
            : new IntensityRule(kind, percentile ? LOW_PERCENTILE : 0, percentile ? HIGH_PERCENTILE : 0, new double[] {MIDDLE},
                new double[] {DEVIATION});
    }
}
