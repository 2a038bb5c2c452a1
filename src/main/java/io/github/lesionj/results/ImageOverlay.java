package io.github.lesionj.results;

import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import io.github.lesionj.core.CancelledException;
import io.github.lesionj.image.RoiMark;
import java.awt.Color;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;

/**
 * Our elements in an ImageJ image's overlay: heat map, legend and outlines, or boxes. The image's pixels and the user's own overlay
 * elements stay as they are. Our elements carry a {@link RoiMark} and are never taken as input.
 */
public final class ImageOverlay {

    private static final String IMAGE = "lesionj_image";
    private static final double OPACITY = 0.5;
    /** Below it the stroke is 0, which ImageJ draws one screen pixel wide at any zoom. */
    private static final int PIXELS_PER_STROKE = 400;
    private static final int HATCHES = 24;
    private static final int HATCH_COLOR = 0xa0a0a0;
    /** Above it an overlay would cost more memory than the image; the outline and the legend are still drawn. */
    private static final long MOST_PIXELS = 1L << 26;

    private ImageOverlay() {
    }

    /** Takes our elements of earlier runs out of an image's overlay. */
    public static void clear(ImagePlus image) {
        Overlay overlay = image.getOverlay();
        if (overlay == null) {
            return;
        }
        Overlay kept = copyOf(overlay);
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (RoiMark.isOurs(kept.get(i))) {
                kept.remove(i);
            }
        }
        image.setOverlay(kept.size() == 0 ? null : kept);
    }

    // The overlay's own settings go along; its elements are the same objects.
    private static Overlay copyOf(Overlay overlay) {
        Overlay copy = overlay.create();
        copy.clear();
        for (Roi element : overlay.toArray()) {
            copy.add(element);
        }
        return copy;
    }

    /**
     * Adds one item's heat map, outlines and legend; clear the image once before the first item.
     *
     * @param image   the map's coordinates are those of this image
     * @param color   of the outlines
     * @return whether the heat map itself was drawn; an image of more than 64 megapixels gets outline and legend only
     */
    public static boolean add(ImagePlus image, Classification row, HeatMap map, List<Region> regions, Color color) {
        Overlay overlay = image.getOverlay() == null ? new Overlay() : copyOf(image.getOverlay());
        Explanation.Extent extent = map.explanation().extent();
        boolean drawn = (long) extent.width() * extent.height() <= MOST_PIXELS;
        if (drawn) {
            addElement(overlay, image, row.item(), heat(map), RoiMark.HEAT_MAP);
        }
        for (Region region : regions) {
            Roi outline = Regions.toRoi(region, color);
            outline.setStrokeWidth(Math.min(extent.width(), extent.height()) / PIXELS_PER_STROKE);
            addElement(overlay, image, row.item(), outline, RoiMark.OUTLINE);
        }
        ImageLegend.elements(Legend.of(row, map, regions, color), map)
            .forEach(element -> addElement(overlay, image, row.item(), element, RoiMark.LEGEND));
        image.setOverlay(overlay);
        return drawn;
    }

    private static void addElement(Overlay overlay, ImagePlus image, ItemKey item, Roi element, String what) {
        RoiMark.set(element, what);
        if (image.getStackSize() > 1) {
            Regions.place(element, item, image.isHyperStack());
        }
        overlay.add(element);
    }

    // Black is transparent and opacity one number, for those two survive ImageJ's TIFF; transparency per pixel does not.
    private static ImageRoi heat(HeatMap map) {
        Explanation.Extent extent = map.explanation().extent();
        double maximum = map.strongest();
        BufferedImage picture = new BufferedImage(extent.width(), extent.height(), BufferedImage.TYPE_INT_RGB);
        int distance = Math.max(3, Math.min(extent.width(), extent.height()) / HATCHES);
        int thickness = Math.max(1, distance / 12);
        for (int y = 0; y < extent.height(); y++) {
            for (int x = 0; x < extent.width(); x++) {
                picture.setRGB(x, y, color(map, extent.x() + x + 0.5, extent.y() + y + 0.5, maximum, (x + y) % distance < thickness));
            }
        }
        ImageRoi roi = new ImageRoi(extent.x(), extent.y(), picture);
        roi.setZeroTransparent(true);
        roi.setOpacity(OPACITY);
        roi.setName("lesionj " + map.explanation().kind().key() + " " + map.explanation().className());
        return roi;
    }

    private static int color(HeatMap map, double x, double y, double maximum, boolean hatch) {
        if (!map.seen(x, y)) {
            return hatch ? HATCH_COLOR : 0;
        }
        double share = maximum > 0 ? map.valueAt(x, y) / maximum : 0;
        return share < HeatColors.HIDDEN_BELOW ? 0 : HeatColors.rgb(share);
    }

    /** Adds boxes that {@link DetectionRois} made for this image; clear the image once before the first item. */
    public static void addBoxes(ImagePlus image, List<Roi> boxes) {
        Overlay overlay = image.getOverlay() == null ? new Overlay() : copyOf(image.getOverlay());
        boxes.forEach(overlay::add);
        image.setOverlay(overlay);
    }

    /**
     * An overlay with boxes in place of everything of ours, which is not shown yet.
     *
     * @param overlay stays as it is; null = none
     * @param boxes   that {@link DetectionRois} made
     */
    public static Overlay withBoxes(Overlay overlay, List<Roi> boxes) {
        Overlay changed = new Overlay();
        if (overlay != null) {
            changed = overlay.create();
            changed.clear();
            Arrays.stream(overlay.toArray()).filter(element -> !RoiMark.isOurs(element)).forEach(changed::add);
        }
        boxes.forEach(changed::add);
        return changed;
    }

    /** Adds an image's ROIs to the ROI Manager; does nothing without a display, where ImageJ has none. */
    public static void addToRoiManager(ImagePlus image, List<Roi> rois) {
        if (GraphicsEnvironment.isHeadless()) {
            return;
        }
        List<Roi> listed = rois.stream().map(roi -> {
            Roi copy = (Roi) roi.clone();
            copy.setProperty(IMAGE, identity(image));
            return copy;
        }).toList();
        inEventThread(() -> addAll(RoiManager.getRoiManager(), listed));
    }

    // Not addRoi, which looks at the image and redraws it for each; -1 leaves the names as they are.
    private static void addAll(RoiManager manager, List<Roi> rois) {
        rois.forEach(roi -> manager.add(roi, -1));
        manager.repaint();
    }

    /**
     * Names ImageJ's groups after the classes of boxes, for this session: the ROI Manager and the tables of measurements show
     * them. Does nothing without a display.
     */
    public static void nameGroups(List<String> classNames) {
        if (GraphicsEnvironment.isHeadless()) {
            return;
        }
        for (int label = 0; label < Math.min(classNames.size(), DetectionRois.MOST_GROUPS); label++) {
            // ImageJ keeps them as a list with commas
            Roi.setGroupName(DetectionRois.group(label), classNames.get(label).replace(',', ' '));
        }
    }

    /** Takes what earlier runs added for an image out of the ROI Manager; the user's ROIs and other images' stay. */
    public static void clearRoiManager(ImagePlus image) {
        RoiManager manager = GraphicsEnvironment.isHeadless() ? null : RoiManager.getInstance();
        if (manager != null) {
            inEventThread(() -> clear(manager, identity(image)));
        }
    }

    // Anew with those that stay: deleting each by itself takes half a minute for 50,000.
    private static void clear(RoiManager manager, String image) {
        List<Roi> listed = List.of(manager.getRoisAsArray());
        List<Roi> kept = listed.stream().filter(roi -> !image.equals(roi.getProperty(IMAGE))).toList();
        if (kept.size() < listed.size()) {
            manager.reset();
            addAll(manager, kept);
        }
    }

    /** The list that the manager shows belongs to the thread that draws it; there is no waiting for its redrawing there. */
    private static void inEventThread(Runnable change) {
        try {
            if (EventQueue.isDispatchThread()) {
                change.run();
            } else {
                EventQueue.invokeAndWait(change);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The ROI Manager could not be changed.", e.getCause());
        }
    }

    // A number alone may come again in a later session, in which a saved ROI was loaded.
    private static String identity(ImagePlus image) {
        return image.getID() + " " + image.getTitle().replaceAll("\\s+", " ");
    }
}
