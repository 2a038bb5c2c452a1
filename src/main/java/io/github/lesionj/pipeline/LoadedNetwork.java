package io.github.lesionj.pipeline;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.modelpackage.ModelCard;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.GradientPredictor;
import io.github.lesionj.runtime.OutOfDeviceMemoryException;
import io.github.lesionj.runtime.Predictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A package with its network loaded: prepared inputs go in, outputs by their roles come out, in batches that memory holds.
 *
 * <p>Not thread-safe: one thread predicts.
 */
final class LoadedNetwork implements AutoCloseable {

    private final ModelPackage model;
    private final Predictor predictor;
    private int largestBatch = Integer.MAX_VALUE;

    /** Takes over a predictor, which it closes. */
    LoadedNetwork(ModelPackage model, Predictor predictor) {
        this.model = model;
        this.predictor = predictor;
    }

    /**
     * Refuses a model of another task, or whose graph is not what its card says.
     *
     * @param task    as the card names it
     * @param purpose of the network, for messages
     * @param other   what to do with a model of another task
     */
    static void check(Backend backend, ModelPackage model, String task, String purpose, String other) {
        ModelCard card = model.card();
        if (!task.equals(card.task())) {
            throw new UsageException("The model " + card.name() + " is made for " + card.task() + ", not for " + purpose + "; " + other);
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

    /** The predictor, for what only some have. */
    Predictor predictor() {
        return predictor;
    }

    /**
     * Runs the network over inputs; where a batch does not fit into memory it goes on with half of it.
     *
     * @param inputs each height * width * channels values, channel fastest
     * @return of each item role (see {@link ModelSignature}) to its own output, without the batch axis; with gradients also
     *         {@link GradientPredictor#FEATURE_MAP}
     */
    List<Map<String, FloatTensor>> predict(List<float[]> inputs) {
        return inBatches(inputs.size(), (from, to) -> predictBatch(inputs.subList(from, to)));
    }

    /** Items of one shape as a batch. */
    static FloatTensor stacked(List<FloatTensor> items) {
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
    interface BatchWork<T> {
        List<T> run(int from, int to);
    }

    /** Works over items; where a batch does not fit into memory it goes on with half of it. */
    <T> List<T> inBatches(int items, BatchWork<T> work) {
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

    private List<Map<String, FloatTensor>> predictBatch(List<float[]> inputs) {
        ModelSignature signature = card().signature();
        FloatTensor images = stacked(inputs.stream().map(input -> new FloatTensor(input, signature.inputShape())).toList());
        Map<String, FloatTensor> outputs = predictor.predict(Map.of(signature.input(), images));
        List<Map<String, FloatTensor>> items = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            items.add(item(outputs, i, inputs.size()));
        }
        return items;
    }

    private Map<String, FloatTensor> item(Map<String, FloatTensor> outputs, int index, int batch) {
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
        return byRole;
    }

    @Override
    public void close() {
        predictor.close();
    }
}
