package io.github.lesionj.dataset;

import ij.gui.Roi;
import io.github.lesionj.image.RoiMark;
import java.util.Locale;

/** What a classification has written on a user's ROI, as far as its user has not changed it since. */
public final class GivenLabel {

    /** Property of the group that the ROI was put into. */
    public static final String GROUP = "lesionj_group";

    private GivenLabel() {
    }

    /**
     * The name of a ROI with this label.
     *
     * @param label       several classes with {@code ;}
     * @param probability NaN = it has none of the classes
     */
    public static String name(String label, double probability) {
        return Double.isNaN(probability) ? LabelTable.NONE : String.format(Locale.ROOT, "%s %.2f", label, probability);
    }

    /** Whether a run has labelled a ROI, and its user has not renamed it since. */
    public static boolean isOn(Roi roi) {
        String probability = roi.getProperty(RoiMark.PROBABILITY);
        return probability != null && name(label(roi), Double.parseDouble(probability)).equals(roi.getName());
    }

    /** The class that a run has given a ROI, several with {@code ;}; empty where none has or its user has renamed it since. */
    public static String of(Roi roi) {
        return isOn(roi) ? label(roi) : "";
    }

    /** Whether a run has given a ROI none of its classes, and its user has not renamed it since. */
    public static boolean isNone(Roi roi) {
        return isOn(roi) && label(roi).isEmpty();
    }

    /** Whether its user has put a ROI into another group than a run had. */
    public static boolean isRegrouped(Roi roi) {
        String group = roi.getProperty(GROUP);
        return isOn(roi) && group != null && Integer.parseInt(group) != roi.getGroup();
    }

    // ImageJ keeps no empty property.
    private static String label(Roi roi) {
        String label = RoiMark.text(roi, RoiMark.CLASS);
        return label == null ? "" : label;
    }
}
