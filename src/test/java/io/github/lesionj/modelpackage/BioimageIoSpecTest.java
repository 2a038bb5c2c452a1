package io.github.lesionj.modelpackage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards judged by bioimage.io's own library, where a Python that has it is there (LESIONJ_PYTHON, else python3). */
class BioimageIoSpecTest {

    private static final Path SCRIPT = Path.of("src/test/python/validate_card.py");

    @TempDir
    private Path folder;

    private record Run(int status, String output) {
    }

    private static Run python(String... arguments) throws IOException, InterruptedException {
        String stated = System.getProperty("lesionj.python", System.getenv().getOrDefault("LESIONJ_PYTHON", "python3"));
        List<String> command = new ArrayList<>(List.of(stated));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("python", ".txt");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Run(-1, "took too long");
            }
            return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    @BeforeAll
    static void pythonIsThere() throws InterruptedException {
        int status;
        try {
            status = python("-c", "import bioimageio.spec").status();
        } catch (IOException e) {
            status = -1;
        }
        assumeTrue(status == 0, "no Python with bioimageio.spec here: set LESIONJ_PYTHON to one");
    }

    @Test
    void acceptsAPackageAndEveryChecksum() throws Exception {
        Run run = python(SCRIPT.toString(), Samples.write(folder).resolve("rdf.yaml").toString());
        assertEquals(0, run.status(), run.output());
        assertTrue(run.output().contains("tensor (1, 24, 32, 1) float32") && run.output().contains("passed 0.5"), run.output());
    }

    @Test
    void acceptsItsZip() throws Exception {
        PackageWriter.export(Samples.write(folder), folder.resolve("model.zip"));
        Run run = python(SCRIPT.toString(), folder.resolve("model.zip").toString());
        assertEquals(0, run.status(), run.output());
    }

    @Test
    void theJudgeIsAwake() throws Exception {
        Path card = Samples.write(folder).resolve("rdf.yaml");
        Files.writeString(card, Files.readString(card).replaceFirst("source: test_output.npy", "source: test_input.npy"));
        assertEquals(1, python(SCRIPT.toString(), card.toString()).status());
    }
}
