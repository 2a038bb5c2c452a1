package io.github.lesionj.door;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.Predictor;
import io.github.lesionj.runtime.SavedModelReport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A backend without TensorFlow whose networks answer as {@link TwinDetector}'s graph does. */
public final class FakeDetectorBackend {

    private static final int CELLS = TwinDetector.SIZE / TwinDetector.CELL;

    private final Consumer<FloatTensor> before;
    private final AtomicInteger loaded = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger predicted = new AtomicInteger();

    /**
     * A backend.
     *
     * @param before is shown every input batch first and may wait or throw
     */
    public FakeDetectorBackend(Consumer<FloatTensor> before) {
        this.before = before;
    }

    /** Networks that are loaded and not closed. */
    public int loaded() {
        return loaded.get();
    }

    /** Networks that were ever loaded. */
    public int opened() {
        return opened.get();
    }

    /** Images or tiles that a network has seen. */
    public int predicted() {
        return predicted.get();
    }

    /** As the front sees it. */
    public Backend backend() {
        FakeBackend others = new FakeBackend(before);
        return (Backend) Proxy.newProxyInstance(Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "inspect":
                    SavedModelReport.TensorInfo any = new SavedModelReport.TensorInfo("float", null);
                    return new SavedModelReport(Map.of("serving_default", new SavedModelReport.Signature(Map.of("image", any), Map.of("scores", any, "boxes", any))));
                case "open":
                    loaded.incrementAndGet();
                    opened.incrementAndGet();
                    return new Cells();
                default:
                    try {
                        return method.invoke(others, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
            }
        });
    }

    private final class Cells implements Predictor {

        @Override
        public Map<String, FloatTensor> predict(Map<String, FloatTensor> inputs) {
            FloatTensor images = inputs.get("image");
            before.accept(images);
            predicted.addAndGet(images.batch());
            int candidates = 2 * CELLS * CELLS;
            float[] boxes = new float[4 * candidates * images.batch()];
            float[] scores = new float[2 * candidates * images.batch()];
            for (int i = 0; i < candidates * images.batch(); i++) {
                int x = i % CELLS * TwinDetector.CELL;
                int y = i / CELLS % CELLS * TwinDetector.CELL;
                int second = i / (CELLS * CELLS) % 2;
                float mean = mean(images.item(i / candidates).values(), x, y);
                scores[2 * i] = mean / (1 + second);
                scores[2 * i + 1] = (1 - mean) / 2 / (1 + second);
                float left = x + 4f * second;
                System.arraycopy(new float[] {left, y, left + TwinDetector.CELL, y + TwinDetector.CELL}, 0, boxes, 4 * i, 4);
            }
            return Map.of("boxes", new FloatTensor(boxes, images.batch(), candidates, 4), "scores", new FloatTensor(scores, images.batch(), candidates, 2));
        }

        private float mean(float[] image, int x, int y) {
            double sum = 0;
            for (int row = y; row < y + TwinDetector.CELL; row++) {
                int from = row * TwinDetector.SIZE + x;
                for (float value : Arrays.copyOfRange(image, from, from + TwinDetector.CELL)) {
                    sum += value;
                }
            }
            return (float) (sum / (TwinDetector.CELL * TwinDetector.CELL));
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public void close() {
            loaded.decrementAndGet();
        }
    }
}
