package io.github.lesionj.pipeline;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.GradientPredictor;
import io.github.lesionj.runtime.NoGradientException;
import io.github.lesionj.runtime.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A classification package with its network loaded: prepared inputs go in, probabilities and maps come out.
 *
 * <p>Not thread-safe: one thread predicts.
 */
final class LoadedClassifier implements AutoCloseable {

    /**
     * What the network says of one input.
     *
     * @param probabilities one per class
     * @param outputs       role (see {@link ModelSignature}) to the item's own output, without the batch axis; with gradients
     *                      also {@link GradientPredictor#FEATURE_MAP}
     */
    record Prediction(double[] probabilities, Map<String, FloatTensor> outputs) {

        /** What the probabilities were made of. */
        double[] scores() {
            float[] values = outputs.get(ModelSignature.SCORES).values();
            double[] scores = new double[values.length];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = values[i];
            }
            return scores;
        }
    }

    private final LoadedNetwork network;

    private LoadedClassifier(ModelPackage model, Predictor predictor) {
        this.network = new LoadedNetwork(model, predictor);
    }

    /** Loads the network of a package. */
    static LoadedClassifier open(Backend backend, ModelPackage model, String device) {
        check(backend, model);
        return new LoadedClassifier(model, backend.open(model.savedModel(), model.card().signature().key(), device));
    }

    /**
     * Loads the network of a package ready for {@link #gradCam}.
     *
     * @throws NoGradientException saying why its graph does not allow that
     */
    static LoadedClassifier openWithGradient(Backend backend, ModelPackage model, String device) {
        check(backend, model);
        ModelSignature signature = model.card().signature();
        return new LoadedClassifier(model, backend.openWithGradient(model.savedModel(), signature.key(), device,
            signature.outputs().get(ModelSignature.SCORES)));
    }

    /** Refuses a model of another task, or whose graph is not what its card says. */
    static void check(Backend backend, ModelPackage model) {
        LoadedNetwork.check(backend, model, ModelCard.CLASSIFICATION, "the classification of images", "choose another with model=.");
    }

    ModelPackage model() {
        return network.model();
    }

    ModelCard card() {
        return network.card();
    }

    String device() {
        return network.device();
    }

    /**
     * Runs the network over inputs; where a batch does not fit into memory it goes on with half of it.
     *
     * @param inputs each height * width * channels values, channel fastest
     */
    List<Prediction> predict(List<float[]> inputs) {
        return network.predict(inputs).stream().map(this::prediction).toList();
    }

    private Prediction prediction(Map<String, FloatTensor> outputs) {
        float[] scores = outputs.get(ModelSignature.SCORES).values();
        return new Prediction(Activations.probabilities(scores, card().activation(), card().temperature(), card().classNames().size()), outputs);
    }

    /**
     * Grad-CAM of what was predicted, for a model that was opened with gradients.
     *
     * @param classes which class each map speaks for
     * @return [h, w, 1] each
     */
    List<FloatTensor> gradCam(List<Prediction> predictions, int[] classes) {
        return network.inBatches(predictions.size(), (from, to) -> {
            List<FloatTensor> features = new ArrayList<>();
            List<FloatTensor> seeds = new ArrayList<>();
            for (int i = from; i < to; i++) {
                Map<String, FloatTensor> outputs = predictions.get(i).outputs();
                features.add(outputs.get(GradientPredictor.FEATURE_MAP));
                FloatTensor scores = outputs.get(ModelSignature.SCORES);
                seeds.add(new FloatTensor(GradCam.seed(scores.values().length, classes[i]), scores.shape()));
            }
            FloatTensor gradients = ((GradientPredictor) network.predictor()).gradient(LoadedNetwork.stacked(features), LoadedNetwork.stacked(seeds));
            return IntStream.range(0, to - from).mapToObj(i -> GradCam.map(features.get(i), gradients.item(i))).toList();
        });
    }

    @Override
    public void close() {
        network.close();
    }
}
