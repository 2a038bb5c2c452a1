package io.github.lesionj.cli;

import com.google.gson.Gson;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.ModelLibrary;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.Predictor;
import io.github.lesionj.runtime.SavedModelReport.TensorInfo;
import io.github.lesionj.runtime.TensorFlowService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.scijava.Context;

/**
 * Loads a network, predicts once and closes it, again and again in one process, and says what memory the process holds.
 *
 * <p>Start it with {@code -Xms} equal to {@code -Xmx} and {@code -XX:+AlwaysPreTouch}, so that Java's heap does not count.
 */
public final class Soak {

    private static final int WARM_UP = 100;

    private Soak() {
    }

    /** A model's name, folder or zip, or the folder of a SavedModel; cycles; how many of them are warm-up (100). */
    public static void main(String[] arguments) {
        try (Context context = new Context(TensorFlowService.class)) {
            Map<String, Object> line = run(context.service(TensorFlowService.class).backend(), arguments[0],
                Integer.parseInt(arguments[1]), arguments.length > 2 ? Integer.parseInt(arguments[2]) : WARM_UP);
            System.out.println(new Gson().toJson(line));
        }
        System.exit(0);
    }

    /** The benchmark's line. */
    static Map<String, Object> run(Backend backend, String model, int cycles, int warmUp) {
        Path savedModel = Path.of(model);
        String signature = "serving_default";
        if (!Files.isRegularFile(savedModel.resolve("saved_model.pb"))) {
            ModelPackage opened = ModelLibrary.open(model, backend).get(0);
            savedModel = opened.savedModel();
            signature = opened.card().signature().key();
        }
        Map<String, FloatTensor> inputs = zeros(backend.inspect(savedModel).signatures().get(signature).inputs());
        long start = System.nanoTime();
        long before = 0;
        for (int cycle = 0; cycle < cycles; cycle++) {
            if (cycle == warmUp) {
                before = residentKilobytes();
            }
            try (Predictor predictor = backend.open(savedModel, signature, "cpu")) {
                predictor.predict(inputs);
            }
        }
        long after = residentKilobytes();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("benchmark", "load_predict_close");
        line.put("model", model);
        line.put("cycles", cycles);
        line.put("warm_up", warmUp);
        line.put("resident_mb_after_warm_up", before / 1024.0);
        line.put("resident_mb", after / 1024.0);
        line.put("growth", (double) after / before - 1);
        line.put("seconds", (System.nanoTime() - start) / 1e9);
        return line;
    }

    private static Map<String, FloatTensor> zeros(Map<String, TensorInfo> inputs) {
        Map<String, FloatTensor> zeros = new LinkedHashMap<>();
        inputs.forEach((name, info) -> {
            int[] shape = info.shape().stream().mapToInt(length -> Math.max(1, length.intValue())).toArray();
            zeros.put(name, new FloatTensor(new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)], shape));
        });
        return zeros;
    }

    /** Memory that the process holds, as Linux tells it. */
    private static long residentKilobytes() {
        System.gc();
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:")).findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D", ""))).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("only Linux tells how much memory a process holds", e);
        }
    }
}
