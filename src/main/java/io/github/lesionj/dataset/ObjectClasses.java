package io.github.lesionj.dataset;

import ij.gui.Roi;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which class a ROI is of, by its name or group.
 *
 * <p>A ROI that {@code Classify Image...} has named is of the class it was given, or, where its user has put it into another
 * group since, of that group's. With class names a ROI is of the class that
 * its name is or begins with ({@code WBC}, {@code WBC-3}, {@code wbc 0.97}), else of the one at the place of its group.
 * Without them its name is the class, less a number that ImageJ or a classification has put behind it ({@code WBC-3},
 * {@code WBC 0.97}); a name of digits only, as the ROI Manager gives it, is none, and then its group's name is.
 *
 * <p>{@code A;B} is of both, and {@code none} says that it is of none of the classes, which is more than that nothing is known.
 *
 * @param classNames in the order of the groups from 1; empty = none given
 */
public record ObjectClasses(List<String> classNames) {

    private static final Pattern COPY = Pattern.compile("(-\\d+| [01]\\.\\d+)$");
    private static final Pattern NUMBERS = Pattern.compile("[\\d\\s.:_-]*");

    /** The class, several with {@code ;}, {@link LabelTable#NONE}, or empty where nothing says it. */
    public String of(Roi roi) {
        if (GivenLabel.isRegrouped(roi)) {
            return byGroup(roi);
        }
        if (GivenLabel.isNone(roi)) {
            return LabelTable.NONE;
        }
        String given = GivenLabel.of(roi);
        if (!given.isEmpty()) {
            return classNames.isEmpty() ? given : among(given);
        }
        String byName = byName(roi.getName() == null ? "" : roi.getName().strip());
        return byName.isEmpty() ? byGroup(roi) : byName;
    }

    private String byName(String name) {
        String bare = COPY.matcher(name).replaceFirst("").strip();
        if (!classNames.isEmpty()) {
            String found = among(name);
            return found.isEmpty() && bare.equalsIgnoreCase(LabelTable.NONE) ? LabelTable.NONE : found;
        }
        return NUMBERS.matcher(bare).matches() ? "" : parts(bare).collect(Collectors.joining(";"));
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

    /** The classes of a name that may have several, in the order of the class names; empty where one of them is not among those. */
    private String among(String name) {
        Set<String> found = parts(name).map(this::longest).collect(Collectors.toSet());
        return found.contains("") ? "" : classNames.stream().filter(found::contains).collect(Collectors.joining(";"));
    }

    private static Stream<String> parts(String name) {
        return Arrays.stream(name.split(";")).map(String::strip).filter(part -> !part.isEmpty()).distinct();
    }

    /** The longest class that the name is or begins with, so that {@code grade 10} is not {@code grade 1}. */
    private String longest(String name) {
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
