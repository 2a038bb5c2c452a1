package io.github.lesionj.pipeline;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.modelpackage.DetectionRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * Decides how a detector sees the images of a data set, as far as the user left it open, from its boxes and a sample of its images.
 *
 * <p>Scale: small objects (the 5th percentile of the longer edges) get 16 px, but nothing is enlarged. Input: the median image at that
 * scale in steps of 32 px, 416 px at most; larger images are looked at in tiles. Channels and intensities as for a classifier.
 */
final class DetectorRuleChoice {

    /** Px of the input that a small object should have: two cells of the finest level. */
    private static final double SMALL_OBJECT = 16;
    private static final int STEP = 32;
    private static final int LARGEST = 416;
    /** Calibrations that differ by less are the same. */
    private static final double SAME = 0.01;

    private final List<SourceImage> images = new ArrayList<>();
    private final InputRuleChoice pixels;
    private final List<Box> boxes;
    private final double[] edges;

    DetectorRuleChoice(LabelledSet set, ItemReader reader, int channels) {
        this.pixels = new InputRuleChoice(set, reader, channels);
        this.images.addAll(pixels.images());
        this.boxes = set.items().stream().flatMap(item -> item.boxes().stream()).filter(box -> box.role() == TrueBox.Role.COUNTED).map(TrueBox::box).toList();
        this.edges = boxes.stream().mapToDouble(box -> Math.max(box.width(), box.height())).sorted().toArray();
    }

    /**
     * What was decided.
     *
     * @param boxes   that count, in px of the input
     * @param remarks sentences for the log, the ledger and the card
     */
    record Choice(InputRule input, DetectionRule detection, List<Box> boxes, List<String> remarks) {
    }

    /**
     * The choice.
     *
     * @param size      of the input: {@code auto}, a number of px, or {@code WIDTHxHEIGHT}
     * @param scale     px of the input for a px of the image: {@code auto}, {@code fit} or a number
     * @param channels  as for a classifier, 0 to choose
     * @param intensity auto, type, percentile, zscore
     */
    Choice choose(String size, String scale, int channels, String intensity) {
        boolean fit = scale.equals("fit");
        double chosen = fit ? Double.NaN : scale.equals("auto") ? scale() : number("scale", scale, 1e-3, 100);
        int[] input = size.equals("auto") ? size(fit ? scale() : chosen) : size(size);
        InputRule base = pixels.choose(STEP, channels, ResizeRule.LETTERBOX, intensity);
        InputRule rule = new InputRule(input[0], input[1], base.channels(), base.channel(), base.intensity(), ResizeRule.LETTERBOX);
        double shown = fit ? Math.min((double) input[0] / median(SourceImage::width), (double) input[1] / median(SourceImage::height)) : chosen;
        double um = fit ? Double.NaN : umPerPx() / chosen;
        DetectionRule detection = new DetectionRule(chosen, um, DetectionRule.NMS, DetectionRule.MAX_DETECTIONS, percentile(5) * shown,
            percentile(99) * shown);
        return new Choice(rule, detection, boxes.stream().map(box -> box.scaled(shown, shown)).toList(), List.of(remark(rule, detection, fit)));
    }

    private static String remark(InputRule rule, DetectionRule detection, boolean fit) {
        return String.format(Locale.ROOT, "The network sees %d x %d px%s; objects have %.0f px (small ones) to %.0f px (large ones) there.", rule.width(),
            rule.height(), fit ? ", whole images fitted into them" : String.format(Locale.ROOT, " at %.3g px for each px of an image%s", detection.scale(),
                Double.isNaN(detection.umPerPx()) ? "" : String.format(Locale.ROOT, " (%.4g um a px)", detection.umPerPx())),
            detection.smallest(), detection.largest());
    }

    private double scale() {
        return Math.min(1, Math.rint(1000 * SMALL_OBJECT / percentile(5)) / 1000);
    }

    private double percentile(double percent) {
        return edges[(int) Math.round(percent / 100 * (edges.length - 1))];
    }

    /** Median of the sample's, where all are calibrated alike enough that one scale is meant; else NaN. */
    private double umPerPx() {
        double[] um = images.stream().mapToDouble(image -> image.umPerPx()[0]).sorted().toArray();
        boolean square = images.stream().allMatch(image -> Math.abs(image.umPerPx()[0] / image.umPerPx()[1] - 1) < SAME);
        return square && Arrays.stream(um).noneMatch(Double::isNaN) ? um[um.length / 2] : Double.NaN;
    }

    private double median(ToIntFunction<SourceImage> edge) {
        int[] sorted = images.stream().mapToInt(edge).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private int[] size(double scale) {
        return new int[] {stepped(scale * median(SourceImage::width)), stepped(scale * median(SourceImage::height))};
    }

    private static int stepped(double length) {
        return Math.min(LARGEST, Math.max(STEP, (int) Math.ceil(length / STEP) * STEP));
    }

    private static int[] size(String text) {
        if (!text.matches("\\d{1,4}(\\s*x\\s*\\d{1,4})?")) {
            throw new UsageException("size=" + text + " is not understood: write auto, a number of px such as 320, or 320x256.");
        }
        int[] size = Arrays.stream(text.split("x")).mapToInt(word -> Integer.parseInt(word.strip())).toArray();
        int[] both = {size[0], size[size.length - 1]};
        if (Arrays.stream(both).anyMatch(edge -> edge < STEP || edge > 2048 || edge % STEP != 0)) {
            throw new UsageException("size=" + text + " does not go: both edges must be multiples of " + STEP + " px from " + STEP + " to 2048.");
        }
        return both;
    }

    private static double number(String key, String text, double least, double most) {
        try {
            double value = Double.parseDouble(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException(key + "=" + text + " is not understood: write auto, fit, or a number such as 0.5.");
    }
}
