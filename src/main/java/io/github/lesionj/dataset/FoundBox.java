package io.github.lesionj.dataset;

import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox.Role;
import java.util.List;
import java.util.Locale;

/**
 * A box as a data set has it.
 *
 * @param box       half-open, in px of the image
 * @param className as it stands there
 * @param area      of the object in square px; NaN = that of the box
 * @param role      whether it must be found
 */
record FoundBox(Box box, String className, double area, Role role) {

    /** Equal for boxes that say the same: the same place and class. */
    Object key() {
        return List.of(box, className.strip().toLowerCase(Locale.ROOT));
    }

    /** The same of another class. */
    FoundBox of(String otherClass) {
        return new FoundBox(box, otherClass, area, role);
    }

    /** The part of it that is on the image. */
    FoundBox within(double width, double height) {
        return new FoundBox(box.within(width, height), className, area, role);
    }
}
