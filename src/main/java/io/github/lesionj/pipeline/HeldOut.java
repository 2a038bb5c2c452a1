package io.github.lesionj.pipeline;

import io.github.lesionj.core.Csv;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.TrainingItems;
import io.github.lesionj.evaluation.ClassificationMetrics;
import io.github.lesionj.evaluation.Predictions;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.results.Classification;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.LabelRule;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.runtime.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Judges held-out items by a finished package, from pixels that are in memory already. Figures are worked out from the
 * probabilities as {@code results.csv} shows them, six decimals: so a cross-validation that was killed and went on, and anybody
 * who reads the table, come to the same figures.
 */
final class HeldOut {

    private static final int BATCH = 32;

    private HeldOut() {
    }

    /**
     * Adds a row for each item that the earlier run has none for, and takes that run's rows for the others.
     *
     * @param taken whether earlier rows are of this package and may be taken
     * @return rows in the order of the items
     */
    static List<Classification> judge(ModelPackage model, TrainingItems items, boolean taken, Backend backend, String device,
            ResultRun run, Progress progress) {
        Classification[] rows = new Classification[items.size()];
        List<Integer> open = new ArrayList<>();
        run.ledger().plan(items.size());
        for (int i = 0; i < rows.length; i++) {
            ItemKey key = ItemKey.of(items.name(i));
            if (taken && run.earlier(key).isPresent()) {
                rows[i] = run.earlier(key).get();
                run.reuse(key);
            } else {
                open.add(i);
            }
        }
        if (!open.isEmpty()) {
            predict(model, items, open, backend, device, run, progress, rows);
        }
        return List.of(rows);
    }

    private static void predict(ModelPackage model, TrainingItems items, List<Integer> open, Backend backend, String device,
            ResultRun run, Progress progress, Classification[] rows) {
        ModelCard card = model.card();
        LabelRule rule = LabelRule.of(card);
        int size = card.input().height() * card.input().width() * card.input().channels();
        try (LoadedClassifier classifier = LoadedClassifier.open(backend, model, device)) {
            for (int from = 0; from < open.size(); from += BATCH) {
                progress.checkCancelled();
                progress.report(from, open.size(), "Judging the images that were held out");
                List<Integer> batch = open.subList(from, Math.min(open.size(), from + BATCH));
                List<float[]> inputs = new ArrayList<>();
                for (int index : batch) {
                    float[] values = new float[size];
                    items.read(index, values, 0);
                    inputs.add(values);
                    run.ledger().countRead();
                }
                List<LoadedClassifier.Prediction> found = classifier.predict(inputs);
                for (int i = 0; i < batch.size(); i++) {
                    LabelledItem item = items.set().items().get(batch.get(i));
                    Classification row = rule.classify(ItemKey.of(item.name()), asShown(found.get(i).probabilities()),
                        ValidationRun.truth(item, items.set()));
                    run.add(row, List.of());
                    rows[batch.get(i)] = row;
                }
            }
        }
    }

    private static double[] asShown(double[] probabilities) {
        return IntStream.range(0, probabilities.length).mapToDouble(i -> Double.parseDouble(Csv.number(probabilities[i]))).toArray();
    }

    /**
     * Measures rows.
     *
     * @param set  of the items, in the order of the rows
     * @param card whose rule labels were decided by
     */
    static ClassificationMetrics metrics(List<Classification> rows, LabelledSet set, ModelCard card) {
        float[][] probabilities = new float[rows.size()][];
        float[][] targets = new float[rows.size()][];
        for (int i = 0; i < probabilities.length; i++) {
            List<Double> found = rows.get(i).probabilities();
            probabilities[i] = new float[found.size()];
            for (int c = 0; c < found.size(); c++) {
                probabilities[i][c] = found.get(c).floatValue();
            }
            targets[i] = set.items().get(i).target(set.classNames().size());
        }
        return ClassificationMetrics.of(new Predictions(set.classNames(), set.labelKind(), probabilities, targets),
            LabelRule.of(card).decision());
    }
}
