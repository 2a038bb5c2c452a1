package io.github.lesionj.results;

import java.util.List;

/**
 * One classified item: a row of {@code results.csv}.
 *
 * @param item          which
 * @param labels        the classes it was given, in the card's order; one, or any number for multi-label models
 * @param probability   of the label; of several labels the highest; NaN where no label was given
 * @param probabilities one per class, in the card's order, each in 0..1
 * @param confident     whether the model is sure enough, or null where its card never abstains
 * @param truth         the true labels, or null where not known
 */
public record Classification(ItemKey item, List<String> labels, double probability, List<Double> probabilities,
        Boolean confident, List<String> truth) {

    public Classification {
        labels = List.copyOf(labels);
        probabilities = List.copyOf(probabilities);
        truth = truth == null ? null : List.copyOf(truth);
    }

    /** The labels as one text, several joined by {@code ;}. */
    public String label() {
        return String.join(";", labels);
    }
}
