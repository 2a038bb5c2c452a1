package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.phantom.PhantomSet;
import io.github.lesionj.door.TrainingImages;
import io.github.lesionj.host.ForkedJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code Train Classifier...} by bin/lesionj, killed as {@code kill -9} does, beside one that nobody disturbs. */
class TrainingKillIT {

    private static final Path APP = Path.of(System.getProperty("lesionj.app"));
    private static final int EPOCHS = 24;
    /** Of 24 images in batches of 8. */
    private static final int STEPS_PER_EPOCH = 3;
    private static final Pattern RESUMED = Pattern.compile("Resumed after epoch (\\d+) of " + EPOCHS + "\\.");

    @TempDir
    private Path folder;

    private List<String> command(String output) {
        return List.of(APP.resolve("../../bin/lesionj").normalize().toAbsolutePath().toString(), "Train Classifier...",
            "data=" + folder.resolve("data"), "output=" + folder.resolve(output), "model_name=tiny-lesion", "validation=0.25", "size=28",
            "epochs=" + EPOCHS, "batch=8", "options=width=4,depth=1,stages=2", "augment=strong", "dropout=0.3", "seed=5", "device=cpu");
    }

    private static Map<String, String> environment(int threads) {
        return Map.of("LESIONJ_APP", APP.toString(), "LESIONJ_MEMORY", "1g", "LESIONJ_THREADS", Integer.toString(threads));
    }

    private ForkedJava.Result train(String output, int threads) throws Exception {
        return ForkedJava.run(folder, command(output), environment(threads));
    }

    /** A stride on a shortcut of few channels at 128 px: where oneDNN's own kernel ends the process. */
    @Test
    void aNarrowNetworkOnLargeImagesSurvivesOneDnn() throws Exception {
        PhantomSet.write(folder.resolve("large"), 8, 1, 128, 128, Progress.NONE);
        List<String> large = new ArrayList<>(command("narrow"));
        large.replaceAll(word -> word.startsWith("data=") ? "data=" + folder.resolve("large") : word.startsWith("size=") ? "size=128"
            : word.startsWith("epochs=") ? "epochs=2" : word);
        Map<String, String> environment = new HashMap<>(environment(2));
        environment.put("LESIONJ_ONEDNN", "on");
        ForkedJava.Result result = ForkedJava.run(folder, large, environment);
        assertEquals(new ForkedJava.Result(0, result.out(), ""), result);
    }

    /** Kills the training some milliseconds after an epoch has ended; gives what it printed until then. */
    private String trainAndKill(String output, int epoch, int millis) throws Exception {
        Path out = Files.createTempFile(folder, "killed", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command(output)).directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(out.toFile());
        builder.environment().putAll(environment(1));
        Process process = builder.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!Files.readString(out).contains("epoch " + epoch + "/") && process.isAlive() && System.nanoTime() < end) {
            Thread.sleep(2);
        }
        Thread.sleep(millis);
        process.destroyForcibly().waitFor();
        assertEquals("running", status(output), () -> "killed after epoch " + epoch + " and " + millis + " ms: " + read(out));
        return read(out);
    }

    private String status(String output) throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve(output).resolve("run.json"))).getAsJsonObject()
            .get("status").getAsString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int resumedAfter(String out) {
        Matcher matcher = RESUMED.matcher(out);
        assertTrue(matcher.find(), out);
        return Integer.parseInt(matcher.group(1));
    }

    /** The lines of the epochs without their seconds. */
    private static List<String> epochs(String out) {
        List<String> lines = new ArrayList<>();
        out.lines().filter(line -> line.startsWith("epoch ")).forEach(line -> lines.add(line.replaceAll("\\s+\\d+ s$", "")));
        return lines;
    }

    private void assertSameFile(String file) throws IOException {
        assertArrayEquals(Files.readAllBytes(folder.resolve("whole").resolve(file)), Files.readAllBytes(folder.resolve("killed").resolve(file)), file);
    }

    @Test
    void killedTwiceItEndsAtTheWeightsOfOneThatWasNot() throws Exception {
        TrainingImages.write(folder.resolve("data"), 16);
        ForkedJava.Result whole = train("whole", 1);
        assertEquals(0, whole.status(), whole.error());

        Random random = new Random();
        trainAndKill("killed", 2 + random.nextInt(5), random.nextInt(60));
        String second = trainAndKill("killed", 10 + random.nextInt(5), random.nextInt(60));
        int first = resumedAfter(second);
        assertTrue(first >= 2, second);
        assertEquals(first + 1, Integer.parseInt(epochs(second).get(0).replaceAll("epoch (\\d+)/.*", "$1")), second);

        ForkedJava.Result otherThreads = train("killed", 2);
        assertEquals(2, otherThreads.status(), otherThreads.error());
        assertTrue(otherThreads.error().strip().matches("Train Classifier\\.\\.\\.: The training in \\S+ cannot be resumed, for it would "
            + "not end at the same weights: threads was 1 and is 2\\. Run it as before, or start anew with resume=no\\."),
            otherThreads.error());

        ForkedJava.Result killed = train("killed", 1);
        assertEquals(0, killed.status(), killed.error());
        int last = resumedAfter(killed.out());
        assertTrue(last >= 10, killed.out());
        assertEquals(epochs(whole.out()).subList(last, EPOCHS), epochs(killed.out()));
        assertEquals("done", status("killed"));
        assertSameFile("training/checkpoint/weights-" + STEPS_PER_EPOCH * EPOCHS + ".safetensors");
        assertSameFile("training/checkpoint/moments-" + STEPS_PER_EPOCH * EPOCHS + ".safetensors");
        assertSameFile("training/weights.safetensors");
        assertSameFile("model/test_output.npy");
        assertSameFile("results.csv");
        assertSameFile("metrics.json");
    }
}
