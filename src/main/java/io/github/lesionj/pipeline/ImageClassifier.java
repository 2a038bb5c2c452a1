package io.github.lesionj.pipeline;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.image.NetworkInput;
import io.github.lesionj.image.Placement;
import io.github.lesionj.image.Preprocessor;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.results.Explanation;
import io.github.lesionj.results.LabelRule;
import io.github.lesionj.runtime.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Classifies images with one model, or with the mean of several.
 *
 * <pre>
 * try (ImageClassifier classifier = ImageClassifier.open(backend, List.of(model), "auto", Explain.AUTO)) {
 *     ImageClassifier.Result result = classifier.classify(image);
 * }
 * </pre>
 *
 * <p>{@link #prepare} may be called from several threads; {@link #classify} from one at a time.
 */
public final class ImageClassifier implements AutoCloseable {

    /**
     * An image brought to every model's input.
     *
     * @param inputs one per model; their placements are relative to the extent
     * @param extent the part of the whole image that was given
     */
    public record Prepared(List<NetworkInput> inputs, Explanation.Extent extent) {
    }

    /**
     * What the models say of an image.
     *
     * @param probabilities one per class, in the card's order; of several models their mean
     * @param scores        of the network, before the activation; of several models the same as the probabilities
     * @param explanation   the first model's map, or empty
     */
    public record Result(double[] probabilities, double[] scores, Optional<Explanation> explanation) {
    }

    private final List<LoadedClassifier> models;
    private final LabelRule labelRule;
    private final Optional<String> mapRole;

    private ImageClassifier(List<LoadedClassifier> models, LabelRule labelRule, Optional<String> mapRole) {
        this.models = models;
        this.labelRule = labelRule;
        this.mapRole = mapRole;
    }

    /**
     * Loads the networks.
     *
     * @param packages at least one; all of the same classes
     * @param device   auto, cpu, gpu, gpu:N
     */
    public static ImageClassifier open(Backend backend, List<ModelPackage> packages, String device, Explain explain) {
        LabelRule rule = Ensemble.labelRule(packages.stream().map(ModelPackage::card).toList());
        Optional<String> mapRole = explain.role(packages.get(0).card());
        List<LoadedClassifier> models = new ArrayList<>();
        try {
            for (ModelPackage model : packages) {
                models.add(LoadedClassifier.open(backend, model, device));
            }
        } catch (RuntimeException e) {
            models.forEach(LoadedClassifier::close);
            throw e;
        }
        return new ImageClassifier(models, rule, mapRole);
    }

    /**
     * Whether packages classify images, go together and give the map that is wanted, by their cards and signatures; no
     * network is loaded.
     *
     * @throws io.github.lesionj.core.UsageException naming what does not fit
     */
    public static void check(Backend backend, List<ModelPackage> packages, Explain explain) {
        packages.forEach(model -> LoadedClassifier.check(backend, model));
        Ensemble.labelRule(packages.stream().map(ModelPackage::card).toList());
        explain.role(packages.get(0).card());
    }

    public List<String> classNames() {
        return labelRule.classNames();
    }

    /** How probabilities become labels. */
    public LabelRule labelRule() {
        return labelRule;
    }

    /** The device that is really used. */
    public String device() {
        return models.get(0).device();
    }

    /** Channels that every model takes, or 0 where they differ. */
    public int channels() {
        return channels(models.stream().map(LoadedClassifier::model).toList());
    }

    /** Channels that every model takes, or 0 where they differ. */
    public static int channels(List<ModelPackage> packages) {
        int channels = packages.get(0).card().input().channels();
        return packages.stream().allMatch(model -> model.card().input().channels() == channels) ? channels : 0;
    }

    /**
     * Brings an image to the size, channels and intensities of every model.
     *
     * @param x left edge of the image within the whole image it is a part of, in px; 0 where it is the whole
     * @param y top edge likewise
     */
    public Prepared prepare(SourceImage image, int x, int y) {
        List<NetworkInput> inputs = models.stream().map(model -> Preprocessor.apply(image, model.card().input())).toList();
        return new Prepared(inputs, new Explanation.Extent(x, y, image.width(), image.height()));
    }

    /**
     * Probabilities that a model gives for the scores of its network.
     *
     * @param scores      as in {@link Result#scores} of one model
     * @param temperature instead of the card's
     */
    public static double[] probabilities(ModelCard card, double[] scores, double temperature) {
        return Activations.probabilities(floats(scores), card.activation(), temperature, card.classNames().size());
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** Classifies one whole image. */
    public Result classify(SourceImage image) {
        return classify(List.of(prepare(image, 0, 0))).get(0);
    }

    /** Classifies images in one batch; a smaller one where memory does not hold it. */
    public List<Result> classify(List<Prepared> images) {
        List<List<LoadedClassifier.Prediction>> byModel = new ArrayList<>();
        for (int m = 0; m < models.size(); m++) {
            int model = m;
            byModel.add(models.get(m).predict(images.stream().map(image -> image.inputs().get(model).values()).toList()));
        }
        List<Result> results = new ArrayList<>(images.size());
        for (int i = 0; i < images.size(); i++) {
            int index = i;
            double[] mean = Ensemble.mean(byModel.stream().map(predictions -> predictions.get(index).probabilities()).toList());
            double[] scores = models.size() == 1 ? byModel.get(0).get(i).scores() : mean;
            results.add(new Result(mean, scores, explanation(images.get(i), byModel.get(0).get(i), mean)));
        }
        return results;
    }

    private Optional<Explanation> explanation(Prepared image, LoadedClassifier.Prediction prediction, double[] probabilities) {
        return mapRole.map(role -> {
            int index = explainedClass(probabilities);
            FloatTensor map = prediction.outputs().get(role);
            boolean attention = role.equals(ModelSignature.ATTENTION);
            return new Explanation(attention ? Explanation.Kind.ATTENTION : Explanation.Kind.CAM, classNames().get(index),
                probabilities[index], map.shape()[1], map.shape()[0], channel(map, attention ? 0 : index),
                onWholeImage(image.inputs().get(0).placement(), image.extent()), image.extent());
        });
    }

    private static Placement onWholeImage(Placement view, Explanation.Extent extent) {
        return new Placement(view.x0() + extent.x(), view.y0() + extent.y(), view.width(), view.height());
    }

    /** The positive class where there is one: where would the finding be? Otherwise the most probable. */
    private int explainedClass(double[] probabilities) {
        ModelCard card = models.get(0).card();
        int positive = card.positive() == null ? -1 : classNames().indexOf(card.positive());
        if (positive >= 0 && probabilities.length == 2) {
            return positive;
        }
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }

    private static float[] channel(FloatTensor map, int channel) {
        int channels = map.shape()[2];
        float[] values = new float[map.values().length / channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = map.values()[i * channels + channel];
        }
        return values;
    }

    @Override
    public void close() {
        models.forEach(LoadedClassifier::close);
    }
}
