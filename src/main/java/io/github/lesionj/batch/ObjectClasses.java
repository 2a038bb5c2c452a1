package io.github.lesionj.batch;

import ij.gui.Roi;
import io.github.lesionj.results.ObjectLabels;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which class a ROI is of, by its name or group.
 *
 * <p>A ROI that {@code Classify Image...} has named is of the class it was given, or, where its user has put it into another
 * group since, of that group's. With class names a ROI is of the class that
 * its name is or begins with ({@code WBC}, {@code WBC-3}, {@code wbc 0.97}), else of the one at the place of its group.
 * Without them its name is the class, less a number that ImageJ or a classification has put behind it ({@code WBC-3},
 * {@code WBC 0.97}); a name of digits only, as the ROI Manager gives it, is none, and then its group's name is.
 *
 * @param classNames in the order of the groups from 1; empty = none given
 */
record ObjectClasses(List<String> classNames) {

    private static final Pattern COPY = Pattern.compile("(-\\d+| [01]\\.\\d+)$");
    private static final Pattern NUMBERS = Pattern.compile("[\\d\\s.:_-]*");

    /** The class, or empty where there is none. */
    String of(Roi roi) {
        String given = ObjectLabels.givenClass(roi);
        if (!given.isEmpty()) {
            return ObjectLabels.isRegrouped(roi) ? byGroup(roi) : classNames.isEmpty() ? given : among(given);
        }
        String byName = byName(roi.getName() == null ? "" : roi.getName().strip());
        return byName.isEmpty() ? byGroup(roi) : byName;
    }

    private String byName(String name) {
        if (!classNames.isEmpty()) {
            return among(name);
        }
        String bare = COPY.matcher(name).replaceFirst("").strip();
        return NUMBERS.matcher(bare).matches() ? "" : bare;
    }

    private String byGroup(Roi roi) {
        int group = roi.getGroup();
        if (classNames.isEmpty()) {
            return group < 1 ? "" : groupName(group);
        }
        return group < 1 || group > classNames.size() ? "" : classNames.get(group - 1);
    }

    private static String groupName(int group) {
        String name = Roi.getGroupName(group);
        return name == null || name.isBlank() ? "group-" + group : name.strip();
    }

    /** The longest class that the name is or begins with, so that {@code grade 10} is not {@code grade 1}. */
    private String among(String name) {
        String best = "";
        for (String className : classNames) {
            if (className.length() > best.length() && begins(name.toLowerCase(Locale.ROOT), className.toLowerCase(Locale.ROOT))) {
                best = className;
            }
        }
        return best;
    }

    private static boolean begins(String name, String className) {
        return name.startsWith(className)
            && (name.length() == className.length() || !Character.isLetterOrDigit(name.charAt(className.length())));
    }
}
