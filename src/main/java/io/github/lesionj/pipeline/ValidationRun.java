package io.github.lesionj.pipeline;

import io.github.lesionj.core.Floats;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.evaluation.ClassificationMetrics;
import io.github.lesionj.evaluation.Predictions;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.LabelRule;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.runtime.Backend;
import java.util.ArrayList;
import java.util.List;

/** Measures a finished package on labelled items, as a user would use it: loaded by DJL, image by image. */
final class ValidationRun {

    private static final int BATCH = 32;

    private ValidationRun() {
    }

    /**
     * Predicts every item, adds it to the run as a row with its truth, and measures all of them.
     *
     * @param device auto, cpu, gpu, gpu:N
     */
    static ClassificationMetrics measure(ModelPackage model, LabelledSet set, ItemReader reader, Backend backend, String device,
            ResultRun run, Progress progress) {
        return ClassificationMetrics.of(predict(model, set, reader, backend, device, run, progress), LabelRule.of(model.card()).decision());
    }

    /** Predicts every item and adds it to the run as a row with its truth. */
    static Predictions predict(ModelPackage model, LabelledSet set, ItemReader reader, Backend backend, String device, ResultRun run,
            Progress progress) {
        int size = set.size();
        float[][] probabilities = new float[size][];
        float[][] targets = new float[size][];
        run.ledger().plan(size);
        try (ImageClassifier classifier = ImageClassifier.open(backend, List.of(model), device, Explain.NONE)) {
            for (int from = 0; from < size; from += BATCH) {
                progress.checkCancelled();
                progress.report(from, size, "Measuring on the validation images");
                List<LabelledItem> items = set.items().subList(from, Math.min(size, from + BATCH));
                List<ImageClassifier.Prepared> prepared = new ArrayList<>();
                for (LabelledItem item : items) {
                    prepared.add(classifier.prepare(reader.read(item, classifier.channels()), 0, 0));
                    run.ledger().countRead();
                }
                List<ImageClassifier.Result> results = classifier.classify(prepared);
                for (int i = 0; i < items.size(); i++) {
                    double[] found = results.get(i).probabilities();
                    run.add(classifier.labelRule().classify(ItemKey.of(items.get(i).name()), found, truth(items.get(i), set)),
                        List.of());
                    probabilities[from + i] = Floats.of(found);
                    targets[from + i] = items.get(i).target(set.classNames().size());
                }
            }
        }
        return new Predictions(set.classNames(), set.labelKind(), probabilities, targets);
    }

    static List<String> truth(LabelledItem item, LabelledSet set) {
        return item.labels().stream().sorted().map(set.classNames()::get).toList();
    }
}
