package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TrainingImages;
import io.github.lesionj.host.ForkedJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cross-validation by bin/lesionj that is killed in its second fold, beside one that nobody disturbs. */
class CrossValidationKillIT {

    private static final Path APP = Path.of(System.getProperty("lesionj.app"));
    private static final Map<String, String> ENVIRONMENT = Map.of("LESIONJ_APP", APP.toString(), "LESIONJ_MEMORY", "1g",
        "LESIONJ_THREADS", "1");

    @TempDir
    private Path folder;

    private List<String> command(String output) {
        return List.of(APP.resolve("../../bin/lesionj").normalize().toAbsolutePath().toString(), "Train Classifier...",
            "data=" + folder.resolve("data"), "output=" + folder.resolve(output), "model_name=tiny-folds", "folds=3", "size=28",
            "epochs=6", "batch=8", "options=width=4,depth=1,stages=2", "augment=strong", "seed=5", "device=cpu");
    }

    @Test
    void goesOnInTheFoldWhereItWasAndEndsAtTheSameFigures() throws Exception {
        TrainingImages.write(folder.resolve("data"), 12);
        ForkedJava.Result whole = ForkedJava.run(folder, command("whole"), ENVIRONMENT);
        assertEquals(0, whole.status(), whole.error());

        String until = killedIn("fold 2 of 3  epoch 3/");
        assertTrue(until.contains("fold 1: held-out AUC"), until);
        assertEquals("running", ResultFiles.ledger(folder.resolve("killed")).get("status").getAsString());

        ForkedJava.Result again = ForkedJava.run(folder, command("killed"), ENVIRONMENT);
        assertEquals(0, again.status(), again.error());
        assertTrue(again.out().contains("; it was trained already") && !again.out().contains("fold 1 of 3  epoch"), again.out());
        assertTrue(again.out().contains("fold 2 of 3  Resumed after epoch"), again.out());
        assertFalse(again.out().contains("fold 2 of 3  epoch 1/"), again.out());
        for (String file : List.of("results.csv", "metrics.json", "model/test_output.npy", "model/weights.safetensors",
                "folds/2/metrics.json", "folds/2/model/weights.safetensors")) {
            assertArrayEquals(Files.readAllBytes(folder.resolve("whole").resolve(file)), Files.readAllBytes(folder.resolve("killed").resolve(file)), file);
        }
    }

    /** Kills the run as soon as it has said something; gives what it said until then. */
    private String killedIn(String said) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "killed", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command("killed")).directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(out.toFile());
        builder.environment().putAll(ENVIRONMENT);
        Process process = builder.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!Files.readString(out).contains(said) && process.isAlive() && System.nanoTime() < end) {
            Thread.sleep(2);
        }
        process.destroyForcibly().waitFor();
        return Files.readString(out);
    }
}
