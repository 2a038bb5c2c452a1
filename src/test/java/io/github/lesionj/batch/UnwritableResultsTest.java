package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UnwritableException;
import io.github.lesionj.door.FakeBackend;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.SmallDisk;
import io.github.lesionj.pipeline.Explain;
import io.github.lesionj.pipeline.ImageClassifier;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.results.ResultSet;
import io.github.lesionj.results.RunIdentity;
import io.github.lesionj.results.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run whose results cannot be kept. */
class UnwritableResultsTest {

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
    void aPictureThatCannotBeWrittenFailsItsImageOnly() throws IOException {
        Files.createDirectories(runs.output().resolve("overlays/01.png.png/in the way"));
        assertEquals(RunStatus.PARTIAL, runs.run(FakeRuns.images(3), 4, new FakeBackend(FakeRuns.WELL)).status());
        Map<String, String> failure = ResultFiles.failures(runs.output()).get(0);
        assertEquals("01.png write", failure.get("image") + " " + failure.get("stage"));
        assertTrue(failure.get("reason").startsWith("Cannot write " + runs.output().resolve("overlays/01.png.png")), failure.toString());
        assertEquals(List.of(), ResultFiles.leftovers(runs.output()));
    }

    /** A full disk: what follows would be computed and lost as well. */
    @Test
    void whatCannotBeKeptEndsTheRun() {
        ClassifyImages.Request request = runs.request(FakeRuns.images(12), 2);
        AtomicInteger kept = new AtomicInteger();
        FakeBackend backend = new FakeBackend(FakeRuns.WELL);
        ItemListener full = new ItemListener() {
            @Override
            public void predicted(ItemKey item, ImageClassifier.Result result) {
                if (kept.incrementAndGet() == 4) {
                    throw new UnwritableException(runs.output().resolve("scores.csv"), new IOException("No space left on device"));
                }
            }
        };
        try (ResultRun run = ResultRun.open(runs.output(), null, new RunIdentity("c", Map.of(), List.of(), Map.of()), List.of("normal", "lesion"));
                ImageClassifier classifier = ImageClassifier.open(backend, request.models(), "cpu", Explain.NONE);
                ItemWriter writer = new ItemWriter(run, classifier.classNames(), false, ItemWriter.Display.NONE)) {
            ImageBatch batch = new ImageBatch(classifier, run, writer, 2, 0, full, Progress.NONE);
            UnwritableException reason = assertThrows(UnwritableException.class, () -> batch.classify(request.inputs().inputs()));
            assertEquals("Cannot write " + runs.output().resolve("scores.csv") + ": No space left on device. Check that the disk is not full; "
                + "the same command then goes on where it stopped.", reason.getMessage());
            run.abort(reason);
        }
        assertEquals(List.of(2, 2), backend.batches());
        assertTrue(ResultFiles.counts(runs.output()).endsWith("/0/3/0"), ResultFiles.counts(runs.output()));
    }

    /** The same from the threads that draw. */
    @Test
    void whatAWriterCannotKeepEndsTheRun() {
        ItemWriter.Display full = (row, position, map, regions, color) -> {
            throw new UnwritableException(runs.output().resolve("rows.csv"), new IOException("No space left on device"));
        };
        FakeBackend backend = new FakeBackend(FakeRuns.WELL);
        assertThrows(UnwritableException.class, () -> ClassifyImages.run(runs.request(FakeRuns.images(40), 1), backend, full, Progress.NONE));
        assertTrue(backend.batches().size() < 40, backend.batches().toString());
        assertTrue(ResultFiles.ledger(runs.output()).get("error").getAsString().contains("No space left on device"));
        assertEquals(List.of(), ResultFiles.failures(runs.output()));
    }

    @Test
    void aFullDiskLosesNothingAndIsContinuedWhenThereIsRoom() throws Exception {
        try (SmallDisk disk = new SmallDisk(runs.output(), "96k")) {
            List<BatchInput> inputs = FakeRuns.images(40);
            LesionJException error = null;
            ResultSet found = null;
            try {
                found = runs.run(inputs, 4, new FakeBackend(FakeRuns.WELL));
            } catch (LesionJException e) {
                error = e;
            }
            assertTrue(error != null ? error.getMessage().contains("No space left") : found.status() == RunStatus.PARTIAL
                && found.failures().get(0).reason().contains("No space left"), error + " " + found);
            disk.resize("8m");
            assertEquals(RunStatus.DONE, runs.run(inputs, 4, new FakeBackend(FakeRuns.WELL)).status());
            runs.assertRows(40);
            assertFalse(ResultFiles.counts(runs.output()).startsWith("done 40/0/"), ResultFiles.counts(runs.output()));
            assertEquals(List.of(), ResultFiles.leftovers(runs.output()));
        }
    }
}
