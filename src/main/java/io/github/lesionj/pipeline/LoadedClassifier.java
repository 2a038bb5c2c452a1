package io.github.lesionj.pipeline;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.GradientPredictor;
import io.github.lesionj.runtime.NoGradientException;
import io.github.lesionj.runtime.OutOfDeviceMemoryException;
import io.github.lesionj.runtime.Predictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final ModelPackage model;
    private final Predictor predictor;
    private int largestBatch = Integer.MAX_VALUE;

    private LoadedClassifier(ModelPackage model, Predictor predictor) {
        this.model = model;
        this.predictor = predictor;
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
        ModelCard card = model.card();
        if (!"classification".equals(card.task())) {
            throw new UsageException("The model " + card.name() + " is made for " + card.task()
                + ", not for the classification of images; choose another with model=.");
        }
        SignatureCheck.check(card, backend.inspect(model.savedModel()));
    }

    ModelPackage model() {
        return model;
    }

    ModelCard card() {
        return model.card();
    }

    String device() {
        return predictor.device();
    }

    /**
     * Runs the network over inputs; where a batch does not fit into memory it goes on with half of it.
     *
     * @param inputs each height * width * channels values, channel fastest
     */
    List<Prediction> predict(List<float[]> inputs) {
        return inBatches(inputs.size(), (from, to) -> predictBatch(inputs.subList(from, to)));
    }

    /**
     * Grad-CAM of what was predicted, for a model that was opened with gradients.
     *
     * @param classes which class each map speaks for
     * @return [h, w, 1] each
     */
    List<FloatTensor> gradCam(List<Prediction> predictions, int[] classes) {
        return inBatches(predictions.size(), (from, to) -> {
            List<FloatTensor> features = new ArrayList<>();
            List<FloatTensor> seeds = new ArrayList<>();
            for (int i = from; i < to; i++) {
                Map<String, FloatTensor> outputs = predictions.get(i).outputs();
                features.add(outputs.get(GradientPredictor.FEATURE_MAP));
                FloatTensor scores = outputs.get(ModelSignature.SCORES);
                seeds.add(new FloatTensor(GradCam.seed(scores.values().length, classes[i]), scores.shape()));
            }
            FloatTensor gradients = ((GradientPredictor) predictor).gradient(stacked(features), stacked(seeds));
            return IntStream.range(0, to - from).mapToObj(i -> GradCam.map(features.get(i), gradients.item(i))).toList();
        });
    }

    private static FloatTensor stacked(List<FloatTensor> items) {
        int size = items.get(0).values().length;
        float[] values = new float[items.size() * size];
        for (int i = 0; i < items.size(); i++) {
            System.arraycopy(items.get(i).values(), 0, values, i * size, size);
        }
        return new FloatTensor(values, batchShape(items.size(), items.get(0).shape()));
    }

    private static int[] batchShape(int batch, int[] item) {
        int[] shape = new int[item.length + 1];
        shape[0] = batch;
        System.arraycopy(item, 0, shape, 1, item.length);
        return shape;
    }

    /** Work on the items [from, to). */
    @FunctionalInterface
    private interface BatchWork<T> {
        List<T> run(int from, int to);
    }

    private <T> List<T> inBatches(int items, BatchWork<T> work) {
        List<T> results = new ArrayList<>(items);
        while (results.size() < items) {
            int from = results.size();
            int to = from + Math.min(largestBatch, items - from);
            try {
                results.addAll(work.run(from, to));
            } catch (OutOfDeviceMemoryException e) {
                if (to - from == 1) {
                    throw e;
                }
                largestBatch = (to - from) / 2;
            }
        }
        return results;
    }

    private List<Prediction> predictBatch(List<float[]> inputs) {
        ModelSignature signature = card().signature();
        FloatTensor images = stacked(inputs.stream().map(input -> new FloatTensor(input, signature.inputShape())).toList());
        Map<String, FloatTensor> outputs = predictor.predict(Map.of(signature.input(), images));
        List<Prediction> predictions = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            predictions.add(prediction(outputs, i, inputs.size()));
        }
        return predictions;
    }

    private Prediction prediction(Map<String, FloatTensor> outputs, int index, int batch) {
        Map<String, FloatTensor> byRole = new LinkedHashMap<>();
        card().signature().outputs().forEach((role, name) -> {
            FloatTensor output = outputs.get(name);
            if (output == null) {
                throw new UsageException("The model " + card().name() + " has no output " + name + " that its card names for "
                    + role + "; it has " + String.join(", ", outputs.keySet()) + ".");
            }
            if (output.shape().length == 0 || output.batch() != batch) {
                throw new LesionJException("The output " + name + " of the model " + card().name() + " has the shape "
                    + Arrays.toString(output.shape()) + " for " + batch + " images; its first axis must be the batch.");
            }
            byRole.put(role, output.item(index));
        });
        Optional.ofNullable(outputs.get(GradientPredictor.FEATURE_MAP))
            .ifPresent(map -> byRole.put(GradientPredictor.FEATURE_MAP, map.item(index)));
        float[] scores = byRole.get(ModelSignature.SCORES).values();
        return new Prediction(
            Activations.probabilities(scores, card().activation(), card().temperature(), card().classNames().size()), byRole);
    }

    @Override
    public void close() {
        predictor.close();
    }
}
