package io.github.lesionj.commands;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.evaluation.GroupPredictions;
import java.util.Locale;
import java.util.Optional;

/** Reads keys of {@code Evaluate Model...}. */
final class EvaluationKeys {

    private EvaluationKeys() {
    }

    /** How the images of a group become one; empty = they do not. */
    static Optional<GroupPredictions.How> aggregation(String aggregate) {
        return aggregate.equals("none") ? Optional.empty()
            : Optional.of(GroupPredictions.How.valueOf(aggregate.toUpperCase(Locale.ROOT)));
    }

    /** A number 0..1; NaN for an empty text. */
    static double share(String key, String text) {
        if (text.isBlank()) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(text.strip());
            if (value >= 0 && value <= 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new UsageException(key + "=" + text + " is not a number; write it with a dot, such as 0.5.", e);
        }
        throw new UsageException(key + "=" + text + " must lie between 0 and 1.");
    }
}
