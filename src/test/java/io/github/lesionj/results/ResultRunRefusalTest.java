package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folders of results are not continued or written into, and what is said. */
class ResultRunRefusalTest {

    @TempDir
    private Path temporary;
    private SampleRuns runs;

    @BeforeEach
    void runsInTheFolder() {
        runs = new SampleRuns(temporary);
    }

    @Test
    void refusesOtherSettingsAndSaysWhatDiffers() {
        try (ResultRun run = runs.open(SampleRuns.identity("1", "a.png", "b.png"))) {
            run.abort(new CancelledException());
        }
        Map<String, String> inputs = new LinkedHashMap<>(Map.of("a.png", "other"));
        inputs.put("new.png", "1");
        RunIdentity other = new RunIdentity("Classify Image...", Map.of("seed", "2"), List.of(new RunIdentity.Model("m", "ffff", "")), inputs);
        String message = assertThrows(UsageException.class, () -> runs.open(other)).getMessage();
        for (String part : List.of("seed was \"1\" and is \"2\"", "model was m (01234567) and is m (ffff)", "changed: a.png",
            "new: new.png", "no longer there: b.png")) {
            assertTrue(message.contains(part), message);
        }
        // The refusal let go of the folder.
        runs.open(SampleRuns.identity("1", "a.png", "b.png")).close();
    }

    @Test
    void refusesAnotherCardAndOtherLabelsOfTheSameWeightsAndPixels() {
        RunIdentity before = SampleRuns.identity("1", "a.png");
        runs.open(labelled(before, "card", "labels")).close();
        assertEquals(List.of(), labelled(before, "card", "labels").differencesFrom(labelled(before, "card", "labels")));
        String message = assertThrows(UsageException.class, () -> runs.open(labelled(before, "other card", "other labels"))).getMessage();
        assertTrue(message.contains("the card of the model has changed") && message.contains("the true labels have changed"), message);
        assertTrue(assertThrows(UsageException.class, () -> runs.open(before)).getMessage().contains("the true labels have changed"));
        runs.open(labelled(before, "card", "labels")).close();
    }

    private static RunIdentity labelled(RunIdentity run, String card, String labels) {
        return new RunIdentity(run.command(), run.keys(), List.of(new RunIdentity.Model("m", "0123456789", card)), run.inputs(), labels);
    }

    @Test
    void aRunThatFailedWithoutARowMayBeRepeatedWithOtherSettings() {
        try (ResultRun run = runs.open(SampleRuns.identity("1", "a.png"))) {
            run.abort(new LesionJException("device=gpu cannot be used"));
        }
        try (ResultRun run = runs.open(SampleRuns.identity("2", "a.png"))) {
            run.ledger().plan(1);
            run.add(SampleRuns.row("a.png", 0.75), List.of());
            run.abort(new LesionJException("x"));
        }
        assertThrows(UsageException.class, () -> runs.open(SampleRuns.identity("1", "a.png")));
    }

    @Test
    void refusesASecondRunInTheSameProcess() {
        try (ResultRun run = runs.open(SampleRuns.identity("1", "a.png"))) {
            String message = assertThrows(UsageException.class, () -> runs.open(SampleRuns.identity("1", "a.png"))).getMessage();
            assertTrue(message.contains("Another run"), message);
        }
        runs.open(SampleRuns.identity("1", "a.png")).close();
    }

    @Test
    void refusesASecondProcess() throws Exception {
        Path out = Files.createDirectories(temporary.resolve("out"));
        Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            System.getProperty("java.class.path"), LockHolder.class.getName(), out.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            assertEquals('L', holder.getInputStream().read());
            assertThrows(UsageException.class, () -> runs.open(SampleRuns.identity("1", "a.png")));
            assertThrows(UsageException.class, () -> runs.open(SampleRuns.identity("1", "a.png")));
        } finally {
            holder.destroyForcibly().waitFor();
        }
        runs.open(SampleRuns.identity("1", "a.png")).close();
    }

    /** Holds a folder until it is killed. */
    static final class LockHolder {
        public static void main(String[] arguments) throws Exception {
            FolderLock lock = FolderLock.of(Path.of(arguments[0]));
            System.out.print('L');
            System.out.flush();
            Thread.sleep(60_000);
            lock.close();
        }
    }

    @Test
    void refusesFoldersThatWouldBeReadOrLost() throws IOException {
        Path input = Files.createDirectories(temporary.resolve("in/put"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), input);
        assertThrows(UsageException.class, () -> ResultFolder.check(input, input));
        assertThrows(UsageException.class, () -> ResultFolder.check(link, input));
        Path images = Files.createDirectories(input.resolve("images"));
        ResultFolder.check(images, input);
        Files.createFile(images.resolve("a.png"));
        assertThrows(UsageException.class, () -> ResultFolder.check(images, input));
        assertThrows(UsageException.class, () -> ResultFolder.check(link.resolve("images"), input));
        ResultFolder.check(input.resolve("a/b"), input);
        ResultFolder.check(link.resolve("new"), input);
        assertThrows(UsageException.class, () -> ResultFolder.check(Files.createFile(temporary.resolve("file")), input));
        ResultFolder.check(temporary.resolve("in/put2"), input);
        ResultFolder.check(temporary.resolve("in"), input);

        Files.createDirectories(temporary.resolve("out"));
        Files.writeString(temporary.resolve("out/results.csv"), "somebody's\n");
        assertThrows(UsageException.class, () -> runs.open(SampleRuns.identity("1", "a.png")));
        assertEquals("somebody's\n", runs.text("results.csv"));
    }

    @Test
    void refusesABrokenLedgerAndAFolderThatCannotBeMade() throws IOException {
        Files.createDirectories(temporary.resolve("out"));
        Files.writeString(temporary.resolve("out/run.json"), "{\"command\": ");
        assertTrue(ResultFolder.isResultFolder(temporary.resolve("out")));
        assertThrows(UsageException.class, () -> runs.open(SampleRuns.identity("1", "a.png")));
        Path file = Files.createFile(temporary.resolve("file"));
        assertThrows(LesionJException.class, () -> ResultRun.open(file.resolve("out"), null, SampleRuns.identity("1"), SampleRuns.CLASSES));
    }
}
