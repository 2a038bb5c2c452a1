package io.github.lesionj.pipeline;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.geometry.Tiling;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.image.NetworkInput;
import io.github.lesionj.image.Placement;
import io.github.lesionj.image.Preprocessor;
import io.github.lesionj.image.RegionSource;
import io.github.lesionj.image.ResizeRule;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.image.WholeImageIntensity;
import io.github.lesionj.modelpackage.DetectionRule;
import io.github.lesionj.modelpackage.ModelCard;
import java.awt.Rectangle;
import java.util.List;
import java.util.Locale;

/**
 * How a detector looks at an image: at which scale, and in which tiles. Its tiles are rectangles of the image that become the
 * network's input by one resampling; where an image is smaller than a tile, the rest of the input is 0.
 *
 * <p>Not thread-safe: its source is read by one thread.
 */
final class DetectionView {

    /** Of the largest object that is to be seen whole in a tile: neighbours see what surrounds it as well. */
    private static final double MARGIN = 1.5;
    /** Of the tile's edge, px of the input, where the size of objects is not known. */
    private static final int OVERLAP = 64;

    private final RegionSource image;
    private final InputRule rule;
    private final boolean whole;
    private final Tiling tiling;

    private DetectionView(RegionSource image, InputRule rule, boolean whole, Tiling tiling) {
        this.image = image;
        this.rule = rule;
        this.whole = whole;
        this.tiling = tiling;
    }

    /**
     * The view of an image.
     *
     * @param umPerPx of the image, which overrides its own calibration; NaN = its own
     * @param area    to search, px; null = all of it
     * @throws UsageException when the model needs a calibration that the image lacks
     */
    static DetectionView of(ModelCard card, RegionSource image, double umPerPx, Rectangle area) {
        InputRule input = card.input();
        DetectionRule detection = card.detection();
        Rectangle searched = area == null ? new Rectangle(image.width(), image.height()) : area;
        if (detection.fitsWhole()) {
            return new DetectionView(image, input, true, Tiling.of(image.width(), image.height(), searched.width, searched.height, 0).within(searched));
        }
        double[] scale = scale(card, image, umPerPx);
        int width = Math.max(1, (int) Math.round(input.width() / scale[0]));
        int height = Math.max(1, (int) Math.round(input.height() / scale[1]));
        Tiling tiling = Tiling.of(image.width(), image.height(), width, height, overlap(input, detection, Math.min(scale[0], scale[1]), Math.min(width, height)));
        tiling = area == null ? tiling : tiling.within(area);
        InputRule stretched = new InputRule(input.width(), input.height(), input.channels(), input.channel(), input.intensity(), ResizeRule.STRETCH);
        boolean one = tiling.size() == 1 && area == null;
        return new DetectionView(image, one ? stretched : WholeImageIntensity.of(image, stretched), false, tiling);
    }

    private static int overlap(InputRule input, DetectionRule detection, double scale, int shortest) {
        double objects = Double.isNaN(detection.largest()) ? OVERLAP : MARGIN * detection.largest();
        double most = Math.min(input.width(), input.height()) / 2.0;
        return Math.min(shortest - 1, (int) Math.ceil(Math.min(objects, most) / scale));
    }

    /** Px of the network's input for a px of the image, across and down. */
    private static double[] scale(ModelCard card, RegionSource image, double umPerPx) {
        DetectionRule rule = card.detection();
        double[] um = Double.isNaN(umPerPx) ? image.umPerPx() : new double[] {umPerPx, umPerPx};
        if (Double.isNaN(rule.umPerPx())) {
            if (!Double.isNaN(umPerPx)) {
                throw new UsageException(String.format(Locale.ROOT, "um_per_px=%s cannot be followed: the model %s learned from images without a calibration,"
                    + " so it has no size in micrometres. Leave um_per_px off.", umPerPx, card.name()));
            }
            return rule.scales(um);
        }
        if (Double.isNaN(um[0]) || Double.isNaN(um[1])) {
            throw new UsageException(String.format(Locale.ROOT, "The image has no calibration, and the model %s looks for objects at %s um a pixel:"
                + " say how large a pixel is with um_per_px=, or set the scale of the image.", card.name(), rule.umPerPx()));
        }
        return rule.scales(um);
    }

    Tiling tiling() {
        return tiling;
    }

    /** What the network sees of a tile, height * width * channels values. */
    NetworkInput input(Tiling.Tile tile) {
        Rectangle part = tile.part();
        Rectangle within = part.intersection(new Rectangle(image.width(), image.height()));
        SourceImage pixels = image.region(within.x, within.y, within.width, within.height);
        if (whole || within.equals(part)) {
            NetworkInput seen = Preprocessor.apply(pixels, rule);
            Placement at = seen.placement();
            return new NetworkInput(seen.values(), new Placement(at.x0() + within.x, at.y0() + within.y, at.width(), at.height()));
        }
        return padded(pixels, part, within);
    }

    /** The part that there is, at the tile's scale and place, and 0 around it. */
    private NetworkInput padded(SourceImage pixels, Rectangle part, Rectangle within) {
        int left = scaled(within.x - part.x, part.width, rule.width(), rule.width() - 1);
        int top = scaled(within.y - part.y, part.height, rule.height(), rule.height() - 1);
        int across = Math.max(1, scaled(within.x + within.width - part.x, part.width, rule.width(), rule.width()) - left);
        int down = Math.max(1, scaled(within.y + within.height - part.y, part.height, rule.height(), rule.height()) - top);
        InputRule small = new InputRule(across, down, rule.channels(), rule.channel(), rule.intensity(), ResizeRule.STRETCH);
        float[] values = Preprocessor.apply(pixels, small).values();
        float[] all = new float[rule.width() * rule.height() * rule.channels()];
        for (int row = 0; row < down; row++) {
            System.arraycopy(values, row * across * rule.channels(), all, ((top + row) * rule.width() + left) * rule.channels(), across * rule.channels());
        }
        double pixelWidth = (double) within.width / across;
        double pixelHeight = (double) within.height / down;
        return new NetworkInput(all, new Placement(within.x - left * pixelWidth, within.y - top * pixelHeight, rule.width() * pixelWidth,
            rule.height() * pixelHeight));
    }

    private static int scaled(int length, int from, int to, int most) {
        return Math.min(most, (int) Math.round((double) length * to / from));
    }

    /** Boxes in px of the input as boxes in px of the image. */
    List<ScoredBox> onImage(Placement placement, List<ScoredBox> found) {
        double x = placement.width() / rule.width();
        double y = placement.height() / rule.height();
        return found.stream().map(each -> {
            Box box = each.box();
            return new ScoredBox(new Box(placement.x0() + box.x0() * x, placement.y0() + box.y0() * y, placement.x0() + box.x1() * x,
                placement.y0() + box.y1() * y), each.label(), each.score());
        }).toList();
    }
}
