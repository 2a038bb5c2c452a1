package io.github.lesionj.inference;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.runtime.EngineOptions;
import io.github.lesionj.runtime.EngineReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The started engine and the devices that work on it.
 *
 * <p>Starting loads the native library; a device counts when a small multiplication on it gives the right sum.
 */
final class Engines {

    private final EngineOptions options;
    private final Path nativeFolder;
    private final Engine engine;
    private final List<String> devices = new ArrayList<>(List.of("cpu"));
    private final String reason;

    private Engines(EngineOptions options, Path nativeFolder, Engine engine) {
        this.options = options;
        this.nativeFolder = nativeFolder;
        this.engine = engine;
        this.reason = findGpus();
    }

    /** Loads the native library and starts the engine; the context class loader is set for as long as that takes. */
    static Engines start(EngineOptions options) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Engines.class.getClassLoader());
        try {
            Path folder = NativeLibrary.load(options);
            if (options.intraThreads() > 0) {
                System.setProperty("ai.djl.tensorflow.num_intraop_threads", Integer.toString(options.intraThreads()));
            }
            return new Engines(options, folder, Engine.getEngine("TensorFlow"));
        } catch (ai.djl.engine.EngineException e) {
            throw new LesionJException("TensorFlow did not start: " + e.getMessage() + ".", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private String findGpus() {
        if (!engine.hasCapability(ai.djl.engine.StandardCapabilities.CUDA)) {
            return "no GPU: this TensorFlow library sees none (the processor package is installed, "
                + "or the driver, CUDA 12 and cuDNN 8.9 are not all there)";
        }
        for (int gpu = 0; gpu < Math.max(1, engine.getGpuCount()); gpu++) {
            try {
                selfTest(Device.gpu(gpu));
                devices.add("gpu:" + gpu);
            } catch (RuntimeException e) {
                return "a GPU is there but does not work: " + e.getMessage();
            }
        }
        return "a GPU works";
    }

    /** Multiplies two matrices of ones on a device; how long it took, in ms. */
    private double selfTest(Device device) {
        int size = 256;
        long start = System.nanoTime();
        try (NDManager manager = engine.newBaseManager(device)) {
            NDArray ones = manager.ones(new Shape(size, size), DataType.FLOAT32);
            float sum = ones.matMul(ones).sum().toFloatArray()[0];
            float expected = (float) size * size * size;
            if (sum != expected) {
                throw new LesionJException("the self-test on " + device + " gave " + sum + " instead of " + expected);
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }

    /** What the user's word for a device means here. */
    SessionSettings settings(String device) {
        String word = device == null || device.isBlank() ? "auto" : device.toLowerCase(Locale.ROOT);
        String name = switch (word) {
            case "auto" -> devices.get(devices.size() > 1 ? 1 : 0);
            case "gpu" -> "gpu:0";
            default -> word;
        };
        if (!name.equals("cpu") && !name.matches("gpu:\\d{1,3}")) {
            throw new UsageException("device=" + device + " is not known; use auto, cpu, gpu, or gpu:0.");
        }
        if (!devices.contains(name)) {
            throw new LesionJException("device=" + device + " cannot be used: " + reason + ". Use device=cpu or device=auto.");
        }
        return new SessionSettings(name.equals("cpu") ? -1 : Integer.parseInt(name.substring(4)), options.intraThreads());
    }

    Engine engine() {
        return engine;
    }

    /** Whether oneDNN kernels were asked for: on, off, or default. */
    String oneDnn() {
        return NativeLibrary.oneDnn(options);
    }

    EngineReport report(String word) {
        SessionSettings chosen = settings(word);
        Device device = chosen.gpu() < 0 ? Device.cpu() : Device.gpu(chosen.gpu());
        return new EngineReport("DJL " + Engine.getDjlVersion(), engine.getVersion(), nativeFolder.toString(),
            List.copyOf(devices), chosen.device(), reason, options.intraThreads(), 0, oneDnn(), selfTest(device));
    }
}
