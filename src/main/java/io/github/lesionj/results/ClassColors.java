package io.github.lesionj.results;

import java.awt.Color;
import java.util.List;

/** One colour per class, told apart by people with any colour vision (Okabe and Ito 2008), on dark and light ground. */
public final class ClassColors {

    private static final Color[] COLORS = {new Color(86, 180, 233), new Color(230, 159, 0), new Color(0, 158, 115),
        new Color(204, 121, 167), new Color(240, 228, 66), new Color(213, 94, 0), new Color(0, 114, 178)};

    private ClassColors() {
    }

    /** Colour of a class by its place among the class names; a name that is not there takes the first. */
    public static Color of(List<String> classNames, String className) {
        return COLORS[Math.max(0, classNames.indexOf(className)) % COLORS.length];
    }
}
