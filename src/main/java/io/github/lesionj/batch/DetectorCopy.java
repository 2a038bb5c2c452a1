package io.github.lesionj.batch;

import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.evaluation.detection.DetectionMetrics;
import io.github.lesionj.evaluation.detection.DetectionOperatingRule;
import io.github.lesionj.evaluation.detection.JudgedImage;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.PackageCopy;
import io.github.lesionj.modelpackage.PackageReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A copy of a judged detector with another threshold.
 *
 * @param request what was asked for; it names a rule
 * @param images  that the threshold is chosen on
 * @param choice  empty where no threshold does what is asked for
 */
record DetectorCopy(DetectorEvaluationRequest request, List<JudgedImage> images, Optional<DetectionOperatingRule.Choice> choice) {

    /** Chooses. */
    static DetectorCopy choose(DetectorEvaluationRequest request, List<JudgedImage> images) {
        int classes = request.model().card().classNames().size();
        return new DetectorCopy(request, images, request.operating().orElseThrow().choose(images, classes, DetectionMetrics.IOU));
    }

    private String rule() {
        return request.keys().get("operating_point");
    }

    /** What was chosen, or that nothing was, in a line. */
    String sentence() {
        return choice.map(point -> String.format(Locale.ROOT,
            "Operating point %s: threshold %.4f, precision %.4f, recall %.4f, %.3f false alarms an image.", rule(), point.threshold(), point.precision(), point.sensitivity(), point.falseAlarmsPerImage()))
            .orElse("No operating threshold was chosen: with none is there a hit and " + rule() + " on these images.");
    }

    /** Key {@code operating_point} of {@code metrics.json}. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rule", rule());
        map.put("threshold", choice.map(DetectionOperatingRule.Choice::threshold).orElse(null));
        map.put("precision", choice.map(DetectionOperatingRule.Choice::precision).orElse(null));
        map.put("recall", choice.map(DetectionOperatingRule.Choice::sensitivity).orElse(null));
        map.put("f1", choice.map(DetectionOperatingRule.Choice::f1).orElse(null));
        map.put("false_alarms_per_image", choice.map(DetectionOperatingRule.Choice::falseAlarmsPerImage).orElse(null));
        return map;
    }

    /**
     * Writes the copy and opens it; there is a choice.
     *
     * @param judged    the card as the package states it
     * @param checksums of the inputs, by path
     */
    ModelPackage write(ModelCard judged, Map<String, String> checksums, Path folder) {
        double threshold = choice.orElseThrow().threshold();
        Map<String, Object> fitted = new LinkedHashMap<>();
        fitted.put("set", request.data().name());
        fitted.put("items", images.size());
        List<LabelledItem> items = images.stream().map(image -> request.data().items().get(image.name())).toList();
        fitted.put("checksum", EvaluationData.checksum(items, checksums));
        fitted.put("from", judged.name() + " " + judged.version());
        fitted.put("operating_point", toMap());
        Map<String, Object> quality = new LinkedHashMap<>();
        String what = "threshold (" + rule() + ")";
        quality.put("measured_on", "the set " + request.data().name() + " of " + images.size() + " images, on which was fitted: " + what);
        DetectionMetrics.of(judged.classNames(), images, threshold, DetectionMetrics.IOU).toMap().forEach((key, value) -> {
            if (value instanceof Number) {
                quality.put(key, value);
            }
        });
        quality.put("fitted", fitted);
        quality.put("before", judged.quality());
        String description = FittedModel.description(judged, request.data().name(), what);
        PackageCopy.write(request.model(), new PackageCopy.Changes(FittedModel.name(judged), description,
            judged.positive(), threshold, judged.temperature(), judged.abstain(), quality), folder);
        return new PackageReader().open(folder);
    }
}
