package io.github.lesionj.pipeline;

import io.github.lesionj.results.Classification;
import io.github.lesionj.results.Explanation;
import io.github.lesionj.results.Region;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a script gets for one image.
 *
 * @param classification label and probabilities
 * @param classNames     in the order of the probabilities
 * @param explanation    what the network looked at, where the model has a map
 * @param regions        outlines of it, in px of the image
 */
public record Finding(Classification classification, List<String> classNames, Optional<Explanation> explanation, List<Region> regions) {

    /** The class that the image was given; several joined by {@code ;} for multi-label models. */
    public String label() {
        return classification.label();
    }

    /** Probability of that class, 0..1. */
    public double probability() {
        return classification.probability();
    }

    /** Probability of every class, 0..1, in the card's order. */
    public Map<String, Double> probabilities() {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (int i = 0; i < classNames.size(); i++) {
            probabilities.put(classNames.get(i), classification.probabilities().get(i));
        }
        return probabilities;
    }
}
