package io.github.lesionj.cli;

import com.google.gson.Gson;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.dataset.phantom.LaplacianBaseline;
import io.github.lesionj.dataset.phantom.Lesion;
import io.github.lesionj.dataset.phantom.Phantom;
import io.github.lesionj.dataset.phantom.PhantomGenerator;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.pipeline.ImageClassifier;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.results.HeatMap;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.TensorFlowService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.imglib2.img.array.ArrayImgs;
import org.scijava.Context;

/** Benchmarks that run within one Java process; each prints one JSON line. Started by {@code bin/bench}. */
public final class Bench {

    private Bench() {
    }

    /** The benchmark's name and its arguments. */
    public static void main(String[] arguments) {
        try (Context context = new Context(TensorFlowService.class)) {
            Backend backend = context.service(TensorFlowService.class).backend();
            Map<String, Object> line = switch (arguments[0]) {
                case "phantoms" -> phantoms(backend, arguments[1], Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
                case "pipeline" -> PipelineBench.run(backend, arguments[1], arguments[2], Integer.parseInt(arguments[3]));
                case "train" -> SpeedBench.train(backend, arguments[1], 128, 16, Integer.parseInt(arguments[2]), "cpu");
                case "export" -> SpeedBench.export(backend, arguments[1], 128, Path.of(arguments[2]));
                case "infer" -> SpeedBench.infer(backend, arguments[1], 128, 16, Integer.parseInt(arguments[2]), Path.of(arguments[3]));
                case "robustness" -> RobustnessBench.run(backend, arguments[1], arguments[2]);
                case "detect-train" -> SpeedBench.train(backend, arguments[1], 512, 2, Integer.parseInt(arguments[2]), "cpu");
                case "detect-export" -> SpeedBench.export(backend, arguments[1], 512, Path.of(arguments[2]));
                case "detect-infer" -> SpeedBench.infer(backend, arguments[1], 512, 2, Integer.parseInt(arguments[2]), Path.of(arguments[3]));
                case "detect-folder" -> DetectBench.folder(backend, arguments[1], arguments[2], Integer.parseInt(arguments[3]));
                case "detect-large" -> DetectBench.large(backend, arguments[1], Path.of(arguments[2]));
                case "lesions" -> LesionFigures.run(backend, arguments[1], Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
                case "suppression" -> DetectBench.suppression();
                case "gpu" -> GpuBench.run(backend, arguments[1]);
                default -> throw new IllegalArgumentException("no benchmark " + arguments[0]);
            };
            line.put("threads", Runtime.getRuntime().availableProcessors());
            System.out.println(new Gson().toJson(line));
        } catch (LesionJException e) {
            System.err.println(e.getMessage());
            System.exit(e.exitStatus().code());
        }
        System.exit(0);
    }

    /** Accuracy on unseen phantoms, and how often the strongest point of the map lies within the true lesion. */
    private static Map<String, Object> phantoms(Backend backend, String model, int count, long firstSeed) {
        PhantomGenerator generator = new PhantomGenerator(128, 128);
        List<Phantom> phantoms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            phantoms.add(generator.draw(firstSeed + i));
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("benchmark", "phantoms");
        line.put("model", model);
        line.put("phantoms", count);
        line.put("first_seed", firstSeed);
        for (Explain explain : List.of(Explain.ATTENTION, Explain.CAM)) {
            try (ImageClassifier classifier = ImageClassifier.open(backend, ModelLibrary.open(model, backend), "auto", explain)) {
                score(classifier, phantoms, explain, line);
            }
        }
        line.put("baseline_accuracy", LaplacianBaseline.bestAccuracy(phantoms));
        return line;
    }

    private static void score(ImageClassifier classifier, List<Phantom> phantoms, Explain explain, Map<String, Object> line) {
        int right = 0;
        int lesions = 0;
        int hits = 0;
        int lesionClass = classifier.classNames().indexOf("lesion");
        for (Phantom phantom : phantoms) {
            ImageClassifier.Result result = classifier.classify(image(phantom));
            Lesion lesion = phantom.lesion();
            boolean found = result.probabilities()[lesionClass] > 0.5;
            right += found == (lesion != null) ? 1 : 0;
            if (lesion != null) {
                lesions++;
                HeatMap.Peak peak = new HeatMap(result.explanation().orElseThrow()).peak();
                hits += Math.hypot(peak.x() - lesion.x(), peak.y() - lesion.y()) <= lesion.radius() ? 1 : 0;
            }
        }
        line.put("accuracy", (double) right / phantoms.size());
        line.put("pointing_" + explain.key(), (double) hits / lesions);
    }

    private static SourceImage image(Phantom phantom) {
        return new SourceImage(ArrayImgs.unsignedBytes(phantom.pixels(), phantom.width(), phantom.height(), 1),
            SourceImage.Kind.GREY, 255, new double[] {Double.NaN, Double.NaN}, List.of());
    }
}
