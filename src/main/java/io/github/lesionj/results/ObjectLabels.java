package io.github.lesionj.results;

import ij.gui.Roi;
import io.github.lesionj.dataset.GivenLabel;
import io.github.lesionj.image.RoiMark;
import java.awt.Color;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a classification leaves on the user's ROI: its name becomes {@code CLASS p} ({@code CLASS;CLASS p} where it has several,
 * {@code none} where it has none), its group the place of the class from
 * 1, its line the class's colour. The name it had before is kept in a property, so that classifying it again speaks of the
 * same object; a ROI that its user has renamed since is taken by its new name.
 */
public final class ObjectLabels {

    private static final Color NO_CLASS = Color.LIGHT_GRAY;
    /** ImageJ has no more groups. */
    private static final int MOST_GROUPS = 255;
    private static final String BEFORE = "lesionj_name";

    private ObjectLabels() {
    }

    /** Names, groups and colours a ROI. */
    public static void apply(Roi roi, Classification row, List<String> classNames) {
        String before = nameBefore(roi);
        RoiMark.setText(roi, BEFORE, before);
        RoiMark.setText(roi, RoiMark.CLASS, row.label());
        roi.setProperty(RoiMark.PROBABILITY, Double.toString(row.probability()));
        roi.setName(GivenLabel.name(row.label(), row.probability()));
        String first = row.labels().isEmpty() ? "" : row.labels().get(0);
        Color color = row.labels().isEmpty() ? NO_CLASS : ClassColors.of(classNames, first);
        // The group first: with it ImageJ chooses a colour of its own.
        roi.setGroup(Math.min(MOST_GROUPS, classNames.indexOf(first) + 1));
        roi.setProperty(GivenLabel.GROUP, Integer.toString(roi.getGroup()));
        roi.setStrokeColor(color);
        fill(roi, color);
    }

    private static void fill(Roi roi, Color color) {
        if (roi.getFillColor() != null) {
            roi.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), roi.getFillColor().getAlpha()));
        }
    }

    /**
     * Takes back what an earlier run left on a ROI that this one could not classify; what its user changed since stays. The
     * colours from before are not known: the line gets ImageJ's own, a filling the one of no class.
     */
    public static void forget(Roi roi) {
        if (!GivenLabel.isOn(roi)) {
            return;
        }
        String before = nameBefore(roi);
        if (!GivenLabel.isRegrouped(roi)) {
            roi.setGroup(0);
            roi.setStrokeColor(null);
        }
        fill(roi, NO_CLASS);
        roi.setName(before.isEmpty() ? null : before);
        for (String key : List.of(BEFORE, RoiMark.CLASS, RoiMark.PROBABILITY, GivenLabel.GROUP)) {
            roi.setProperty(key, null);
        }
    }

    /** The name without what an earlier run made of it; empty where it had none. */
    private static String nameBefore(Roi roi) {
        String name = GivenLabel.isOn(roi) ? RoiMark.text(roi, BEFORE) : roi.getName();
        return name == null ? "" : name.strip();
    }

    /** A name for each ROI, by which tables tell it from the others: its own, else {@code roi-3} by its place from 1. */
    public static List<String> uniqueNames(List<Roi> rois) {
        Map<String, Integer> taken = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < rois.size(); i++) {
            String before = nameBefore(rois.get(i));
            String base = before.isEmpty() ? "roi-" + (i + 1) : before;
            String name = base;
            while (taken.containsKey(name)) {
                name = base + "-" + taken.merge(base, 1, Integer::sum);
            }
            taken.put(name, 1);
            names.add(name);
        }
        return names;
    }
}
