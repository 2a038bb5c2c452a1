package io.github.lesionj.evaluation;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.LabelKind;
import java.util.Arrays;
import java.util.List;

/**
 * What a classifier said of items whose truth is known. The arrays are not copied.
 *
 * @param classNames    by index
 * @param kind          what the labels of an item may be
 * @param probabilities [item][class], 0..1; over the classes they sum to 1 unless multi-label
 * @param targets       [item][class], 1 where the class is true, else 0
 */
public record Predictions(List<String> classNames, LabelKind kind, float[][] probabilities, float[][] targets) {

    public Predictions {
        classNames = List.copyOf(classNames);
        if (probabilities.length != targets.length) {
            throw new IllegalArgumentException(probabilities.length + " predictions for " + targets.length + " truths");
        }
        for (int i = 0; i < probabilities.length; i++) {
            if (probabilities[i].length != classNames.size() || targets[i].length != classNames.size()) {
                throw new IllegalArgumentException("item " + i + " does not have " + classNames.size() + " classes");
            }
            for (float probability : probabilities[i]) {
                if (!(probability >= 0 && probability <= 1.00001f)) {
                    throw new LesionJException("The model gave " + probability + " as a probability: it is not calibrated to "
                        + "0..1, or computed a value that is no number. Check the activation in its card.");
                }
            }
        }
    }

    /** Number of items. */
    public int items() {
        return probabilities.length;
    }

    /** Number of classes. */
    public int classes() {
        return classNames.size();
    }

    /** Whether a class is true of an item. */
    public boolean isTrue(int item, int c) {
        return targets[item][c] > 0.5f;
    }

    /** Probability of a class, item by item. */
    public double[] scores(int c) {
        double[] scores = new double[items()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = probabilities[i][c];
        }
        return scores;
    }

    /** Whether a class is true, item by item. */
    public boolean[] truth(int c) {
        boolean[] truth = new boolean[items()];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = isTrue(i, c);
        }
        return truth;
    }

    /** Some of the items, in the order of their indices. */
    public Predictions only(int[] items) {
        return new Predictions(classNames, kind, Arrays.stream(items).mapToObj(i -> probabilities[i]).toArray(float[][]::new),
            Arrays.stream(items).mapToObj(i -> targets[i]).toArray(float[][]::new));
    }
}
