package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.Npy;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.door.Door;
import io.github.lesionj.door.ResultFiles;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.door.TinyModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Manage Models...} from listing to removing, with packages of every kind of fault. */
@ExtendWith(Door.Extension.class)
class ManageModelsIT {

    @TempDir
    private Path folder;

    private static Door.Run manage(Door door, String action, Object... more) {
        Object[] keys = new Object[2 + more.length];
        keys[0] = "action";
        keys[1] = action;
        System.arraycopy(more, 0, keys, 2, more.length);
        Door.Run run = door.run(ManageModels.class, keys);
        assertFalse((run.err() + run.out()).contains("\tat "), run.err());
        return run;
    }

    private static void assertSays(ExitStatus status, String part, Door.Run run) {
        assertEquals(status, run.status(), run.sentence() + run.out());
        assertTrue((run.sentence() + run.out()).contains(part), run.sentence() + run.out());
    }

    @Test
    void fromInstallToRemoveByFolderAndZip(Door door) throws IOException {
        Path written = TinyModel.named("travelling-model").write(folder);
        assertSays(ExitStatus.DONE, "travelling-model 1.0.0 reproduces its test tensors", manage(door, "verify", "model", written));
        assertSays(ExitStatus.DONE, "Installed in " + door.models().resolve("travelling-model"), manage(door, "install", "model", written));
        assertSays(ExitStatus.DONE, "travelling-model", manage(door, "list"));
        assertSays(ExitStatus.DONE, "reproduces", manage(door, "verify", "model", "travelling-model"));
        Path zip = folder.resolve("ü folder/a b.zip");
        assertSays(ExitStatus.DONE, "Wrote " + zip, manage(door, "export", "model", "travelling-model", "output", zip));
        assertSays(ExitStatus.DONE, "Removed travelling-model", manage(door, "remove", "model", "travelling-model"));
        assertFalse(manage(door, "list").out().contains("travelling-model"));
        assertSays(ExitStatus.DONE, "Installed in", manage(door, "install", "model", zip));

        TestImages.flat(folder.resolve("in/a.png"), 51);
        Door.Run run = door.run(ClassifyImage.class, "input", folder.resolve("in"), "model", zip, "output", folder.resolve("out"));
        assertEquals(ExitStatus.DONE, run.status(), run.sentence());
        assertEquals("0.200000", ResultFiles.rows(folder.resolve("out")).get(0).get("p_lesion"));
        assertSays(ExitStatus.DONE, "Removed", manage(door, "remove", "model", "travelling-model"));
        assertEquals(List.of(), ResultFiles.leftovers(door.models()));
    }

    @Test
    void installedTwiceIsTheSameAndOtherContentIsRefused(Door door) {
        Path one = TinyModel.named("doubled-model").write(folder);
        manage(door, "install", "model", one);
        assertSays(ExitStatus.DONE, "Installed in", manage(door, "install", "model", one));
        Path other = TinyModel.named("doubled-model").factor(0.5).write(folder.resolve("other"));
        assertSays(ExitStatus.USAGE, "Another model doubled-model of version 1.0.0 is installed", manage(door, "install", "model", other));
        manage(door, "remove", "model", "doubled-model");
    }

    @Test
    void aModelThatDoesNotReproduceItselfIsNotInstalled(Door door) throws IOException {
        Path written = TinyModel.named("lying-model").write(folder);
        Path test = written.resolve("test_output.npy");
        WholeFile.write(test, out -> Npy.of(new FloatTensor(new float[] {0.4f, 0.6f}, 1, 2)).write(out));
        Door.Run run = manage(door, "install", "model", written);
        assertSays(ExitStatus.USAGE, "test_output.npy", run);
        String card = Files.readString(written.resolve("rdf.yaml"));
        String wrong = io.github.lesionj.core.Sha256.of(test);
        Files.writeString(written.resolve("rdf.yaml"), card.replaceAll("(source: test_output.npy\\s+sha256: )\\S+", "$1" + wrong));
        run = manage(door, "install", "model", written);
        assertSays(ExitStatus.FAILED, "does not reproduce its test tensor for the output scores: it differs by 0.1", run);
        assertFalse(Files.exists(door.models().resolve("lying-model")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"saved_model.zip", "test_input.npy", "rdf.yaml"})
    void aPackageThatLacksAFile(String file, Door door) throws IOException {
        Path written = TinyModel.named("lacking-model").write(folder);
        Files.delete(written.resolve(file));
        assertSays(ExitStatus.USAGE, file, manage(door, "install", "model", written));
        assertSays(ExitStatus.USAGE, file, manage(door, "verify", "model", written));
        assertFalse(Files.exists(door.models().resolve("lacking-model")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"saved_model.zip", "test_input.npy"})
    void aPackageWithAChangedFile(String file, Door door) throws IOException {
        Path written = TinyModel.named("changed-model").write(folder);
        byte[] bytes = Files.readAllBytes(written.resolve(file));
        bytes[bytes.length / 2] ^= 1;
        Files.write(written.resolve(file), bytes);
        assertSays(ExitStatus.USAGE, file, manage(door, "install", "model", written));
        assertSays(ExitStatus.USAGE, file, manage(door, "verify", "model", written));
    }

    @ParameterizedTest
    @CsvSource({"../evil.txt", "/tmp/evil.txt", "a/../../evil.txt"})
    void aZipThatWritesElsewhere(String entry, Door door) throws IOException {
        Path zip = folder.resolve("evil.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("rdf.yaml", entry)) {
                out.putNextEntry(new ZipEntry(name));
                out.write("name: x".getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        assertSays(ExitStatus.USAGE, entry, manage(door, "install", "model", zip));
        assertFalse(Files.exists(folder.resolveSibling("evil.txt")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "install | ''          | needs a model",
        "verify  | ''          | needs a model",
        "export  | brightness  | needs the zip file",
        "install | /no/such    | /no/such",
        "verify  | no-such     | There is no model \"no-such\"",
        "remove  | no-such     | There is no model \"no-such\"",
        "delete  | brightness  | delete",
    })
    void wrongUse(String action, String model, String part, Door door) {
        assertSays(ExitStatus.USAGE, part, manage(door, action, "model", model));
    }

    @Test
    void textThatIsNoZip(Door door) throws IOException {
        Path zip = Files.writeString(folder.resolve("model.zip"), "no zip at all");
        assertSays(ExitStatus.USAGE, "model.zip", manage(door, "install", "model", zip));
    }

    @Test
    void aBrokenCardIsListedWithItsProblem(Door door) throws IOException {
        Path broken = Files.createDirectories(door.models().resolve("broken-model"));
        Files.writeString(broken.resolve("rdf.yaml"), "type: [");
        Door.Run run = manage(door, "list");
        assertSays(ExitStatus.DONE, "broken-model", run);
        assertTrue(run.out().contains("brightness"), run.out());
        assertSays(ExitStatus.DONE, "Removed", manage(door, "remove", "model", "broken-model"));
    }
}
