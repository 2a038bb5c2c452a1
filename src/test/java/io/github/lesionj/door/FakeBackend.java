package io.github.lesionj.door;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.Progress;
import io.github.lesionj.runtime.ArchitectureInfo;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.EngineReport;
import io.github.lesionj.runtime.ExportedNetwork;
import io.github.lesionj.runtime.GradientPredictor;
import io.github.lesionj.runtime.NetworkCost;
import io.github.lesionj.runtime.NetworkSettings;
import io.github.lesionj.runtime.NoGradientException;
import io.github.lesionj.runtime.Predictor;
import io.github.lesionj.runtime.SavedModelReport;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingOutcome;
import io.github.lesionj.runtime.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** A backend that answers as {@link TinyModel} does, in Java, and fails when it is told to. */
public final class FakeBackend implements Backend {

    private final Consumer<FloatTensor> before;
    private final Function<FloatTensor, Map<String, FloatTensor>> answer;
    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger open = new AtomicInteger();

    /**
     * A backend.
     *
     * @param before is shown every input batch first and may throw
     */
    public FakeBackend(Consumer<FloatTensor> before) {
        this(before, FakeBackend::answer);
    }

    /**
     * As above, with another network.
     *
     * @param answer outputs by name
     */
    public FakeBackend(Consumer<FloatTensor> before, Function<FloatTensor, Map<String, FloatTensor>> answer) {
        this.before = before;
        this.answer = answer;
    }

    /** Sizes of all batches that came so far, also of those that failed. */
    public List<Integer> batches() {
        return List.copyOf(batches);
    }

    /** Networks that are loaded and not closed. */
    public int open() {
        return open.get();
    }

    @Override
    public EngineReport report(String device) {
        return new EngineReport("fake", "0", "", List.of("cpu"), "cpu", "there is nothing else", 0, 0, "default", Double.NaN);
    }

    @Override
    public SavedModelReport inspect(Path savedModel) {
        SavedModelReport.TensorInfo any = new SavedModelReport.TensorInfo("float", null);
        return new SavedModelReport(Map.of("serving_default", new SavedModelReport.Signature(Map.of("image", any),
            Map.of("scores", any, "boxes", any, "attention", any, "cam", any))));
    }

    @Override
    public Predictor open(Path savedModel, String signature, String device) {
        open.incrementAndGet();
        return new Predictor() {
            @Override
            public Map<String, FloatTensor> predict(Map<String, FloatTensor> inputs) {
                FloatTensor image = inputs.get("image");
                batches.add(image.batch());
                before.accept(image);
                return answer.apply(image);
            }

            @Override
            public String device() {
                return "cpu";
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }

    @Override
    public GradientPredictor openWithGradient(Path savedModel, String signature, String device, String scores) {
        throw new NoGradientException("it has no convolution", null);
    }

    private static Map<String, FloatTensor> answer(FloatTensor images) {
        int count = images.batch();
        int size = images.values().length / count;
        float[] scores = new float[2 * count];
        float[] attention = new float[16 * count];
        float[] cam = new float[32 * count];
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int p = 0; p < size; p++) {
                float value = images.values()[i * size + p];
                sum += value;
                attention[16 * i + p / TinyModel.SIZE / 4 * 4 + p % TinyModel.SIZE / 4] += value / 16;
            }
            scores[2 * i + 1] = (float) (sum / size);
            scores[2 * i] = 1 - scores[2 * i + 1];
        }
        for (int i = 0; i < attention.length; i++) {
            cam[2 * i] = 1 - attention[i];
            cam[2 * i + 1] = attention[i];
        }
        return Map.of("scores", new FloatTensor(scores, count, 2), "attention", new FloatTensor(attention, count, 4, 4, 1),
            "cam", new FloatTensor(cam, count, 4, 4, 2));
    }

    @Override
    public List<ArchitectureInfo> architectures() {
        return List.of();
    }

    @Override
    public NetworkCost cost(NetworkSettings network) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> exportWeights(Path weights, String architecture, Path output) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> trainingIdentity(TrainingPlan plan, TrainingData data) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TrainingOutcome train(TrainingPlan plan, TrainingData data, TrainingListener listener, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ExportedNetwork ensemble(TrainingPlan plan, List<Path> weights) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
