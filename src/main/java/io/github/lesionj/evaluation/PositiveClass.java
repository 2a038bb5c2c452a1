package io.github.lesionj.evaluation;

import io.github.lesionj.core.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which of two classes sensitivity speaks of; the only place that knows. */
public final class PositiveClass {

    private static final Set<String> NEGATIVE = Set.of("normal", "none", "negative", "benign", "0");

    private PositiveClass() {
    }

    /**
     * The positive class of a set of classes.
     *
     * @param classNames in order
     * @param stated     what the user stated with {@code positive}, or blank
     * @return the stated class; else the only one that is not called normal, none, negative, benign or 0; empty where
     *         there are more than two classes and none was stated
     * @throws UsageException where the stated class does not exist, or one of two must be stated
     */
    public static Optional<String> of(List<String> classNames, String stated) {
        if (stated != null && !stated.isBlank()) {
            return Optional.of(classNames.stream().filter(name -> name.equalsIgnoreCase(stated.strip())).findFirst()
                .orElseThrow(() -> new UsageException("positive=" + stated + " is none of the classes "
                    + String.join(", ", classNames) + ".")));
        }
        List<String> candidates = classNames.stream().filter(name -> !NEGATIVE.contains(name.toLowerCase(Locale.ROOT))).toList();
        if (candidates.size() == 1) {
            return Optional.of(candidates.get(0));
        }
        if (classNames.size() == 2) {
            throw new UsageException("Which of " + String.join(" and ", classNames)
                + " is the finding cannot be told from the names; say it with positive=" + classNames.get(1) + ".");
        }
        return Optional.empty();
    }
}
