package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.door.FakeBackend;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.pipeline.ImageClassifier;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.results.RunIdentity;
import io.github.lesionj.results.RunStatus;
import io.github.lesionj.runtime.OutOfDeviceMemoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job with a network that fails on purpose: what was finished stays, what was opened is closed. */
class ClassifyImagesTest {

    @TempDir
    private Path folder;
    private FakeRuns runs;

    @BeforeEach
    void runsInTheFolder() {
        runs = new FakeRuns(folder);
    }

    @AfterEach
    void threadsHaveEnded() {
        FakeRuns.threadsHaveEnded();
    }

    @Test
    void aBatchThatDoesNotFitIsHalvedUntilItDoes() {
        FakeBackend backend = new FakeBackend(batch -> {
            if (batch.batch() > 2) {
                throw new OutOfDeviceMemoryException("full", null);
            }
        });
        assertEquals(RunStatus.DONE, runs.run(FakeRuns.images(11), 8, backend).status());
        runs.assertRows(11);
        // 8 and 4 are tried once, then never again
        assertEquals(List.of(8, 4, 2, 2, 2, 2, 2, 1), backend.batches());
        assertEquals(0, backend.open());
    }

    @Test
    void anImageThatDoesNotFitAloneIsListed() {
        FakeBackend backend = new FakeBackend(batch -> {
            throw new OutOfDeviceMemoryException("The network does not fit into memory.", null);
        });
        assertEquals(RunStatus.FAILED, runs.run(FakeRuns.images(3), 2, backend).status());
        assertEquals("failed 3/0/0/3", ResultFiles.counts(runs.output()));
        assertEquals("The network does not fit into memory.", ResultFiles.failures(runs.output()).get(2).get("reason"));
    }

    @Test
    void oneImageOfABatchIsNamedByItself() {
        FakeBackend backend = new FakeBackend(batch -> {
            for (float value : batch.values()) {
                if (value == 15 / 255f) {
                    throw new LesionJException("not this one");
                }
            }
        });
        assertEquals(RunStatus.PARTIAL, runs.run(FakeRuns.images(8), 4, backend).status());
        assertEquals("partial 8/0/7/1", ResultFiles.counts(runs.output()));
        assertEquals(Map.of("image", "03.png", "stage", "predict", "reason", "not this one"), ResultFiles.failures(runs.output()).get(0));
    }

    @Test
    void aDefectEndsTheRunAndEveryThread() {
        AtomicInteger open = new AtomicInteger();
        List<BatchInput> inputs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            inputs.add(new GreyInput(i + ".tif", i, 40, open, z -> { }));
        }
        AtomicInteger batches = new AtomicInteger();
        FakeBackend backend = new FakeBackend(batch -> {
            if (batches.incrementAndGet() == 3) {
                throw new IllegalStateException("a defect");
            }
        });
        assertThrows(IllegalStateException.class, () -> runs.run(inputs, 16, backend));
        assertEquals("failed", ResultFiles.ledger(runs.output()).get("status").getAsString());
        assertEquals("a defect", ResultFiles.ledger(runs.output()).get("error").getAsString());
        assertEquals(32, ResultFiles.rows(runs.output()).size());
        assertEquals(0, backend.open());
        threadsHaveEnded();
        assertEquals(0, open.get(), "sources left open");
        assertEquals(List.of(), ResultFiles.leftovers(runs.output()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 20, 31, 45, 64})
    void cancelAtAnyMomentAndGoOn(int after) {
        List<BatchInput> inputs = FakeRuns.images(30);
        AtomicInteger asked = new AtomicInteger();
        Progress impatient = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                assertTrue(done <= total, done + " of " + total);
            }

