package io.github.lesionj.image;

import io.github.lesionj.core.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;

/**
 * From an image to one item of a network's input batch: channels, then size, then intensities.
 *
 * <p>Channels are matched first (grey from RGB before resampling), planes resampled by {@link Resampler}, values scaled
 * after that, and the padding of a letterbox is 0 whatever mean and std are. Percentiles, mean and deviation are those of
 * the resampled image without padding, of all channels together for the channel rules GREY and RGB, of each channel by
 * itself for EXACT. Stateless and thread-safe as long as the image's pixels are not written to.
 */
public final class Preprocessor {

    private Preprocessor() {
    }

    /**
     * Makes an image ready for a network.
     *
     * @throws UsageException when channels or values do not fit the rule, in a sentence that names both sides
     */
    public static NetworkInput apply(SourceImage image, InputRule rule) {
        float[] values = new float[rule.width() * rule.height() * rule.channels()];
        return new NetworkInput(values, apply(image, rule, values, 0));
    }

    /**
     * As {@link #apply(SourceImage, InputRule)}, written into a batch.
     *
     * @param into   receives height * width * channels values from {@code offset} on, channel fastest
     * @param offset of the item in the batch
     */
    public static Placement apply(SourceImage image, InputRule rule, float[] into, int offset) {
        IntensityScaling scaling = new IntensityScaling(rule.intensity());
        scaling.check(rule.channels());
        View view = View.of(image.width(), image.height(), rule);
        float[][] planes = resampled(image, rule, view);
        if (rule.channel() == ChannelRule.EXACT) {
            for (float[] plane : planes) {
                scaling.scale(new float[][] {plane}, typeMax(image));
            }
        } else {
            scaling.scale(planes, typeMax(image));
        }
        write(planes, rule, view, into, offset);
        return view.placement(rule.width(), rule.height());
    }

    // Where there is no stored type the values were checked to lie within 0..1.
    private static double typeMax(SourceImage image) {
        return Double.isNaN(image.typeMax()) ? 1 : image.typeMax();
    }

    private static float[][] resampled(SourceImage image, InputRule rule, View view) {
        List<Rows> sources = sources(image, rule);
        boolean check = !isInteger(image) || Double.isNaN(image.typeMax());
        float[][] planes = new float[sources.size()][];
        List<CheckedRows> checks = new ArrayList<>();
        for (int p = 0; p < planes.length; p++) {
            CheckedRows checked = new CheckedRows(sources.get(p));
            checks.add(checked);
            planes[p] = Resampler.resample(check ? checked : sources.get(p), view);
        }
        if (check) {
            refuseNotFinite(checks, view);
            refuseOutsideUnit(checks, image, rule);
        }
        return planes;
    }

    private static boolean isInteger(SourceImage image) {
        return ChannelViews.firstPixel(ChannelViews.split(image.pixels()).get(0)) instanceof IntegerType;
    }

    private static List<Rows> sources(SourceImage image, InputRule rule) {
        List<Rows> rows = new ArrayList<>();
        for (RandomAccessibleInterval<? extends RealType<?>> channel : ChannelViews.split(image.pixels())) {
            rows.add(RowReader.of(channel));
        }
        int found = rows.size();
        boolean fits = switch (rule.channel()) {
            case GREY -> rule.channels() == 1 && (found == 1 || image.kind() == SourceImage.Kind.RGB && found == 3);
            case RGB -> rule.channels() == 3 && (found == 1 || found == 3);
            case EXACT -> rule.channels() == found;
        };
        if (!fits) {
            throw wrongChannels(found, rule);
        }
        return rule.channel() == ChannelRule.GREY && found == 3
            ? List.of(new GreyRows(rows.get(0), rows.get(1), rows.get(2))) : rows;
    }

    private static UsageException wrongChannels(int found, InputRule rule) {
        String remedy = rule.channels() == 1 ? "choose one with the key channel"
            : "use a model for " + found + ", or make an image with " + rule.channels();
        return new UsageException("The image has " + found + (found == 1 ? " channel" : " channels") + " but the model takes "
            + rule.channels() + " (rule " + rule.channel().name().toLowerCase(Locale.ROOT) + "): " + remedy + ".");
    }

    private static void refuseNotFinite(List<CheckedRows> checks, View view) {
        long notFinite = checks.stream().mapToLong(check -> check.notFinite).sum();
        if (notFinite > 0) {
            long all = (long) view.width() * view.height() * checks.size();
            throw new UsageException(notFinite + " of " + all + " pixel values are not numbers (NaN or infinite):"
                + " replace them, for example with Process > Math > NaN Background or Macro, and try again.");
        }
    }

    private static void refuseOutsideUnit(List<CheckedRows> checks, SourceImage image, InputRule rule) {
        if (rule.intensity().kind() != IntensityRule.Kind.TYPE || !Double.isNaN(image.typeMax())) {
            return;
        }
        double low = checks.stream().mapToDouble(check -> check.lowest).min().orElse(0);
        double high = checks.stream().mapToDouble(check -> check.highest).max().orElse(0);
        if (low < 0 || high > 1) {
            throw new UsageException(String.format(Locale.ROOT, "The image has float, signed or calibrated values from %s to %s,"
                + " but the model's intensity rule (type) wants 0 to 1 there: use a model with a percentile, z-score or"
                + " window rule, or convert the image with Image > Type > 8-bit.", number(low), number(high)));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value)
            : String.format(Locale.ROOT, "%.4g", value);
    }

    private static void write(float[][] planes, InputRule rule, View view, float[] into, int offset) {
        int channels = rule.channels();
        Arrays.fill(into, offset, offset + rule.width() * rule.height() * channels, 0f);
        for (int c = 0; c < channels; c++) {
            float[] plane = planes[planes.length == 1 ? 0 : c];
            double mean = IntensityScaling.perChannel(rule.intensity().mean(), c, 0);
            double deviation = IntensityScaling.perChannel(rule.intensity().std(), c, 1);
            for (int y = 0; y < view.down(); y++) {
                int start = offset + ((view.top() + y) * rule.width() + view.left()) * channels + c;
                for (int x = 0; x < view.across(); x++) {
                    into[start + x * channels] = (float) ((plane[y * view.across() + x] - mean) / deviation);
                }
            }
        }
    }
}
