package io.github.lesionj.results;

import ij.gui.Roi;
import io.github.lesionj.dataset.GivenLabel;
import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.image.RoiMark;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Boxes as rectangular ROIs: named {@code CLASS 0.93}, in the group of the class's place from 1 and its colour, with class and exact
 * score as properties, as {@code Classify Image...} leaves them on ROIs, so that they can be taken for training again.
 *
 * <p>Edges that lie within pixels stay there. ImageJ's files hold them as numbers of single precision (0.001 px at 10,000 px); what
 * it measures in such a rectangle is the whole pixels of {@link Roi#getBounds}. ROIs of a group that it opens from a file it shows in
 * the colour that it has for the group.
 */
public final class DetectionRois {

    /** ImageJ has no more groups. */
    static final int MOST_GROUPS = 255;

    private DetectionRois() {
    }

    /**
     * One ROI for each box, in their order, on the plane of the item.
     *
     * @param hyperstack whether the item's image is one; the only axis of a plain stack is its slices
     */
    public static List<Roi> of(Detections found, boolean hyperstack) {
        return of(found, label -> pattern(found, label, hyperstack));
    }

    /** The same to look at for a moment: in no group, for which ImageJ opens a file and may have something to say each time. */
    public static List<Roi> passing(Detections found, boolean hyperstack) {
        return of(found, label -> outline(found, label, hyperstack));
    }

    private static List<Roi> of(Detections found, IntFunction<Roi> pattern) {
        Roi[] ofClass = new Roi[found.classNames().size()];
        Arrays.setAll(ofClass, pattern);
        List<Roi> rois = new ArrayList<>(found.boxes().size());
        for (ScoredBox each : found.boxes()) {
            Roi roi = (Roi) ofClass[each.label()].clone();
            Box box = each.box();
            roi.setBounds(new Rectangle2D.Double(box.x0(), box.y0(), Detections.length(box.x0(), box.x1()),
                Detections.length(box.y0(), box.y1())));
            mark(roi, found.className(each), each.score());
            rois.add(roi);
        }
        return rois;
    }

    private static void mark(Roi roi, String className, double score) {
        roi.setName(GivenLabel.name(className, score));
        RoiMark.set(roi, RoiMark.DETECTION);
        RoiMark.setText(roi, RoiMark.CLASS, className);
        roi.setProperty(RoiMark.PROBABILITY, Numbers.exact(score));
        roi.setProperty(GivenLabel.GROUP, Integer.toString(roi.getGroup()));
    }

    // With a group ImageJ looks a colour up in a file, for each ROI anew: so there is one of each class, and copies. It has no
    // properties yet, for copies share them.
    private static Roi pattern(Detections found, int label, boolean hyperstack) {
        Roi roi = outline(found, label, hyperstack);
        roi.setGroup(group(label));
        roi.setStrokeColor(ClassColors.of(label));
        return roi;
    }

    private static Roi outline(Detections found, int label, boolean hyperstack) {
        Roi roi = new Roi(0.0, 0.0, 1.0, 1.0);
        roi.setStrokeColor(ClassColors.of(label));
        Regions.place(roi, found.item(), hyperstack);
        return roi;
    }

    /** The group of a class; those beyond ImageJ's last share it. */
    static int group(int label) {
        return Math.min(MOST_GROUPS, label + 1);
    }
}
