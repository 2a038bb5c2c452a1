package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.Progress;
import io.github.lesionj.door.FakeBackend;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.results.ResultSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs of {@code Classify Image...} over flat grey images with a network that gives their grey value.
 *
 * @param folder holds {@code in} and {@code out}
 */
record FakeRuns(Path folder) {

    /** Every batch is computed. */
    static final Consumer<FloatTensor> WELL = batch -> { };

    Path output() {
        return folder.resolve("out");
    }

    static List<BatchInput> images(int count) {
        return IntStream.range(0, count).<BatchInput>mapToObj(i -> GreyInput.of(String.format(Locale.ROOT, "%02d.png", i), 5 * i)).toList();
    }

    ClassifyImages.Request request(List<BatchInput> inputs, int batch) {
        ModelPackage model = new ModelPackage(folder, TinyModel.named("brightness").card(), folder, "0123456789abcdef");
        return new ClassifyImages.Request("Classify Image...", Map.of("batch", Integer.toString(batch)),
            new BatchInputs(folder.resolve("in"), inputs, List.of()), List.of(model), Explain.AUTO, "cpu", batch, 0, output(), Map.of());
    }

    ResultSet run(List<BatchInput> inputs, int batch, FakeBackend backend) {
        return ClassifyImages.run(request(inputs, batch), backend, ItemWriter.Display.NONE, Progress.NONE);
    }

    void assertRows(int count) {
        List<Map<String, String>> rows = ResultFiles.rows(output());
        assertEquals(count, rows.size());
        for (int i = 0; i < count; i++) {
            assertEquals(5 * i / 255.0, Double.parseDouble(rows.get(i).get("p_lesion")), 1e-6);
        }
    }

    static void awaitUninterruptibly(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException e) {
                // a decoder does not listen either
            }
        }
    }

    /** A run leaves no thread of its own behind. */
    static void threadsHaveEnded() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (!ourThreads().isEmpty()) {
                Thread.sleep(20);
            }
        }, () -> ourThreads().toString());
    }

    private static List<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith("LesionJ")).toList();
    }
}
