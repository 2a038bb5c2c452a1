package io.github.lesionj.cli;

import io.github.lesionj.core.Floats;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.dataset.ClassNaming;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.LabelledSets;
import io.github.lesionj.evaluation.ClassificationMetrics;
import io.github.lesionj.evaluation.Predictions;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.pipeline.ImageClassifier;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.runtime.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good a model stays when its images change as another source would change them: what to select by where the images to
 * come are not those of the validation set.
 */
final class RobustnessBench {

    private static final int BATCH = 64;

    private RobustnessBench() {
    }

    /**
     * Runs it.
     *
     * @param model name or folder; several with commas
     * @param data  labelled grey 8-bit images, such as {@code x.npz#val}
     */
    static Map<String, Object> run(Backend backend, String model, String data) {
        List<ModelPackage> packages = ModelLibrary.open(model, backend);
        List<String> classes = packages.get(0).card().classNames();
        LabelledSet set = LabelledSets.open(DataReference.parse(data), new ClassNaming(classes));
        List<SourceImage> images = set.items().stream().map(item -> item.open(RobustnessBench::read)).toList();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("benchmark", "robustness");
        line.put("model", model);
        line.put("images", images.size());
        List<ClassificationMetrics> perturbed = new ArrayList<>();
        try (ImageClassifier classifier = ImageClassifier.open(backend, packages, "auto", Explain.NONE)) {
            Perturbation.all().forEach((name, perturbation) -> {
                ClassificationMetrics metrics = measure(classifier, set, images, perturbation);
                line.put(name, Map.of("auc", metrics.auc().value(), "accuracy", metrics.accuracy(),
                    "balanced_accuracy", metrics.balancedAccuracy()));
                if (!name.equals("none")) {
                    perturbed.add(metrics);
                }
            });
        }
        line.put("mean_auc", perturbed.stream().mapToDouble(metrics -> metrics.auc().value()).average().orElseThrow());
        line.put("least_auc", perturbed.stream().mapToDouble(metrics -> metrics.auc().value()).min().orElseThrow());
        line.put("mean_balanced_accuracy",
            perturbed.stream().mapToDouble(ClassificationMetrics::balancedAccuracy).average().orElseThrow());
        line.put("mean_accuracy", perturbed.stream().mapToDouble(ClassificationMetrics::accuracy).average().orElseThrow());
        return line;
    }

    private static SourceImage read(Path file) {
        try (ImageSource source = new ImageFiles().open(file)) {
            SourceImage image = source.image(source.positions(1, 0).get(0));
            if (image.kind() != SourceImage.Kind.GREY || image.typeMax() != 255) {
                throw new UsageException(file + " is not a grey 8-bit image, which is what this benchmark perturbs.");
            }
            return image;
        }
    }

    private static ClassificationMetrics measure(ImageClassifier classifier, LabelledSet set, List<SourceImage> images,
            Perturbation perturbation) {
        float[][] probabilities = new float[images.size()][];
        float[][] targets = new float[images.size()][];
        for (int from = 0; from < images.size(); from += BATCH) {
            List<ImageClassifier.Prepared> prepared = new ArrayList<>();
            for (int i = from; i < Math.min(images.size(), from + BATCH); i++) {
                prepared.add(classifier.prepare(perturbation.apply(images.get(i), i), 0, 0));
            }
            List<ImageClassifier.Result> results = classifier.classify(prepared);
            for (int i = 0; i < results.size(); i++) {
                LabelledItem item = set.items().get(from + i);
                targets[from + i] = item.target(classifier.classNames().size());
                probabilities[from + i] = Floats.of(results.get(i).probabilities());
            }
        }
        return ClassificationMetrics.of(new Predictions(set.classNames(), set.labelKind(), probabilities, targets),
            classifier.labelRule().decision());
    }
}
