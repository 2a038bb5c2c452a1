package io.github.lesionj.evaluation;

import io.github.lesionj.core.LabelKind;
import java.util.ArrayList;
import java.util.List;

/** Says in sentences which values do not exist, and why. */
final class MetricNotes {

    private MetricNotes() {
    }

    static List<String> of(Predictions predictions, List<ClassMetrics> classes, ClassMetrics positive) {
        List<String> notes = new ArrayList<>();
        if (predictions.items() == 0) {
            return List.of("There is no item: no value exists.");
        }
        for (ClassMetrics metrics : classes) {
            addClass(notes, metrics, predictions.items());
        }
        if (positive == null) {
            notes.add("No class is named as the positive one: sensitivity and specificity are not defined.");
        }
        if (predictions.kind() != LabelKind.BINARY || positive == null) {
            notes.add("The AUC is the mean over the classes, each against the others; DeLong's interval is given for each class.");
        }
        if (predictions.kind() == LabelKind.MULTI_LABEL) {
            notes.add("Several labels may be true at once: there is no confusion matrix; accuracy counts decisions, one per "
                + "item and class.");
        }
        return List.copyOf(notes);
    }

    private static void addClass(List<String> notes, ClassMetrics metrics, int items) {
        if (metrics.support() == 0) {
            notes.add("No item is of the class " + metrics.name()
                + ": its recall, F1, AUC and average precision do not exist, nor do means over all classes.");
        } else if (metrics.support() == items) {
            notes.add("Every item is of the class " + metrics.name() + ": its AUC and specificity do not exist.");
        } else if (metrics.truePositives() + metrics.falsePositives() == 0) {
            notes.add("The class " + metrics.name() + " was never predicted: its precision is counted as 0.");
        } else if (metrics.support() == 1 || metrics.support() == items - 1) {
            notes.add("The AUC of the class " + metrics.name() + " has no interval: one item only is, or is not, of it.");
        }
    }
}
