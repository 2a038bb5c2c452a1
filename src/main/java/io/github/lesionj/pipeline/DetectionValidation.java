package io.github.lesionj.pipeline;

import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.evaluation.detection.BestThreshold;
import io.github.lesionj.evaluation.detection.DetectionMetrics;
import io.github.lesionj.evaluation.detection.JudgedImage;
import io.github.lesionj.image.RegionSource;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.results.DetectionRun;
import io.github.lesionj.results.Detections;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.runtime.Backend;
import java.util.ArrayList;
import java.util.List;

/** Measures a finished detector on labelled items, as a user would use it: loaded by DJL, on whole images, however large. */
final class DetectionValidation {

    private DetectionValidation() {
    }

    /**
     * How good it is.
     *
     * @param threshold of the best F1, at which precision, recall and F1 of the metrics are
     */
    record Found(DetectionMetrics metrics, double threshold) {
    }

    /**
     * Looks at every item, and adds it to the run with the boxes from the threshold of the best F1 on.
     *
     * @param device auto, cpu, gpu, gpu:N
     */
    static Found measure(ModelPackage model, LabelledSet set, ItemReader reader, Backend backend, String device, DetectionRun run, Progress progress) {
        List<JudgedImage> judged = new ArrayList<>();
        List<Detections> sizes = new ArrayList<>();
        run.ledger().plan(set.size());
        DetectionSettings settings = DetectionSettings.of(model.card()).measuring();
        try (ObjectDetector detector = ObjectDetector.open(backend, model, device)) {
            for (LabelledItem item : set.items()) {
                progress.checkCancelled();
                progress.report(judged.size(), set.size(), "Measuring on the validation images");
                SourceImage image = reader.read(item, model.card().input().channels());
                run.ledger().countRead();
                SearchedImage searched = detector.detect(RegionSource.of(image), settings, settings.threshold(), null, Progress.NONE);
                judged.add(new JudgedImage(item.name(), item.boxes(), searched.boxes(settings)));
                sizes.add(new Detections(ItemKey.of(item.name()), image.width(), image.height(), image.umPerPx()[0], image.umPerPx()[1],
                    set.classNames(), List.of(), List.of()));
            }
        }
        double best = BestThreshold.ofF1(judged, set.classNames().size(), DetectionMetrics.IOU);
        double threshold = Double.isNaN(best) ? DetectionSettings.THRESHOLD : Math.rint(best * 1e3) / 1e3;
        for (int i = 0; i < judged.size(); i++) {
            run.add(sizes.get(i).with(judged.get(i).found().stream().filter(box -> box.score() >= threshold).toList()));
        }
        return new Found(DetectionMetrics.of(set.classNames(), judged, threshold, DetectionMetrics.IOU), threshold);
    }
}
