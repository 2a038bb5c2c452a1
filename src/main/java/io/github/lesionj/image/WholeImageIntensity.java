package io.github.lesionj.image;

import io.github.lesionj.core.UsageException;
import java.util.Arrays;

/**
 * Puts numbers into an intensity rule that depends on the image, so that parts of a large one are scaled alike: percentiles and mean of
 * each part by itself would make background as contrasty as tissue.
 *
 * <p>They are taken from evenly spaced rows at full resolution, all of them where there are few.
 */
public final class WholeImageIntensity {

    private static final int ROWS = 256;
    private static final int LARGEST_SAMPLE = 1 << 22;

    private WholeImageIntensity() {
    }

    /**
     * The rule for any part of an image: the same where it does not depend on the image.
     *
     * @throws UsageException where the rule scales each channel by itself, which fixed numbers cannot say
     */
    public static InputRule of(RegionSource image, InputRule rule) {
        IntensityRule asked = rule.intensity();
        if (asked.kind() != IntensityRule.Kind.PERCENTILE && asked.kind() != IntensityRule.Kind.ZSCORE) {
            return rule;
        }
        if (rule.channel() == ChannelRule.EXACT && rule.channels() > 1) {
            throw new UsageException("The image is larger than the model's input, and the model scales each channel by its own percentiles or mean:"
                + " crop the image, or use a model with the intensity rule type or window.");
        }
        float[] values = sample(image, rule);
        return new InputRule(rule.width(), rule.height(), rule.channels(), rule.channel(), fixed(asked, values), rule.resize());
    }

    private static IntensityRule fixed(IntensityRule asked, float[] values) {
        if (asked.kind() == IntensityRule.Kind.PERCENTILE) {
            Arrays.sort(values);
            double low = IntensityScaling.percentile(values, asked.low());
            double high = IntensityScaling.percentile(values, asked.high());
            // a window must rise; a constant image is 0 everywhere under either rule
            return new IntensityRule(IntensityRule.Kind.WINDOW, low, high > low ? high : Math.nextUp((float) low), asked.mean(), asked.std());
        }
        double mean = IntensityScaling.mean(new float[][] {values});
        double deviation = Math.sqrt(IntensityScaling.meanSquare(new float[][] {values}, mean));
        double[] means = new double[] {0};
        double[] deviations = new double[] {1};
        if (asked.mean().length > 0) {
            means = asked.mean();
        }
        if (asked.std().length > 0) {
            deviations = asked.std();
        }
        double spread = deviation == 0 ? 1 : deviation;
        return new IntensityRule(IntensityRule.Kind.NONE, 0, 0, Arrays.stream(means).map(m -> mean + spread * m).toArray(),
            Arrays.stream(deviations).map(d -> spread * d).toArray());
    }

    /** Values of the channels that the network sees, as they are stored. */
    private static float[] sample(RegionSource image, InputRule rule) {
        int rows = Math.max(1, Math.min(Math.min(ROWS, image.height()), LARGEST_SAMPLE / image.width()));
        IntensityRule none = new IntensityRule(IntensityRule.Kind.NONE, 0, 0, new double[0], new double[0]);
        InputRule raw = new InputRule(image.width(), 1, rule.channels(), rule.channel(), none, ResizeRule.STRETCH);
        float[] values = new float[rows * image.width() * rule.channels()];
        for (int i = 0; i < rows; i++) {
            int y = (int) ((i + 0.5) * image.height() / rows);
            Preprocessor.apply(image.region(0, y, image.width(), 1), raw, values, i * image.width() * rule.channels());
        }
        return values;
    }
}
