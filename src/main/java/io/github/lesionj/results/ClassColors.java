package io.github.lesionj.results;

import java.awt.Color;
import java.util.List;

/**
 * One colour per class, told apart by people with any colour vision (Okabe and Ito 2008), on dark and light ground. Of more than
 * seven classes the next seven have them lighter, those after them darker, and so on, so that no two have the same.
 */
public final class ClassColors {

    private static final Color[] COLORS = {new Color(86, 180, 233), new Color(230, 159, 0), new Color(0, 158, 115),
        new Color(204, 121, 167), new Color(240, 228, 66), new Color(213, 94, 0), new Color(0, 114, 178)};

    private ClassColors() {
    }

    /** Colour of a class by its place among the class names; a name that is not there takes the first. */
    public static Color of(List<String> classNames, String className) {
        return of(Math.max(0, classNames.indexOf(className)));
    }

    /** Colour of the class at a place from 0. */
    public static Color of(int place) {
        Color color = COLORS[place % COLORS.length];
        int round = place / COLORS.length;
        int toward = round % 2 == 1 ? 255 : 0;
        // 0, 1/2, 1/2, 2/3, 2/3, 3/4 ... of the way to white or black
        double share = 1 - 1.0 / ((round + 1) / 2 + 1);
        return new Color(mixed(color.getRed(), toward, share), mixed(color.getGreen(), toward, share), mixed(color.getBlue(), toward, share));
    }

    private static int mixed(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }
}
