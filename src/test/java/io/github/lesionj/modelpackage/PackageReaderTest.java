package io.github.lesionj.modelpackage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageReaderTest {

    @TempDir
    private Path folder;

    private PackageReader reader() {
        return new PackageReader(folder.resolve("cache"));
    }

    private String refusal(Path path) {
        String sentence = assertThrows(UsageException.class, () -> reader().open(path)).getMessage();
        assertFalse(sentence.contains("\n"), sentence);
        return sentence;
    }

    private static void flipLastByte(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }

    private Path zip() throws IOException {
        PackageWriter.export(Samples.write(folder), folder.resolve("model.zip"));
        return folder.resolve("model.zip");
    }

    @Test
    void folderCardAndZipAreTheSameModel() throws IOException {
        Path model = Samples.write(folder);
        ModelPackage fromFolder = reader().open(model);
        assertEquals(model, reader().open(model.resolve("rdf.yaml")).folder());
        ModelPackage fromZip = reader().open(zip());
        assertEquals(fromFolder.checksum(), fromZip.checksum());
        assertEquals(fromFolder.savedModel(), fromZip.savedModel(), "unpacked once");
    }

    @Test
    void aZipOfTheFolderItselfOpensToo() throws IOException {
        Path model = Samples.write(folder.resolve("outer"));
        Path zip = folder.resolve("outer.zip");
        try (Stream<Path> files = Files.walk(model)) {
            ZipWriter.write(zip, model.getParent(), files.filter(Files::isRegularFile).map(model.getParent()::relativize).toList());
        }
        assertEquals("test-lesion", reader().open(zip).card().name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"saved_model.zip", "test_input.npy", "test_output.npy", "weights.safetensors"})
    void refusesAFileThatChanged(String name) throws IOException {
        Path model = Samples.write(folder);
        reader().open(model);
        flipLastByte(model.resolve(name));
        assertTrue(refusal(model).contains(name));
        Files.delete(model.resolve(name));
        assertTrue(refusal(model).contains(name));
    }

    @Test
    void refusesAZipWithoutCardOrWithAForeignOne() throws IOException {
        assertTrue(refusal(new EvilZip().entry("saved_model.pb", "x").write(folder.resolve("a.zip"))).contains("rdf.yaml"));
        assertTrue(refusal(new EvilZip().entry("rdf.yaml", "type: dataset").write(folder.resolve("b.zip"))).contains("type"));
        assertTrue(refusal(Files.createDirectory(folder.resolve("empty"))).contains("rdf.yaml"));
        assertTrue(refusal(folder.resolve("nowhere")).contains("nowhere"));
    }

    @Test
    void guardsTheInnerZip() throws IOException {
        Path model = Samples.write(folder);
        Path inner = new EvilZip().entry("saved_model.pb", "x").entry("../evil", "x").write(model.resolve("saved_model.zip"));
        restate(model, inner, "saved_model.zip");
        assertTrue(refusal(model).contains("../evil"));
        restate(model, new EvilZip().entry("other.pb", "x").write(inner), "saved_model.zip");
        assertTrue(refusal(model).contains("saved_model.pb"));
        restate(model, new EvilZip().entry("a/saved_model.pb", "x").entry("b/saved_model.pb", "x").write(inner), "saved_model.zip");
        assertTrue(refusal(model).contains("more than one"));
        restate(model, new EvilZip().entry("a/saved_model.pb", "x").write(inner), "saved_model.zip");
        assertEquals("a", reader().open(model).savedModel().getFileName().toString());
    }

    /** Writes a file's true checksum into the card. */
    private static void restate(Path model, Path file, String source) throws IOException {
        Path card = model.resolve("rdf.yaml");
        Files.writeString(card, Files.readString(card).replaceFirst("(source: " + source + "\\n\\s+sha256: )\\w+", "$1" + Checksum.of(file)));
    }

    @Test
    void whatIsUnpackedIsVerifiedAndRepaired() throws IOException {
        Path model = Samples.write(folder);
        Path unpacked = reader().open(model).savedModel();
        Files.writeString(unpacked.resolve("saved_model.pb"), "graph of 9.9.9");
        // on a quick machine the file would be rewritten within one tick of the file system's clock
        Files.setLastModifiedTime(unpacked.resolve("saved_model.pb"), FileTime.from(Instant.now().plusSeconds(2)));
        assertEquals("graph of 1.2.0", Files.readString(reader().open(model).savedModel().resolve("saved_model.pb")));
        Files.writeString(unpacked.resolve("more.txt"), "x");
        assertFalse(Files.exists(reader().open(model).savedModel().resolve("more.txt")));
        Files.delete(unpacked.resolve("variables/variables.index"));
        assertTrue(Files.exists(reader().open(model).savedModel().resolve("variables/variables.index")));
    }

    @Test
    void manyAtOnceUnpackTheSame() throws IOException {
        Path zip = zip();
        List<String> contents = IntStream.range(0, 8).parallel().mapToObj(i -> {
            try {
                return Files.readString(reader().open(zip).savedModel().resolve("saved_model.pb"));
            } catch (IOException e) {
                return e.toString();
            }
        }).distinct().toList();
        assertEquals(List.of("graph of 1.2.0"), contents);
        try (Stream<Path> left = Files.list(folder.resolve("cache"))) {
            assertFalse(left.anyMatch(file -> file.getFileName().toString().startsWith(".")));
        }
    }

    @Test
    void everythingInAZipNeedsAChecksum() throws IOException {
        Path model = Samples.write(folder);
        Path card = model.resolve("rdf.yaml");
        Files.writeString(card, Files.readString(card).replaceFirst("(source: test_input.npy\\n)\\s+sha256: \\w+\\n", "$1"));
        reader().open(model);
        PackageWriter.export(model, folder.resolve("a.zip"));
        assertTrue(refusal(folder.resolve("a.zip")).contains("test_input.npy"));
        Files.writeString(card, Files.readString(card).replaceFirst("(source: saved_model.zip\\n)\\s+sha256: \\w+\\n", "$1"));
        assertTrue(refusal(model).contains("saved_model.zip"));
    }

    @Test
    void refusesALinkOutOfTheFolder() throws IOException {
        Path model = Samples.write(folder);
        Path outside = Files.move(model.resolve("test_input.npy"), folder.resolve("outside.npy"));
        try {
            Files.createSymbolicLink(model.resolve("test_input.npy"), outside);
        } catch (IOException | UnsupportedOperationException e) {
            assumeTrue(false, "no links on this file system");
        }
        assertTrue(refusal(model).contains("link"));
    }

    @Test
    void aFolderOfASavedModelMayStateItsChecksum() throws IOException {
        Path model = HandWrittenCards.write(folder, "keras-mnist-cnn", Samples.parts(folder, Samples.card()).savedModel());
        ModelPackage opened = reader().open(model);
        assertEquals(Checksum.ofSavedModel(model.resolve("saved_model")), opened.checksum());
        Path card = model.resolve("rdf.yaml");
        Files.writeString(card, Files.readString(card).replace("source: saved_model", "source: saved_model\n    sha256: " + opened.checksum()));
        reader().open(model);
        Files.writeString(model.resolve("saved_model/assets.txt"), "not part of it");
        reader().open(model);
        flipLastByte(model.resolve("saved_model/variables/variables.index"));
        assertTrue(refusal(model).contains("saved_model"));
    }

    @Test
    void aCardMayLieInTheSavedModelItself() throws IOException {
        Path model = HandWrittenCards.write(folder, "keras-mnist-cnn", Samples.parts(folder, Samples.card()).savedModel());
        Path inside = Files.move(model.resolve("rdf.yaml"), model.resolve("saved_model/rdf.yaml"));
        Files.writeString(inside, Files.readString(inside).replace("source: saved_model", "source: ."));
        assertEquals(model.resolve("saved_model"), reader().open(model.resolve("saved_model")).savedModel());
    }

    @Test
    void theFolderChecksumIsThatOfSha256sum() throws IOException {
        Path model = Files.createDirectories(folder.resolve("m/variables")).getParent();
        Files.writeString(model.resolve("saved_model.pb"), "a");
        Files.writeString(model.resolve("variables/v"), "b");
        // printf a | sha256sum, printf b | sha256sum, and sha256sum of those two lines
        String list = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  saved_model.pb\n"
            + "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  variables/v\n";
        assertEquals(Checksum.of(list), Checksum.ofSavedModel(model));
    }

    @Test
    void theCacheIsWhereThePropertySaysOrInATemporaryFolder() throws IOException {
        String before = System.getProperty("lesionj.cache");
        try {
            System.setProperty("lesionj.cache", folder.resolve("mine").toString());
            assertEquals(folder.resolve("mine"), UserFolders.cache());
            Files.writeString(folder.resolve("file"), "a file is in the way");
            System.setProperty("lesionj.cache", folder.resolve("file/cache").toString());
            Path fallback = UserFolders.cache();
            assertTrue(fallback.startsWith(Path.of(System.getProperty("java.io.tmpdir"))), fallback.toString());
            assertEquals(fallback, UserFolders.cache(), "used again");
        } finally {
            if (before == null) {
                System.clearProperty("lesionj.cache");
            } else {
                System.setProperty("lesionj.cache", before);
            }
        }
    }
}
