package io.github.lesionj.cli;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.Predictor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The processor beside a GPU: same scores, and how much faster prediction and training are. */
final class GpuBench {

    private static final int BATCH = 32;
    private static final int BATCHES = 20;
    private static final int SIZE = 128;
    private static final List<String> ARCHITECTURES = List.of("resnet18", "resnet50", "densenet121");

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
        for (String architecture : ARCHITECTURES) {
            train(backend, architecture, "cpu", line);
            train(backend, architecture, "gpu:0", line);
        }
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

    private static void train(Backend backend, String architecture, String device, Map<String, Object> line) {
        line.put("train_images_per_second_" + architecture + "_" + device,
            SpeedBench.train(backend, architecture, SIZE, BATCH, BATCHES, device).get("images_per_second"));
    }
}
