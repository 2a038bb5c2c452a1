package io.github.lesionj.image;

import ij.gui.Roi;

/**
 * The properties by which a ROI or overlay element of ours is known; ImageJ keeps them in the files of ROIs and in TIFF.
 */
public final class RoiMark {

    /** A map of what a network looked at, as a picture. */
    public static final String HEAT_MAP = "heat map";
    /** The outline of a region in a heat map. */
    public static final String OUTLINE = "outline";
    /** What explains colours. */
    public static final String LEGEND = "legend";

    /** Property of the class that a network gave a ROI; several with {@code ;}. */
    public static final String CLASS = "lesionj_class";
    /** Property of how sure it was, 0..1. */
    public static final String PROBABILITY = "lesionj_probability";

    private static final String PROPERTY = "lesionj";

    private RoiMark() {
    }

    /** Whether a ROI is ours, of whatever kind. */
    public static boolean isOurs(Roi roi) {
        return roi.getProperty(PROPERTY) != null;
    }

    /** Whether a ROI is ours and of a kind. */
    public static boolean isOurs(Roi roi, String kind) {
        return kind.equals(roi.getProperty(PROPERTY));
    }

    /** Whether a ROI shows what a network looked at, and so is no object. */
    public static boolean isExplanation(Roi roi) {
        return isOurs(roi, HEAT_MAP) || isOurs(roi, OUTLINE) || isOurs(roi, LEGEND);
    }

    /** Makes a ROI ours. */
    public static void set(Roi roi, String kind) {
        roi.setProperty(PROPERTY, kind);
    }
}
