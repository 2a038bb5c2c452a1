package io.github.lesionj.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code Suggest Model...} proposes.
 *
 * @param found     what was found in the data, a fact each
 * @param decisions of a training; empty where none is proposed
 * @param instead   what to use instead, a sentence each; empty where a training is proposed
 */
public record Suggestion(Map<String, String> found, List<Decision> decisions, List<String> instead) {

    /** The keys of {@code Train Classifier...} with their values, without data and output. */
    public Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        decisions.stream().filter(Decision::isKey).forEach(decision -> keys.put(decision.name(), decision.value()));
        return keys;
    }
}
