package io.github.lesionj.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application on Fiji's flat class path, TensorFlow 1.15 first on it, through SciJava's CommandService. */
class FijiIT {

    private static final Path PROJECT = Path.of(System.getProperty("lesionj.app")).toAbsolutePath().getParent().getParent();

    @TempDir
    private Path folder;
    private FijiFolder fiji;

    @BeforeEach
    void install() throws IOException {
        fiji = new FijiFolder(folder.resolve("Fiji.app"));
    }

    @AfterEach
    void uninstall() throws IOException {
        fiji.close();
    }

    private ForkedJava.Result run(String... arguments) throws Exception {
        return fiji.java(FijiCommands.class).run(FijiCommands.class.getName(), arguments);
    }

    @Test
    void everyRowOfPluginsConfigIsACommandThere() throws Exception {
        List<String> labels = Files.readAllLines(PROJECT.resolve("plugins.config")).stream()
            .filter(line -> line.startsWith("Plugins>LesionJ")).map(line -> line.split("\"")[1]).sorted().toList();
        assertTrue(labels.size() >= 5, labels.toString());
        ForkedJava.Result result = run("Devices and Runtime...");
        assertEquals(new ForkedJava.Result(0, result.out(), ""), result);
        assertEquals(labels, result.out().lines().filter(line -> line.endsWith("...")).sorted().toList());
        assertTrue(result.out().contains("2.16.2"), result.out());
    }

    @Test
    void givesTheSameNumbersAsPlainImageJ() throws Exception {
        Path model = Digits.model(folder);
        Path images = Digits.images(folder.resolve("images"), 3);
        ForkedJava.Result inFiji = run("Classify Image...", "input=" + images, "model=" + model, "explain=none", "output=" + folder.resolve("fiji"));
        assertEquals(0, inFiji.status(), inFiji.error());
        ForkedJava.Result plain = ForkedJava.run(folder, List.of(PROJECT.resolve("bin/lesionj").toString(), "Classify Image...",
            "input=" + images, "model=" + model, "explain=none", "output=" + folder.resolve("plain")), Map.of("LESIONJ_MEMORY", "1g"));
        assertEquals(new ForkedJava.Result(0, plain.out(), ""), plain);
        String expected = Files.readString(folder.resolve("plain/results.csv"));
        assertEquals(expected, Files.readString(folder.resolve("fiji/results.csv")));
        assertEquals(4, Csv.read(folder.resolve("plain/results.csv")).size(), expected);
    }

    @Test
    void aWrongValueIsOneSentence() throws Exception {
        ForkedJava.Result result = run("Classify Image...", "input=" + folder, "model=no-such", "output=" + folder.resolve("out"));
        assertEquals(2, result.status(), result.error());
        assertTrue(result.error().contains("Classify Image...: ") && result.error().contains("no-such"), result.error());
    }
}
