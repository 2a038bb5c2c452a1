package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Which class is the finding that sensitivity speaks of. */
public final class PositiveClass {

    private static final Set<String> WITHOUT_FINDING = Set.of("normal", "none", "negative", "benign", "0");

    private PositiveClass() {
    }

    /**
     * Index of the positive class.
     *
     * @param classNames by index
     * @param asked      its name without regard to case, or empty: the only one not called normal, none, negative, benign or 0
     * @return empty where none was asked for and the names do not tell
     * @throws UsageException when there is no class of the name that was asked for
     */
    public static Optional<Integer> find(List<String> classNames, String asked) {
        if (!asked.isBlank()) {
            return Optional.of(IntStream.range(0, classNames.size()).filter(c -> classNames.get(c).equalsIgnoreCase(asked.strip()))
                .boxed().findFirst().orElseThrow(() -> new UsageException("positive=" + asked + " is none of the classes "
                    + String.join(", ", classNames) + ".")));
        }
        List<Integer> findings = IntStream.range(0, classNames.size())
            .filter(c -> !WITHOUT_FINDING.contains(classNames.get(c).toLowerCase(Locale.ROOT))).boxed().toList();
        return findings.size() == 1 && classNames.size() > 1 ? Optional.of(findings.get(0)) : Optional.empty();
    }
}
