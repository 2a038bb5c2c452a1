package io.github.lesionj.cli;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Progress;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.LossSettings;
import io.github.lesionj.runtime.NetworkCost;
import io.github.lesionj.runtime.NetworkSettings;
import io.github.lesionj.runtime.OptimizerSettings;
import io.github.lesionj.runtime.Predictor;
import io.github.lesionj.runtime.ScheduleSettings;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TrainingListener;
import io.github.lesionj.runtime.TrainingPlace;
import io.github.lesionj.runtime.TrainingPlan;
import io.github.lesionj.runtime.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How fast a network is trained and predicts, on grey noise and for two classes: the real trainer with its readers and
 * optimiser, and the exported package's predictor. The figures are those of {@code bench/peers/train_cnn.py}.
 */
final class SpeedBench {

    private static final int WARM_UP = 3;
    private static final int CLASSES = 2;
    private static final String SAVED_MODEL = "saved_model";

    private SpeedBench() {
    }

    /**
     * Trains some steps; the first few are not counted.
     *
     * @param size of the square input in px
     */
    static Map<String, Object> train(Backend backend, String architecture, int size, int batch, int steps, String device) {
        StepClock clock = new StepClock();
        try {
            train(backend, architecture, new NoiseData(batch * (WARM_UP + steps), CLASSES, size), batch, device,
                Files.createTempDirectory("lesionj-bench"), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        double[] seconds = clock.seconds(WARM_UP, steps);
        Map<String, Object> line = line("train", architecture, size, batch);
        line.put("images_per_second", batch * steps / Arrays.stream(seconds).sum());
        line.put("ms_per_step", 1000 * median(seconds));
        return line;
    }

    private static void train(Backend backend, String architecture, NoiseData data, int batch, String device, Path output,
            Progress progress) {
        TrainingSettings settings = new TrainingSettings(LossSettings.crossEntropy(0), BatchSettings.shuffled(batch),
            OptimizerSettings.adamW(0), ScheduleSettings.cosine(1, 1e-4), StartSettings.AT_RANDOM);
        backend.train(new TrainingPlan(network(architecture, data.size()), settings, 1, new TrainingPlace(device, false, output)),
            data, TrainingListener.NONE, progress);
    }

    private static NetworkSettings network(String architecture, int size) {
        return new NetworkSettings(architecture, Map.of(), size, size, 1, List.of("dark", "bright"), LabelKind.BINARY, 0);
    }

    /** Writes a network that was trained for one step, for {@link #infer}; one that is there stays. */
    static Map<String, Object> export(Backend backend, String architecture, int size, Path folder) {
        if (!Files.exists(folder.resolve(SAVED_MODEL))) {
            train(backend, architecture, new NoiseData(4, CLASSES, size), 4, "cpu", folder, Progress.NONE);
        }
        NetworkCost cost = backend.cost(network(architecture, size));
        Map<String, Object> line = line("export", architecture, size, 1);
        line.put("parameters", cost.parameters());
        line.put("gflop", cost.gflop());
        return line;
    }

    /** Predicts with what {@link #export} wrote: batches, then one image after the other. */
    static Map<String, Object> infer(Backend backend, String architecture, int size, int batch, int steps, Path folder) {
        Map<String, Object> line = line("infer", architecture, size, batch);
        try (Predictor predictor = backend.open(folder.resolve(SAVED_MODEL), "serving_default", "cpu")) {
            double[] batches = predict(predictor, images(batch, size), steps);
            line.put("images_per_second", batch * steps / Arrays.stream(batches).sum());
            line.put("ms_per_batch", 1000 * median(batches));
            line.put("ms_per_image", 1000 * median(predict(predictor, images(1, size), Math.max(20, steps))));
        }
        return line;
    }

    private static double[] predict(Predictor predictor, FloatTensor images, int steps) {
        double[] seconds = new double[steps];
        for (int i = -WARM_UP; i < steps; i++) {
            long start = System.nanoTime();
            predictor.predict(Map.of("image", images));
            if (i >= 0) {
                seconds[i] = 1e-9 * (System.nanoTime() - start);
            }
        }
        return seconds;
    }

    private static FloatTensor images(int batch, int size) {
        float[] values = new float[batch * size * size];
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return new FloatTensor(values, batch, size, size, 1);
    }

    private static Map<String, Object> line(String benchmark, String architecture, int size, int batch) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("benchmark", benchmark);
        line.put("architecture", architecture);
        line.put("size", size);
        line.put("batch", batch);
        return line;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
