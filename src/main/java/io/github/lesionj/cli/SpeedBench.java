package io.github.lesionj.cli;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.Progress;
import io.github.lesionj.runtime.ArchitectureInfo;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.BatchSettings;
import io.github.lesionj.runtime.LossSettings;
import io.github.lesionj.runtime.NetworkCost;
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
            train(backend, architecture, data(backend, architecture, batch * (WARM_UP + steps), size), size, batch, device,
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

    private static boolean isDetector(Backend backend, String architecture) {
        return backend.architectures().stream().anyMatch(info -> info.id().equals(architecture) && info.family().equals(ArchitectureInfo.DETECTOR));
    }

    private static TrainingData data(Backend backend, String architecture, int items, int size) {
        return isDetector(backend, architecture) ? new NoiseBoxes(items, CLASSES, size) : new NoiseData(items, CLASSES, size);
    }

    private static void train(Backend backend, String architecture, TrainingData data, int size, int batch, String device, Path output,
            Progress progress) {
        TrainingSettings settings = new TrainingSettings(LossSettings.crossEntropy(0), BatchSettings.shuffled(batch),
            OptimizerSettings.adamW(0), ScheduleSettings.cosine(1, 1e-4), StartSettings.AT_RANDOM);
        backend.train(new TrainingPlan(network(backend, architecture, size), settings, 1, new TrainingPlace(device, false, output)),
            data, TrainingListener.NONE, progress);
    }

    private static NetworkSettings network(Backend backend, String architecture, int size) {
        boolean detector = isDetector(backend, architecture);
        return new NetworkSettings(architecture, Map.of(), size, size, detector ? NoiseBoxes.CHANNELS : 1, List.of("dark", "bright"),
            detector ? LabelKind.MULTI_LABEL : LabelKind.BINARY, 0);
    }

    /** Writes a network that was trained for one step, for {@link #infer}; one that is there stays. */
    static Map<String, Object> export(Backend backend, String architecture, int size, Path folder) {
        if (!Files.exists(folder.resolve(SAVED_MODEL))) {
            train(backend, architecture, data(backend, architecture, 4, size), size, 4, "cpu", folder, Progress.NONE);
        }
        NetworkCost cost = backend.cost(network(backend, architecture, size));
        Map<String, Object> line = line("export", architecture, size, 1);
        line.put("parameters", cost.parameters());
        line.put("gflop", cost.gflop());
        return line;
    }

    /** Predicts with what {@link #export} wrote: batches, then one image after the other. */
    static Map<String, Object> infer(Backend backend, String architecture, int size, int batch, int steps, Path folder) {
        Map<String, Object> line = line("infer", architecture, size, batch);
        try (Predictor predictor = backend.open(folder.resolve(SAVED_MODEL), "serving_default", "cpu")) {
            int channels = isDetector(backend, architecture) ? NoiseBoxes.CHANNELS : 1;
            double[] batches = predict(predictor, images(batch, size, channels), steps);
            line.put("images_per_second", batch * steps / Arrays.stream(batches).sum());
            line.put("ms_per_batch", 1000 * median(batches));
            line.put("ms_per_image", 1000 * median(predict(predictor, images(1, size, channels), Math.max(20, steps))));
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

    private static FloatTensor images(int batch, int size, int channels) {
        float[] values = new float[batch * size * size * channels];
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return new FloatTensor(values, batch, size, size, channels);
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
