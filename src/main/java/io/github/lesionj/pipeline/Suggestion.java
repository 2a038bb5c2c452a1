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

    /** The decisions as text, two lines each: reasons are too long for a table of text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Decision decision : decisions) {
            text.append(decision.name()).append(" = ").append(decision.value()).append("\n    ").append(decision.reason()).append(" (")
                .append(decision.source()).append(")\n");
        }
        return text.toString();
    }

    /** The content of {@code suggestion.json}, but for the line that starts the training. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("found", found);
        map.put("decisions", decisions.stream().map(Suggestion::row).toList());
        map.put("instead", instead);
        return map;
    }

    private static Map<String, Object> row(Decision decision) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", decision.name());
        row.put("value", decision.value());
        row.put("is_key", decision.isKey());
        row.put("reason", decision.reason());
        row.put("source", decision.source());
        return row;
    }
}
