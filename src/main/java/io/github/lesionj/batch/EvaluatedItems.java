package io.github.lesionj.batch;

import io.github.lesionj.core.Floats;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.evaluation.Predictions;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.pipeline.ImageClassifier;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The items of an evaluation that were predicted, with what is true of them.
 *
 * @param card   of the model
 * @param alone  whether the scores are those of one network, before its activation; else they are probabilities
 * @param inputs in order
 * @param items  in the same order, their labels indices of the card's classes
 * @param scores in the same order
 */
record EvaluatedItems(ModelCard card, boolean alone, List<BatchInput> inputs, List<LabelledItem> items, List<double[]> scores) {

    int size() {
        return items.size();
    }

    /** What the model says of them at a temperature. */
    Predictions predictions(double temperature) {
        float[][] probabilities = new float[size()][];
        for (int i = 0; i < probabilities.length; i++) {
            double[] found = alone ? ImageClassifier.probabilities(card, scores.get(i), temperature) : scores.get(i);
            probabilities[i] = Floats.of(found);
        }
        return new Predictions(card.classNames(), card.labelKind(), probabilities, targets());
    }

    float[][] targets() {
        return items.stream().map(item -> item.target(card.classNames().size())).toArray(float[][]::new);
    }

    /** Scores before the activation. */
    float[][] logits() {
        return scores.stream().map(Floats::of).toArray(float[][]::new);
    }

    /** The group of each; empty where no item belongs to one. */
    List<String> groups() {
        return column(LabelledItem::group);
    }

    /** The site of each; empty where none is known. */
    List<String> sites() {
        return column(LabelledItem::site);
    }

    private List<String> column(Function<LabelledItem, String> column) {
        List<String> values = items.stream().map(column).toList();
        return values.stream().allMatch(String::isEmpty) ? List.of() : values;
    }

    /** Indices of the items of a site. */
    int[] of(String site) {
        return IntStream.range(0, size()).filter(i -> items.get(i).site().equals(site)).toArray();
    }
}