            @Override
            public boolean cancelled() {
                return asked.incrementAndGet() > after;
            }
        };
        FakeBackend backend = new FakeBackend(FakeRuns.WELL);
        boolean cancelled = false;
        try {
            ClassifyImages.run(runs.request(inputs, 4), backend, ItemWriter.Display.NONE, impatient);
        } catch (CancelledException e) {
            cancelled = true;
        }
        int before = 0;
        if (Files.exists(runs.output())) {
            before = ResultFiles.rows(runs.output()).size();
            assertEquals(cancelled ? "cancelled" : "done", ResultFiles.ledger(runs.output()).get("status").getAsString());
        }
        assertEquals(0, backend.open());
        assertEquals(RunStatus.DONE, runs.run(inputs, 4, backend).status());
        assertEquals("done 30/" + before + "/" + (30 - before) + "/0", ResultFiles.counts(runs.output()));
        runs.assertRows(30);
        assertEquals(List.of(), ResultFiles.leftovers(runs.output()));
    }

    @Test
    void cancelWhileAnImageIsReadDoesNotWaitForIt() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch reading = new CountDownLatch(1);
        AtomicInteger open = new AtomicInteger();
        BatchInput endless = new GreyInput("endless.tif", 1, 1, open, z -> {
            if (z == 1) {
                reading.countDown();
                FakeRuns.awaitUninterruptibly(release);
            }
        });
        Progress waiting = new Progress() {
            @Override
            public void report(long done, long total, String what) {
                // not of interest
            }

            @Override
            public boolean cancelled() {
                return reading.getCount() == 0;
            }
        };
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThrows(CancelledException.class,
            () -> ClassifyImages.run(runs.request(List.of(endless), 4), new FakeBackend(FakeRuns.WELL), ItemWriter.Display.NONE, waiting)));
        assertEquals("cancelled", ResultFiles.ledger(runs.output()).get("status").getAsString());
        release.countDown();
        threadsHaveEnded();
        assertEquals(0, open.get());
    }

    @Test
    void aKilledRunIsContinued() {
        List<BatchInput> inputs = FakeRuns.images(12);
        ClassifyImages.Request request = runs.request(inputs, 4);
        RunIdentity identity = new RunIdentity(request.command(), request.keys(), List.of(new RunIdentity.Model("brightness", "0123456789abcdef", "")),
            inputs.stream().collect(java.util.stream.Collectors.toMap(BatchInput::path, BatchInput::checksum, (a, b) -> a, java.util.LinkedHashMap::new)));
        try (ResultRun killed = ResultRun.open(runs.output(), folder.resolve("in"), identity, List.of("normal", "lesion"));
                ImageClassifier classifier = ImageClassifier.open(new FakeBackend(FakeRuns.WELL), request.models(), "cpu", Explain.AUTO);
                ItemWriter writer = new ItemWriter(killed, classifier.classNames(), true, ItemWriter.Display.NONE)) {
            new ImageBatch(classifier, killed, writer, 4, 0, Progress.NONE).classify(inputs.subList(0, 5));
        }
        assertEquals("running", ResultFiles.ledger(runs.output()).get("status").getAsString());
        FakeBackend backend = new FakeBackend(FakeRuns.WELL);
        assertEquals(RunStatus.DONE, runs.run(inputs, 4, backend).status());
        assertEquals("done 12/5/7/0", ResultFiles.counts(runs.output()));
        assertEquals(7, backend.batches().stream().mapToInt(Integer::intValue).sum());
        runs.assertRows(12);
        assertEquals(List.of(), ResultFiles.leftovers(runs.output()));
    }

    @Test
    void aFinishedRunIsNotComputedAgain() throws IOException {
        runs.run(FakeRuns.images(5), 4, new FakeBackend(FakeRuns.WELL));
        String table = Files.readString(runs.output().resolve("results.csv"));
        FakeBackend backend = new FakeBackend(FakeRuns.WELL);
        assertEquals(RunStatus.DONE, runs.run(FakeRuns.images(5), 4, backend).status());
        assertEquals(List.of(), backend.batches());
        assertEquals("done 5/5/0/0", ResultFiles.counts(runs.output()));
        assertEquals(table, Files.readString(runs.output().resolve("results.csv")));
    }

    @Test
    void aReaderWithADefectIsListedAndAPlaneTooMuchForMemory() {
        AtomicInteger open = new AtomicInteger();
        List<BatchInput> inputs = List.of(GreyInput.of("00.png", 0),
            new GreyInput("opening.tif", 0, 3, open, z -> {
                throw new ArrayIndexOutOfBoundsException("Index 7");
            }),
            new GreyInput("second.tif", 255, 3, open, z -> {
                if (z == 2) {
                    throw new NegativeArraySizeException("-1");
                }
            }),
            new GreyInput("memory.tif", 0, 1, open, z -> {
                if (z == 1) {
                    throw new OutOfMemoryError("Java heap space");
                }
            }));
        assertEquals(RunStatus.PARTIAL, runs.run(inputs, 4, new FakeBackend(FakeRuns.WELL)).status());
        assertEquals("partial 6/0/3/3", ResultFiles.counts(runs.output()));
        List<Map<String, String>> failures = ResultFiles.failures(runs.output());
        assertEquals(List.of("opening.tif", "second.tif_c1_z2_t1", "memory.tif"), failures.stream().map(row -> row.get("image")).toList());
        assertTrue(failures.get(0).get("reason").contains("Index 7"), failures.toString());
        assertTrue(failures.get(2).get("reason").contains("does not fit into Java's memory"), failures.toString());
        assertEquals(0, open.get());
    }
}
