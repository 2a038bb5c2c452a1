package io.github.lesionj.training;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.Floats;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Softmax;
import io.github.lesionj.evaluation.RocAuc;
import io.github.lesionj.runtime.TrainingListener.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures a classifier: its AUC (binary: of the second class; otherwise macro, one versus rest; NaN where it does not exist), and
 * the accuracy of the largest logit, for multi-label of each class at probability 0.5, mean.
 */
final class ClassificationJudge implements Judge {

    private final LabelKind kind;
    private final List<float[]> scores = new ArrayList<>();
    private final List<float[]> targets = new ArrayList<>();

    ClassificationJudge(LabelKind kind) {
        this.kind = kind;
    }

    /** Takes the logits, [item, class]. */
    @Override
    public void add(Batch batch, List<FloatTensor> outputs) {
        FloatTensor logits = outputs.get(0);
        FloatTensor truth = new FloatTensor(batch.targets(), logits.shape());
        for (int i = 0; i < batch.items().length; i++) {
            scores.add(logits.item(i).values());
            targets.add(truth.item(i).values());
        }
    }

    /** Items. */
    @Override
    public int size() {
        return scores.size();
    }

    @Override
    public List<Figure> figures() {
        float[][] logits = scores.toArray(float[][]::new);
        float[][] truth = targets.toArray(float[][]::new);
        return List.of(new Figure("auc", "AUC", auc(kind, logits, truth)), new Figure("accuracy", "accuracy", accuracy(kind, logits, truth)));
    }

    static double auc(LabelKind kind, float[][] logits, float[][] targets) {
        if (kind == LabelKind.BINARY) {
            // the difference of the two logits ranks items as the softmax does, without its rounding near 0 and 1
            float[][] difference = Arrays.stream(logits).map(row -> new float[] {0, row[1] - row[0]}).toArray(float[][]::new);
            return RocAuc.ofClass(difference, targets, 1);
        }
        if (kind == LabelKind.MULTI_CLASS) {
            return RocAuc.macro(Arrays.stream(logits).map(row -> Floats.of(Softmax.of(Floats.widened(row)))).toArray(float[][]::new), targets);
        }
        return RocAuc.macro(logits, targets);
    }

    static double accuracy(LabelKind kind, float[][] logits, float[][] targets) {
        long right = 0;
        long judged = 0;
        for (int i = 0; i < logits.length; i++) {
            if (kind == LabelKind.MULTI_LABEL) {
                for (int k = 0; k < logits[i].length; k++, judged++) {
                    right += logits[i][k] >= 0 == targets[i][k] > 0.5f ? 1 : 0;
                }
            } else {
                right += argmax(logits[i]) == argmax(targets[i]) ? 1 : 0;
                judged++;
            }
        }
        return (double) right / judged;
    }

    private static int argmax(float[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            if (values[k] > values[best]) {
                best = k;
            }
        }
        return best;
    }
}
