package io.github.lesionj.cli;

import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.phantom.BoxPhantom;
import io.github.lesionj.dataset.phantom.BoxPhantomGenerator;
import io.github.lesionj.dataset.phantom.LaplacianDetector;
import io.github.lesionj.evaluation.detection.ClassMatching;
import io.github.lesionj.evaluation.detection.Froc;
import io.github.lesionj.evaluation.detection.JudgedImage;
import io.github.lesionj.evaluation.detection.MatchRule;
import io.github.lesionj.geometry.ScoredBox;
import io.github.lesionj.image.RegionSource;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.pipeline.DetectionSettings;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.pipeline.ObjectDetector;
import io.github.lesionj.runtime.Backend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import net.imglib2.img.array.ArrayImgs;

/** How well small lesions on unseen phantoms are found, beside a detector of blobs. */
final class LesionFigures {

    private static final double FLOOR = 0.005;

    private LesionFigures() {
    }

    /** Of the detector of blobs. */
    static Froc baseline(int count, long firstSeed, double iou) {
        return froc(count, firstSeed, iou, LaplacianDetector::detect);
    }

    private static Froc froc(int count, long firstSeed, double iou, Function<BoxPhantom, List<ScoredBox>> detector) {
        List<JudgedImage> judged = LongStream.range(firstSeed, firstSeed + count).mapToObj(BoxPhantomGenerator::draw)
            .map(phantom -> new JudgedImage(Long.toString(phantom.seed()), phantom.boxes(), detector.apply(phantom))).toList();
        return Froc.of(ClassMatching.of(judged, 0, MatchRule.of(iou)));
    }

    /** Of a model, with the baseline. */
    static Map<String, Object> run(Backend backend, String model, int count, long firstSeed) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("benchmark", "lesions");
        line.put("model", model);
        line.put("phantoms", count);
        line.put("first_seed", firstSeed);
        try (ObjectDetector detector = ObjectDetector.open(backend, ModelLibrary.single(model, backend), "auto")) {
            DetectionSettings settings = DetectionSettings.of(detector.card());
            for (double iou : List.of(0.5, 0.25)) {
                Froc froc = froc(count, firstSeed, iou, phantom -> detector.detect(RegionSource.of(image(phantom)), settings, FLOOR, null, Progress.NONE)
                    .boxes(FLOOR, settings.nms(), 300));
                line.put("sensitivity_at_1" + (iou == 0.5 ? "" : "_iou_" + iou), froc.sensitivity(1));
                line.put("froc" + (iou == 0.5 ? "" : "_iou_" + iou), froc.sensitivities());
                line.put("baseline_sensitivity_at_1" + (iou == 0.5 ? "" : "_iou_" + iou), baseline(count, firstSeed, iou).sensitivity(1));
            }
        }
        return line;
    }

    private static SourceImage image(BoxPhantom phantom) {
        return new SourceImage(ArrayImgs.unsignedBytes(phantom.pixels(), phantom.width(), phantom.height(), 1), SourceImage.Kind.GREY, 255,
            new double[] {Double.NaN, Double.NaN}, List.of());
    }
}
