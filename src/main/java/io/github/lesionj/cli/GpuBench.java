package io.github.lesionj.cli;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.LossSettings;
import io.github.lesionj.runtime.NetworkSettings;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.Predictor;
import io.github.lesionj.runtime.ScheduleSettings;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingPlace;
import io.github.lesionj.runtime.TrainingPlan;
import io.github.lesionj.runtime.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The processor beside a GPU: same scores, and how much faster prediction and training are. */
final class GpuBench {

    private static final int BATCH = 32;
    private static final int BATCHES = 20;
    private static final int SIZE = 128;
    private static final int IMAGES = 320;

    private GpuBench() {
    }

    /**
     * Runs it.
     *
     * @param model to predict with
     * @throws LesionJException where no GPU works, saying why
     */
    static Map<String, Object> run(Backend backend, String model) {
        if (backend.report().devices().size() < 2) {
            throw new LesionJException("No GPU to measure: " + backend.report().reason() + ".");
        }
        ModelPackage opened = ModelLibrary.open(model, backend).get(0);
        FloatTensor batch = batch(opened.card().input());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("benchmark", "gpu");
        line.put("model", opened.card().name());
        float[] onCpu = predict(backend, opened, batch, "cpu", line);
        float[] onGpu = predict(backend, opened, batch, "gpu:0", line);
        double largest = 0;
        for (int i = 0; i < onCpu.length; i++) {
            largest = Math.max(largest, Math.abs(onCpu[i] - onGpu[i]));
        }
        line.put("largest_score_difference", largest);
        train(backend, "cpu", line);
        train(backend, "gpu:0", line);
        return line;
    }

    private static FloatTensor batch(InputRule rule) {
        float[] values = new float[BATCH * rule.height() * rule.width() * rule.channels()];
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return new FloatTensor(values, BATCH, rule.height(), rule.width(), rule.channels());
    }

    private static float[] predict(Backend backend, ModelPackage model, FloatTensor batch, String device, Map<String, Object> line) {
        ModelSignature signature = model.card().signature();
        try (Predictor predictor = backend.open(model.savedModel(), signature.key(), device)) {
            Map<String, FloatTensor> inputs = Map.of(signature.input(), batch);
            float[] scores = predictor.predict(inputs).get(signature.outputs().get(ModelSignature.SCORES)).values();
            long start = System.nanoTime();
            for (int i = 0; i < BATCHES; i++) {
                predictor.predict(inputs);
            }
            line.put("predict_images_per_second_" + device, BATCH * BATCHES / ((System.nanoTime() - start) / 1e9));
            return scores;
        }
    }

    private static void train(Backend backend, String device, Map<String, Object> line) {
        try {
            Path work = Files.createTempDirectory("lesionj-bench-gpu");
            TrainingPlan plan = new TrainingPlan(new NetworkSettings("resnet18", Map.of(), SIZE, SIZE, 1, List.of("dark", "bright"),
                LabelKind.BINARY, 0), new TrainingSettings(LossSettings.crossEntropy(0), BatchSettings.shuffled(BATCH),
                OptimizerSettings.adamW(0.05), ScheduleSettings.cosine(2, 1e-3), StartSettings.AT_RANDOM), 1,
                new TrainingPlace(device, false, work));
            double[] ends = new double[2];
            TrainingListener listener = epoch -> ends[epoch.epoch() - 1] = epoch.seconds();
            backend.train(plan, new Noise(), listener, Progress.NONE);
            // the first epoch holds the building of the graph
            line.put("train_images_per_second_" + device, IMAGES / (ends[1] - ends[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Images that hold nothing to learn, but the brightness of their class. */
    private static final class Noise implements TrainingData {

        @Override
        public int trainingSize() {
            return IMAGES;
        }

        @Override
        public int validationSize() {
            return 2 * BATCH;
        }

        @Override
        public void readTraining(int index, long seed, float[] destination, int offset) {
            SplittableRandom random = new SplittableRandom(index);
            for (int i = 0; i < SIZE * SIZE; i++) {
                destination[offset + i] = (float) (random.nextDouble() + index % 2);
            }
        }

        @Override
        public void readValidation(int index, float[] destination, int offset) {
            readTraining(index, 0, destination, offset);
        }

        @Override
        public float[] trainingTarget(int index) {
            return index % 2 == 0 ? new float[] {1, 0} : new float[] {0, 1};
        }

        @Override
        public float[] validationTarget(int index) {
            return trainingTarget(index);
        }

        @Override
        public String trainingName(int index) {
            return "noise " + index;
        }
    }
}
