package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.door.FakeBackend;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.results.ResultSet;
import io.github.lesionj.results.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not continued, and where nothing can be written. */
class ClassifyImagesRefusalTest {

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
    void otherSettingsAreRefusedByName() {
        runs.run(FakeRuns.images(2), 4, new FakeBackend(FakeRuns.WELL));
        UsageException refusal = assertThrows(UsageException.class, () -> runs.run(FakeRuns.images(2), 8, new FakeBackend(FakeRuns.WELL)));
        assertTrue(refusal.getMessage().contains("batch was \"4\" and is \"8\""), refusal.getMessage());
        assertTrue(assertThrows(UsageException.class, () -> runs.run(FakeRuns.images(3), 4, new FakeBackend(FakeRuns.WELL))).getMessage()
            .contains("input that is new: 02.png"));
    }

    @Test
    void aCorrectedTruthIsRefusedWithTheOldResults() {
        runs.run(List.of(GreyInput.of("00.png", 0).labelled("normal")), 4, new FakeBackend(FakeRuns.WELL));
        runs.run(List.of(GreyInput.of("00.png", 0).labelled("normal")), 4, new FakeBackend(FakeRuns.WELL));
        assertTrue(assertThrows(UsageException.class, () -> runs.run(List.of(GreyInput.of("00.png", 0).labelled("lesion")), 4, new FakeBackend(FakeRuns.WELL)))
            .getMessage().contains("the true labels have changed"));
        assertEquals("normal", ResultFiles.rows(runs.output()).get(0).get("truth"));
    }

    @Test
    void anOtherCardIsRefusedWithTheOldResults() throws IOException {
        Path card = Files.writeString(folder.resolve("rdf.yaml"), "threshold: 0.5\n");
        runs.run(FakeRuns.images(2), 4, new FakeBackend(FakeRuns.WELL));
        Files.writeString(card, "threshold: 0.9\n");
        assertTrue(assertThrows(UsageException.class, () -> runs.run(FakeRuns.images(2), 4, new FakeBackend(FakeRuns.WELL))).getMessage()
            .contains("the card of the model has changed"));
    }

    @Test
    void aSecondRunWaitsForNobodysFolder() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FakeBackend slow = new FakeBackend(batch -> {
            inside.countDown();
            FakeRuns.awaitUninterruptibly(release);
        });
        FutureTask<ResultSet> first = new FutureTask<>(() -> runs.run(FakeRuns.images(3), 4, slow));
        new Thread(first).start();
        assertTrue(inside.await(10, TimeUnit.SECONDS));
        try {
            UsageException refusal = assertThrows(UsageException.class, () -> runs.run(FakeRuns.images(3), 4, new FakeBackend(FakeRuns.WELL)));
            assertTrue(refusal.getMessage().startsWith("Another run is writing into " + runs.output()), refusal.getMessage());
        } finally {
            release.countDown();
        }
        assertEquals(RunStatus.DONE, first.get().status());
        runs.assertRows(3);
    }

    @Test
    void anOutputThatIsAFile() throws IOException {
        Files.writeString(runs.output(), "mine");
        assertTrue(assertThrows(UsageException.class, () -> runs.run(FakeRuns.images(3), 4, new FakeBackend(FakeRuns.WELL))).getMessage().contains("is a file"));
        assertEquals("mine", Files.readString(runs.output()));
    }

    @Test
    void anOutputBelowAFileCannotBeMade() throws IOException {
        Files.writeString(folder.resolve("file"), "mine");
        ClassifyImages.Request request = runs.request(FakeRuns.images(3), 4);
        ClassifyImages.Request below = new ClassifyImages.Request(request.command(), request.keys(), request.inputs(), request.models(),
            request.explain(), "cpu", 4, 0, folder.resolve("file/out"), Map.of());
        LesionJException error = assertThrows(LesionJException.class,
            () -> ClassifyImages.run(below, new FakeBackend(FakeRuns.WELL), ItemWriter.Display.NONE, Progress.NONE));
        assertEquals(1, error.exitStatus().code());
        assertTrue(error.getMessage().startsWith("Cannot make the output folder " + folder.resolve("file/out")), error.getMessage());
    }
}
