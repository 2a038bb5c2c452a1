package io.github.lesionj.image;

import ij.gui.Roi;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

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
    /** A box in the audit view of a detector's evaluation. */
    public static final String AUDIT = "audit";
    /** A box that a detector found. */
    public static final String DETECTION = "detection";

    /** Property of the class that a network gave a ROI; several with {@code ;}. To be read and written as {@link #text}. */
    public static final String CLASS = "lesionj_class";
    /** Property of how sure it was, 0..1. */
    public static final String PROBABILITY = "lesionj_probability";

    private static final String PROPERTY = "lesionj";
    private static final Pattern ENCODED = Pattern.compile("([^%]|%[0-9A-F]{2})*+");

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

    /** Whether a ROI shows what a network looked at, or how it was judged, and so is no object. */
    public static boolean isExplanation(Roi roi) {
        return isOurs(roi, HEAT_MAP) || isOurs(roi, OUTLINE) || isOurs(roi, LEGEND) || isOurs(roi, AUDIT);
    }

    /** Makes a ROI the user's own. */
    public static void clear(Roi roi) {
        roi.setProperty(PROPERTY, null);
    }

    /** Makes a ROI ours. */
    public static void set(Roi roi, String kind) {
        roi.setProperty(PROPERTY, kind);
    }

    /**
     * Keeps any text in a property. ImageJ reads the properties in its files as Java's {@code Properties} in Latin-1, which
     * leaves nothing of an umlaut or a backslash, so characters beyond plain ASCII are kept by their bytes: {@code Gef%C3%A4%C3%9F}.
     *
     * @param text empty or null removes it
     */
    public static void setText(Roi roi, String key, String text) {
        roi.setProperty(key, text == null ? null : encoded(text));
    }

    /** A text that {@link #setText} has kept; null where there is none. */
    public static String text(Roi roi, String key) {
        String kept = roi.getProperty(key);
        // what somebody else has written there is taken as it stands
        return kept == null || !ENCODED.matcher(kept).matches() ? kept : URLDecoder.decode(kept.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each > ' ' && each < 0x7f && "%\\".indexOf(each) < 0;
            boolean blankWithin = each == ' ' && encoded.length() > 0;
            encoded.append(plain || blankWithin ? Character.toString(each) : String.format("%%%02X", each));
        }
        return encoded.toString();
    }
}
