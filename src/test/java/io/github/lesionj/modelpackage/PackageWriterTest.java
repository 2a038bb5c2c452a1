package io.github.lesionj.modelpackage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageWriterTest {

    @TempDir
    private Path folder;

    private static Map<String, String> content(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new TreeMap<>(files.filter(Files::isRegularFile)
                .collect(Collectors.toMap(file -> Checksum.slashed(folder.relativize(file)), Checksum::of)));
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        ModelPackage model = new PackageReader(folder.resolve("cache")).open(Samples.write(folder));
        ModelCard written = Samples.card();
        ModelCard read = model.card();
        assertEquals(written.description(), read.description());
        assertEquals(List.of("normal", "no"), read.classNames());
        assertEquals(written.labelKind(), read.labelKind());
        assertEquals("no", read.positive());
        assertEquals(24, read.input().height());
        assertEquals(99.5, read.input().intensity().high());
        assertArrayEquals(new double[] {0.25}, read.input().intensity().std());
        assertEquals(written.signature().outputs(), read.signature().outputs());
        assertArrayEquals(new int[] {24, 32, 1}, read.signature().inputShape());
        assertEquals(0.375, read.threshold());
        assertEquals(1.5, read.temperature());
        assertEquals(0.6, read.abstain());
        assertEquals(Map.of("items", 40), read.training().get("data"));
        assertEquals(Arrays.asList(0.7, 0.5, null), read.training().get("loss"));
        assertEquals("graph of 1.2.0", Files.readString(model.savedModel().resolve("saved_model.pb")));
        assertEquals("numbers".repeat(1000), Files.readString(model.savedModel().resolve("variables/variables.data-00000-of-00001")));
    }

    @Test
    void aPackageIsWhatTheDesignSays() throws IOException {
        assertEquals(Set.of("rdf.yaml", "README.md", "saved_model.zip", "weights.safetensors", "test_input.npy",
            "test_output.npy", "test_attention.npy", "test_cam.npy"), content(Samples.write(folder)).keySet());
    }

    @Test
    void theSameContentGivesTheSameBytes() throws Exception {
        Path first = Samples.write(folder.resolve("a"));
        Thread.sleep(1100);
        Path second = Samples.write(folder.resolve("b"));
        assertEquals(content(first), content(second));
        PackageWriter.export(first, folder.resolve("a.zip"));
        PackageWriter.export(second, folder.resolve("b.zip"));
        assertEquals(Checksum.of(folder.resolve("a.zip")), Checksum.of(folder.resolve("b.zip")));
    }

    @Test
    void aFailureLeavesTheOldPackageWhole() throws IOException {
        Path target = Samples.write(folder);
        Map<String, String> before = content(target);
        PackageParts parts = Samples.parts(folder, Samples.card());
        PackageParts broken = new PackageParts(parts.card(), parts.savedModel(), folder.resolve("missing"), parts.testInput(),
            parts.testOutputs(), "2.16.2");
        assertThrows(RuntimeException.class, () -> PackageWriter.write(broken, target));
        assertEquals(before, content(target));
        try (Stream<Path> left = Files.list(folder)) {
            assertFalse(left.anyMatch(file -> file.getFileName().toString().startsWith(".")));
        }
    }

    @Test
    void refusesNamesThatBioimageIoRefuses() throws IOException {
        for (String name : List.of("abc", "../evil", "a/b-model", "Modell-ü", "x".repeat(65), " blank ", "dots.dots")) {
            PackageParts parts = Samples.parts(folder, Samples.card(name, "1.0.0"));
            UsageException refused = assertThrows(UsageException.class, () -> PackageWriter.write(parts, folder.resolve("m")));
            assertTrue(refused.getMessage().contains(name), refused.getMessage());
        }
    }
}
