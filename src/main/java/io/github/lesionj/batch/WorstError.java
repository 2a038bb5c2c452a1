package io.github.lesionj.batch;

import io.github.lesionj.core.Csv;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.evaluation.DecisionRule;
import io.github.lesionj.evaluation.ItemLoss;
import io.github.lesionj.evaluation.Predictions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An item whose label is wrong.
 *
 * @param input              opens it
 * @param truth              its true labels, several joined by {@code ;}
 * @param label              what it was given, likewise
 * @param probabilityOfTruth see {@link ItemLoss#probabilityOfTruth}
 * @param loss               see {@link ItemLoss#of}
 */
public record WorstError(BatchInput input, String truth, String label, double probabilityOfTruth, double loss) {

    /** Columns of {@code worst.csv}. */
    public static final List<String> HEADER = List.of("item", "truth", "label", "probability_of_truth", "loss");

    /** The wrong items, the worst first; of equal losses in the order of the set. */
    static List<WorstError> of(EvaluatedItems items, Predictions predictions, DecisionRule rule) {
        List<WorstError> errors = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            int[] said = rule.labels(predictions.probabilities()[i]);
            int[] truth = items.items().get(i).labels().stream().mapToInt(Integer::intValue).sorted().toArray();
            if (!Arrays.equals(said, truth)) {
                errors.add(new WorstError(items.inputs().get(i), names(truth, predictions), names(said, predictions),
                    ItemLoss.probabilityOfTruth(predictions, i), ItemLoss.of(predictions, i)));
            }
        }
        errors.sort(Comparator.comparingDouble(WorstError::loss).reversed());
        return List.copyOf(errors);
    }

    private static String names(int[] classes, Predictions predictions) {
        return Arrays.stream(classes).mapToObj(predictions.classNames()::get).collect(Collectors.joining(";"));
    }

    /** The fields of its row. */
    public List<String> fields() {
        return List.of(input.path(), truth, label, Csv.number(probabilityOfTruth), Csv.number(loss));
    }

    static void write(Path file, List<WorstError> errors) {
        StringBuilder text = new StringBuilder(Csv.line(HEADER));
        errors.forEach(error -> text.append(Csv.line(error.fields())));
        WholeFile.write(file, text.toString());
    }
}
