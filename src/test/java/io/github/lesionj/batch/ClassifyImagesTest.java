package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UnwritableException;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.door.FakeBackend;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TinyModel;
import io.github.lesionj.modelpackage.ModelPackage;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.pipeline.ImageClassifier;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.results.ResultSet;
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
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job with a network that fails on purpose: what was finished stays, what was opened is closed. */
class ClassifyImagesTest {

    private static final Consumer<FloatTensor> WELL = batch -> { };

    @TempDir
    private Path folder;

    @AfterEach
    void threadsHaveEnded() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (!ourThreads().isEmpty()) {
                Thread.sleep(20);
            }
        }, () -> ourThreads().toString());
    }

    private static List<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith("LesionJ")).toList();
    }

    private Path output() {
        return folder.resolve("out");
    }

    private static List<BatchInput> images(int count) {
        return IntStream.range(0, count).<BatchInput>mapToObj(i -> GreyInput.of(String.format(java.util.Locale.ROOT, "%02d.png", i), 5 * i)).toList();
    }

    private ClassifyImages.Request request(List<BatchInput> inputs, int batch) {
        ModelPackage model = new ModelPackage(folder, TinyModel.named("brightness").card(), folder, "0123456789abcdef");
        return new ClassifyImages.Request("Classify Image...", Map.of("batch", Integer.toString(batch)),
            new BatchInputs(folder.resolve("in"), inputs, List.of()), List.of(model), Explain.AUTO, "cpu", batch, 0, output(), Map.of());
    }

    private ResultSet run(List<BatchInput> inputs, int batch, FakeBackend backend) {
        return ClassifyImages.run(request(inputs, batch), backend, ItemWriter.Display.NONE, Progress.NONE);
    }

    private void assertRows(int count) {
        List<Map<String, String>> rows = ResultFiles.rows(output());
        assertEquals(count, rows.size());
        for (int i = 0; i < count; i++) {
            assertEquals(5 * i / 255.0, Double.parseDouble(rows.get(i).get("p_lesion")), 1e-6);
        }
    }

    @Test
    void aBatchThatDoesNotFitIsHalvedUntilItDoes() {
        FakeBackend backend = new FakeBackend(batch -> {
            if (batch.batch() > 2) {
                throw new OutOfDeviceMemoryException("full", null);
            }
        });
        assertEquals(RunStatus.DONE, run(images(11), 8, backend).status());
        assertRows(11);
        // 8 and 4 are tried once, then never again
        assertEquals(List.of(8, 4, 2, 2, 2, 2, 2, 1), backend.batches());
        assertEquals(0, backend.open());
    }

    @Test
    void anImageThatDoesNotFitAloneIsListed() {
        FakeBackend backend = new FakeBackend(batch -> {
            throw new OutOfDeviceMemoryException("The network does not fit into memory.", null);
        });
        assertEquals(RunStatus.FAILED, run(images(3), 2, backend).status());
        assertEquals("failed 3/0/0/3", ResultFiles.counts(output()));
        assertEquals("The network does not fit into memory.", ResultFiles.failures(output()).get(2).get("reason"));
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
        assertEquals(RunStatus.PARTIAL, run(images(8), 4, backend).status());
        assertEquals("partial 8/0/7/1", ResultFiles.counts(output()));
        assertEquals(Map.of("image", "03.png", "stage", "predict", "reason", "not this one"), ResultFiles.failures(output()).get(0));
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
        assertThrows(IllegalStateException.class, () -> run(inputs, 16, backend));
        assertEquals("failed", ResultFiles.ledger(output()).get("status").getAsString());
        assertEquals("a defect", ResultFiles.ledger(output()).get("error").getAsString());
        assertEquals(32, ResultFiles.rows(output()).size());
        assertEquals(0, backend.open());
        threadsHaveEnded();
        assertEquals(0, open.get(), "sources left open");
        assertEquals(List.of(), ResultFiles.leftovers(output()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 20, 31, 45, 64})
    void cancelAtAnyMomentAndGoOn(int after) {
        List<BatchInput> inputs = images(30);
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
        FakeBackend backend = new FakeBackend(WELL);
        boolean cancelled = false;
        try {
            ClassifyImages.run(request(inputs, 4), backend, ItemWriter.Display.NONE, impatient);
        } catch (CancelledException e) {
            cancelled = true;
        }
        int before = 0;
        if (Files.exists(output())) {
            before = ResultFiles.rows(output()).size();
            assertEquals(cancelled ? "cancelled" : "done", ResultFiles.ledger(output()).get("status").getAsString());
        }
        assertEquals(0, backend.open());
        assertEquals(RunStatus.DONE, run(inputs, 4, backend).status());
        assertEquals("done 30/" + before + "/" + (30 - before) + "/0", ResultFiles.counts(output()));
        assertRows(30);
        assertEquals(List.of(), ResultFiles.leftovers(output()));
    }

    @Test
    void cancelWhileAnImageIsReadDoesNotWaitForIt() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch reading = new CountDownLatch(1);
        AtomicInteger open = new AtomicInteger();
        BatchInput endless = new GreyInput("endless.tif", 1, 1, open, z -> {
            if (z == 1) {
                reading.countDown();
                awaitUninterruptibly(release);
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
            () -> ClassifyImages.run(request(List.of(endless), 4), new FakeBackend(WELL), ItemWriter.Display.NONE, waiting)));
        assertEquals("cancelled", ResultFiles.ledger(output()).get("status").getAsString());
        release.countDown();
        threadsHaveEnded();
        assertEquals(0, open.get());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
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

    @Test
    void aKilledRunIsContinued() {
        List<BatchInput> inputs = images(12);
        ClassifyImages.Request request = request(inputs, 4);
        RunIdentity identity = new RunIdentity(request.command(), request.keys(), List.of(new RunIdentity.Model("brightness", "0123456789abcdef", "")),
            inputs.stream().collect(java.util.stream.Collectors.toMap(BatchInput::path, BatchInput::checksum, (a, b) -> a, java.util.LinkedHashMap::new)));
        try (ResultRun killed = ResultRun.open(output(), folder.resolve("in"), identity, List.of("normal", "lesion"));
                ImageClassifier classifier = ImageClassifier.open(new FakeBackend(WELL), request.models(), "cpu", Explain.AUTO);
                ItemWriter writer = new ItemWriter(killed, classifier.classNames(), true, ItemWriter.Display.NONE)) {
            new ImageBatch(classifier, killed, writer, 4, 0, Progress.NONE).classify(inputs.subList(0, 5));
        }
        assertEquals("running", ResultFiles.ledger(output()).get("status").getAsString());
        FakeBackend backend = new FakeBackend(WELL);
        assertEquals(RunStatus.DONE, run(inputs, 4, backend).status());
        assertEquals("done 12/5/7/0", ResultFiles.counts(output()));
        assertEquals(7, backend.batches().stream().mapToInt(Integer::intValue).sum());
        assertRows(12);
        assertEquals(List.of(), ResultFiles.leftovers(output()));
    }

    @Test
    void aFinishedRunIsNotComputedAgain() throws IOException {
        run(images(5), 4, new FakeBackend(WELL));
        String table = Files.readString(output().resolve("results.csv"));
        FakeBackend backend = new FakeBackend(WELL);
        assertEquals(RunStatus.DONE, run(images(5), 4, backend).status());
        assertEquals(List.of(), backend.batches());
        assertEquals("done 5/5/0/0", ResultFiles.counts(output()));
        assertEquals(table, Files.readString(output().resolve("results.csv")));
    }

    @Test
    void otherSettingsAreRefusedByName() {
        run(images(2), 4, new FakeBackend(WELL));
        UsageException refusal = assertThrows(UsageException.class, () -> run(images(2), 8, new FakeBackend(WELL)));
        assertTrue(refusal.getMessage().contains("batch was \"4\" and is \"8\""), refusal.getMessage());
        assertTrue(assertThrows(UsageException.class, () -> run(images(3), 4, new FakeBackend(WELL))).getMessage()
            .contains("input that is new: 02.png"));
    }

    @Test
    void aSecondRunWaitsForNobodysFolder() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FakeBackend slow = new FakeBackend(batch -> {
            inside.countDown();
            awaitUninterruptibly(release);
        });
        FutureTask<ResultSet> first = new FutureTask<>(() -> run(images(3), 4, slow));
        new Thread(first).start();
        assertTrue(inside.await(10, TimeUnit.SECONDS));
        try {
            UsageException refusal = assertThrows(UsageException.class, () -> run(images(3), 4, new FakeBackend(WELL)));
            assertTrue(refusal.getMessage().startsWith("Another run is writing into " + output()), refusal.getMessage());
        } finally {
            release.countDown();
        }
        assertEquals(RunStatus.DONE, first.get().status());
        assertRows(3);
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
        assertEquals(RunStatus.PARTIAL, run(inputs, 4, new FakeBackend(WELL)).status());
        assertEquals("partial 6/0/3/3", ResultFiles.counts(output()));
        List<Map<String, String>> failures = ResultFiles.failures(output());
        assertEquals(List.of("opening.tif", "second.tif_c1_z2_t1", "memory.tif"), failures.stream().map(row -> row.get("image")).toList());
        assertTrue(failures.get(0).get("reason").contains("Index 7"), failures.toString());
        assertTrue(failures.get(2).get("reason").contains("does not fit into Java's memory"), failures.toString());
        assertEquals(0, open.get());
    }

    @Test
    void aPictureThatCannotBeWrittenFailsItsImageOnly() throws IOException {
        Files.createDirectories(output().resolve("overlays/01.png.png/in the way"));
        assertEquals(RunStatus.PARTIAL, run(images(3), 4, new FakeBackend(WELL)).status());
        Map<String, String> failure = ResultFiles.failures(output()).get(0);
        assertEquals("01.png write", failure.get("image") + " " + failure.get("stage"));
        assertTrue(failure.get("reason").startsWith("Cannot write " + output().resolve("overlays/01.png.png")), failure.toString());
        assertEquals(List.of(), ResultFiles.leftovers(output()));
    }

    @Test
    void aCorrectedTruthIsRefusedWithTheOldResults() {
        run(List.of(GreyInput.of("00.png", 0).labelled("normal")), 4, new FakeBackend(WELL));
        run(List.of(GreyInput.of("00.png", 0).labelled("normal")), 4, new FakeBackend(WELL));
        assertTrue(assertThrows(UsageException.class, () -> run(List.of(GreyInput.of("00.png", 0).labelled("lesion")), 4, new FakeBackend(WELL)))
            .getMessage().contains("the true labels have changed"));
        assertEquals("normal", ResultFiles.rows(output()).get(0).get("truth"));
    }

    @Test
    void anOtherCardIsRefusedWithTheOldResults() throws IOException {
        Path card = Files.writeString(folder.resolve("rdf.yaml"), "threshold: 0.5\n");
        run(images(2), 4, new FakeBackend(WELL));
        Files.writeString(card, "threshold: 0.9\n");
        assertTrue(assertThrows(UsageException.class, () -> run(images(2), 4, new FakeBackend(WELL))).getMessage()
            .contains("the card of the model has changed"));
    }

    /** A full disk: what follows would be computed and lost as well. */
    @Test
    void whatCannotBeKeptEndsTheRun() {
        ClassifyImages.Request request = request(images(12), 2);
        AtomicInteger kept = new AtomicInteger();
        FakeBackend backend = new FakeBackend(WELL);
        ItemListener full = new ItemListener() {
            @Override
            public void predicted(ItemKey item, ImageClassifier.Result result) {
                if (kept.incrementAndGet() == 4) {
                    throw new UnwritableException(output().resolve("scores.csv"), new IOException("No space left on device"));
                }
            }
        };
        try (ResultRun run = ResultRun.open(output(), null, new RunIdentity("c", Map.of(), List.of(), Map.of()), List.of("normal", "lesion"));
                ImageClassifier classifier = ImageClassifier.open(backend, request.models(), "cpu", Explain.NONE);
                ItemWriter writer = new ItemWriter(run, classifier.classNames(), false, ItemWriter.Display.NONE)) {
            ImageBatch batch = new ImageBatch(classifier, run, writer, 2, 0, full, Progress.NONE);
            UnwritableException reason = assertThrows(UnwritableException.class, () -> batch.classify(request.inputs().inputs()));
            assertEquals("Cannot write " + output().resolve("scores.csv") + ": No space left on device. Check that the disk is not full; "
                + "the same command then goes on where it stopped.", reason.getMessage());
            run.abort(reason);
        }
        assertEquals(List.of(2, 2), backend.batches());
        assertTrue(ResultFiles.counts(output()).endsWith("/0/3/0"), ResultFiles.counts(output()));
    }

    /** The same from the threads that draw. */
    @Test
    void whatAWriterCannotKeepEndsTheRun() {
        ItemWriter.Display full = (row, position, map, regions, color) -> {
            throw new UnwritableException(output().resolve("rows.csv"), new IOException("No space left on device"));
        };
        FakeBackend backend = new FakeBackend(WELL);
        assertThrows(UnwritableException.class, () -> ClassifyImages.run(request(images(40), 1), backend, full, Progress.NONE));
        assertTrue(backend.batches().size() < 40, backend.batches().toString());
        assertTrue(ResultFiles.ledger(output()).get("error").getAsString().contains("No space left on device"));
        assertEquals(List.of(), ResultFiles.failures(output()));
    }

    @Test
    void anOutputThatIsAFile() throws IOException {
        Files.writeString(output(), "mine");
        assertTrue(assertThrows(UsageException.class, () -> run(images(3), 4, new FakeBackend(WELL))).getMessage().contains("is a file"));
        assertEquals("mine", Files.readString(output()));
    }

    @Test
    void anOutputBelowAFileCannotBeMade() throws IOException {
        Files.writeString(folder.resolve("file"), "mine");
        ClassifyImages.Request request = request(images(3), 4);
        ClassifyImages.Request below = new ClassifyImages.Request(request.command(), request.keys(), request.inputs(), request.models(),
            request.explain(), "cpu", 4, 0, folder.resolve("file/out"), Map.of());
        LesionJException error = assertThrows(LesionJException.class,
            () -> ClassifyImages.run(below, new FakeBackend(WELL), ItemWriter.Display.NONE, Progress.NONE));
        assertEquals(1, error.exitStatus().code());
        assertTrue(error.getMessage().startsWith("Cannot make the output folder " + folder.resolve("file/out")), error.getMessage());
    }

    @Test
    void aFullDiskLosesNothingAndIsContinuedWhenThereIsRoom() throws Exception {
        Files.createDirectories(output());
        assumeTrue(mount("mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", output().toString()), "skipped: no disk can be mounted here");
        try {
            List<BatchInput> inputs = images(40);
            LesionJException error = null;
            ResultSet found = null;
            try {
                found = run(inputs, 4, new FakeBackend(WELL));
            } catch (LesionJException e) {
                error = e;
            }
            assertTrue(error != null ? error.getMessage().contains("No space left") : found.status() == RunStatus.PARTIAL
                && found.failures().get(0).reason().contains("No space left"), error + " " + found);
            assertTrue(mount("mount", "-o", "remount,size=8m", output().toString()));
            assertEquals(RunStatus.DONE, run(inputs, 4, new FakeBackend(WELL)).status());
            assertRows(40);
            assertFalse(ResultFiles.counts(output()).startsWith("done 40/0/"), ResultFiles.counts(output()));
            assertEquals(List.of(), ResultFiles.leftovers(output()));
        } finally {
            mount("umount", output().toString());
        }
    }

    private static boolean mount(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
