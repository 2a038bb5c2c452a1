package io.github.lesionj.results;

import ij.VirtualStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.evaluation.detection.AuditedBox;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.image.RegionSource;
import io.github.lesionj.image.RoiMark;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Function;

/**
 * Audited images as an ImageJ stack of RGB pictures, of which only the one that is shown is in memory. A slice is as large as the largest
 * image; smaller ones lie at its upper left, px for px, and those with an edge above {@value #LONGEST} px are reduced to it.
 */
public final class AuditStack extends VirtualStack {

    static final int LONGEST = 2048;
    private static final float UNIT_PER_PX = 1 / 800f;

    private final List<AuditedItem> items;
    private final List<String> classNames;
    private final Function<AuditedItem, Thumbnail> reader;
    private int shown = -1;
    private ImageProcessor picture;

    /**
     * A stack.
     *
     * @param items  at least one, in the order of the slices
     * @param reader reads an image as a picture that is not enlarged, with no edge above {@value #LONGEST} px
     */
    public AuditStack(List<AuditedItem> items, List<String> classNames, Function<AuditedItem, Thumbnail> reader) {
        super(largest(items, true), largest(items, false));
        this.items = List.copyOf(items);
        this.classNames = List.copyOf(classNames);
        this.reader = reader;
        setBitDepth(24);
    }

    private static int largest(List<AuditedItem> items, boolean across) {
        return items.stream().mapToInt(item -> Math.max(1, (int) Math.round((across ? item.width() : item.height()) * scale(item))))
            .max().orElseThrow();
    }

    /** Px of the slice for a px of the image. */
    public static double scale(AuditedItem item) {
        return Math.min(1, (double) LONGEST / Math.max(item.width(), item.height()));
    }

    /** Reads an image as a slice shows it. */
    public static Thumbnail thumbnail(RegionSource image) {
        return Thumbnail.reduced(image, LONGEST);
    }

    @Override
    public int getSize() {
        return items.size();
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public String getSliceLabel(int slice) {
        return items.get(slice - 1).caption();
    }

    @Override
    public Object getPixels(int slice) {
        return getProcessor(slice).getPixels();
    }

    /** The picture of a slice, from 1; where its image cannot be read any more it says so. */
    @Override
    public synchronized ImageProcessor getProcessor(int slice) {
        if (slice != shown) {
            picture = paint(items.get(slice - 1));
            shown = slice;
        }
        return picture;
    }

    private ImageProcessor paint(AuditedItem item) {
        BufferedImage slice = new BufferedImage(getWidth(), getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = slice.createGraphics();
        graphics.setColor(LegendStrip.PAPER);
        graphics.fillRect(0, 0, getWidth(), getHeight());
        try {
            graphics.drawImage(reader.apply(item).picture(), 0, 0, null);
        } catch (LesionJException e) {
            graphics.setColor(LegendStrip.INK);
            Lettering.best().draw(graphics, e.getMessage(), 4, 20, LegendStrip.letters(getWidth()), false);
        }
        graphics.dispose();
        return new ColorProcessor(slice);
    }

    /** Every box of every slice, in its style and named after verdict and class, the errors on top; none of them is ever taken as input. */
    public Overlay overlay() {
        Overlay overlay = new Overlay();
        for (int slice = 1; slice <= items.size(); slice++) {
            List<AuditedBox> boxes = items.get(slice - 1).image().boxes();
            for (int i = boxes.size() - 1; i >= 0; i--) {
                overlay.add(roi(slice, boxes.get(i)));
            }
        }
        return overlay;
    }

    private Roi roi(int slice, AuditedBox audited) {
        double scale = scale(items.get(slice - 1));
        Box box = audited.box().scaled(scale, scale);
        Roi roi = new Roi(box.x0(), box.y0(), box.width(), box.height());
        AuditStyle style = AuditStyle.of(audited.verdict());
        roi.setName(audited.verdict().text() + " " + classNames.get(audited.label())
            + (Double.isNaN(audited.score()) ? "" : " " + Numbers.brief(audited.score())));
        roi.setStrokeColor(style.color());
        roi.setStroke(style.stroke(Math.max(1, Math.round(UNIT_PER_PX * Math.max(getWidth(), getHeight())))));
        roi.setPosition(items.size() == 1 ? 0 : slice);
        RoiMark.set(roi, RoiMark.AUDIT);
        return roi;
    }
}
