package io.github.lesionj.cli;

import io.github.lesionj.batch.BatchInputs;
import io.github.lesionj.batch.ClassifyImages;
import io.github.lesionj.batch.ItemWriter;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.Progress;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.InputRule;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.modelpackage.ModelSignature;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.Predictor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The whole of {@code Classify Image...} over a folder, beside the same network on batches that lie ready, in turn. */
final class PipelineBench {

    private static final int BATCH = 16;
    private static final int ROUNDS = 3;

    private PipelineBench() {
    }

    /**
     * Runs it.
     *
     * @param folder of images
     * @param count  how many of them
     */
    static Map<String, Object> run(Backend backend, String model, String folder, int count) {
        ModelPackage opened = ModelLibrary.open(model, backend).get(0);
        BatchInputs all = BatchInputs.of(folder, new ImageFiles(), opened.card().classNames());
        BatchInputs inputs = new BatchInputs(all.root(), all.inputs().subList(0, count), List.of());
        List<Double> raw = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        raw(backend, opened, 2 * BATCH, BATCH);
        for (int round = 0; round < ROUNDS; round++) {
            raw.add(count / raw(backend, opened, count, BATCH));
            whole.add(count / whole(backend, opened, inputs));
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("benchmark", "pipeline");
        line.put("model", opened.card().name());
        line.put("images", count);
        line.put("raw_images_per_second", raw);
        line.put("pipeline_images_per_second", whole);
        line.put("ratio", median(whole) / median(raw));
        return line;
    }

    /** Seconds that the network alone needs for so many inputs, in batches that lie ready. */
    static double raw(Backend backend, ModelPackage model, int count, int size) {
        ModelSignature signature = model.card().signature();
        InputRule rule = model.card().input();
        float[] values = new float[size * rule.width() * rule.height() * rule.channels()];
        Random random = new Random(7);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        FloatTensor batch = new FloatTensor(values, size, rule.height(), rule.width(), rule.channels());
        try (Predictor predictor = backend.open(model.savedModel(), signature.key(), "auto")) {
            predictor.predict(Map.of(signature.input(), batch));
            long start = System.nanoTime();
            for (int done = 0; done < count; done += size) {
                predictor.predict(Map.of(signature.input(), batch));
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static double whole(Backend backend, ModelPackage model, BatchInputs inputs) {
        long start = System.nanoTime();
        ClassifyImages.run(new ClassifyImages.Request("bench", Map.of(), inputs, List.of(model), Explain.NONE, "auto", BATCH, 0,
            null, Map.of()), backend, ItemWriter.Display.NONE, Progress.NONE);
        return (System.nanoTime() - start) / 1e9;
    }

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
