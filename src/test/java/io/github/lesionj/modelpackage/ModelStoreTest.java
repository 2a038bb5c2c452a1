package io.github.lesionj.modelpackage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {

    @TempDir
    private Path folder;
    private ModelStore store;
    private final List<String> verified = new ArrayList<>();

    @BeforeEach
    void shipOneModel() throws IOException {
        Path shipped = Files.createDirectories(folder.resolve("shipped"));
        Files.move(Samples.write(folder.resolve("s"), Samples.card("pneumonia-xray", "1.0.0")), shipped.resolve("pneumonia-xray"));
        store = new ModelStore(folder.resolve("models"), List.of(folder.resolve("absent"), shipped), new PackageReader(folder.resolve("cache")));
    }

    private Path install(Path path) {
        return store.install(path, model -> verified.add(model.card().version()));
    }

    private String refusal(Runnable action) {
        return assertThrows(UsageException.class, action::run).getMessage();
    }

    @Test
    void installsFoldersAndZips() throws IOException {
        Path model = Samples.write(folder.resolve("a"));
        assertEquals(folder.resolve("models/test-lesion"), install(model));
        assertEquals(List.of("pneumonia-xray", "test-lesion"), store.names());
        store.remove("test-lesion");
        assertEquals(List.of("pneumonia-xray"), store.names());
        PackageWriter.export(model, folder.resolve("a.zip"));
        install(folder.resolve("a.zip"));
        assertEquals("1.2.0", store.find("test-lesion").card().version());
        assertEquals(List.of("1.2.0", "1.2.0"), verified);
    }

    @Test
    void theSameContentIsInstalledOnce() throws IOException {
        install(Samples.write(folder.resolve("a")));
        install(Samples.write(folder.resolve("b")));
        assertEquals(List.of("1.2.0"), verified);
    }

    @Test
    void otherContentNeedsAnotherVersion() throws IOException {
        install(Samples.write(folder.resolve("a")));
        ModelCard card = Samples.card();
        ModelCard changed = new ModelCard(card.name(), card.version(), "Another text.", card.licence(), "", card.task(), card.labelKind(),
            card.classNames(), card.positive(), card.input(), card.signature(), card.activation(), 0.4, 1, Double.NaN, card.margin(), "", card.training(), card.quality());
        Path other = Samples.write(folder.resolve("b"), changed);
        assertTrue(refusal(() -> install(other)).contains("version"));
        install(Samples.write(folder.resolve("c"), Samples.card("test-lesion", "1.3.0")));
        assertEquals("graph of 1.3.0", Files.readString(store.find("test-lesion").savedModel().resolve("saved_model.pb")));
    }

    @Test
    void whatDoesNotProveItselfIsNotInstalled() throws IOException {
        Path model = Samples.write(folder.resolve("a"));
        assertThrows(LesionJException.class, () -> store.install(model, opened -> {
            throw new LesionJException("does not reproduce");
        }));
        assertEquals(List.of("pneumonia-xray"), store.names());
        assertFalse(Files.exists(folder.resolve("models")));
    }

    @Test
    void findsByNameFolderAndZip() throws IOException {
        Path model = Samples.write(folder.resolve("a"));
        PackageWriter.export(model, folder.resolve("a.zip"));
        assertEquals("pneumonia-xray", store.find("pneumonia-xray").card().name());
        assertEquals("test-lesion", store.find(model.toString()).card().name());
        assertEquals("test-lesion", store.find(folder.resolve("a.zip").toString()).card().name());
    }

    @Test
    void anUnknownNameListsWhatThereIs() {
        String sentence = refusal(() -> store.find("pneumonia-xrya"));
        assertTrue(sentence.contains("installed are pneumonia-xray") && sentence.contains("Did you mean pneumonia-xray?"), sentence);
        assertFalse(refusal(() -> store.find("something else")).contains("Did you mean"));
        assertTrue(refusal(() -> store.find("xray")).contains("Did you mean pneumonia-xray?"));
        for (String odd : List.of("", " ", "../..", "a\u0000b", "..")) {
            assertNotNull(refusal(() -> store.find(odd)));
        }
    }

    @Test
    void aBrokenCardDoesNotHideTheOthers() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("models/broken-one"));
        Files.writeString(broken.resolve("rdf.yaml"), "type: model");
        Files.createDirectories(folder.resolve("models/no-model"));
        List<InstalledModel> models = store.list();
        assertEquals(List.of("broken-one", "pneumonia-xray"), models.stream().map(InstalledModel::name).toList());
        assertTrue(models.get(0).problem().contains("format_version"));
        assertThrows(UsageException.class, models.get(0)::card);
        assertTrue(models.get(1).shipped());
        assertNull(models.get(1).problem());
        assertEquals("classification 1.0.0", models.get(1).task() + " " + models.get(1).version());
        assertEquals(Samples.card().description(), models.get(1).description());
        assertEquals("pneumonia-xray", models.get(1).card().name());
    }

    @Test
    void aCardThatIsWrittenAgainIsListedAnew() throws IOException {
        store.list();
        Path card = folder.resolve("shipped/pneumonia-xray/rdf.yaml");
        Files.writeString(card, Files.readString(card).replace("version: 1.0.0", "version: 1.0.1"));
        assertEquals("1.0.1", store.list().get(0).version());
        assertEquals("1.0.1", store.list().get(0).version(), "from memory");
    }

    @Test
    void theUsersOwnHidesAShippedOneAndRemovingItBringsThatBack() throws IOException {
        install(Samples.write(folder.resolve("a"), Samples.card("pneumonia-xray", "2.0.0")));
        assertEquals("2.0.0", store.find("pneumonia-xray").card().version());
        store.remove("pneumonia-xray");
        assertEquals("1.0.0", store.find("pneumonia-xray").card().version());
        assertTrue(refusal(() -> store.remove("pneumonia-xray")).contains("came with LesionJ"));
        for (String odd : List.of("..", ".", "", "../shipped/pneumonia-xray", "models")) {
            assertNotNull(refusal(() -> store.remove(odd)));
        }
    }

    @Test
    void anExportInstallsElsewhereUnchanged() throws IOException {
        store.export("pneumonia-xray", folder.resolve("out.zip"));
        ModelStore other = new ModelStore(folder.resolve("elsewhere"), List.of(), new PackageReader(folder.resolve("cache2")));
        Path installed = other.install(folder.resolve("out.zip"), model -> { });
        assertEquals(Checksum.of(folder.resolve("shipped/pneumonia-xray/rdf.yaml")), Checksum.of(installed.resolve("rdf.yaml")));
        try (Stream<Path> left = Files.list(folder.resolve("elsewhere"))) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void aFolderInTheWayIsNotOverwritten() throws IOException {
        Files.createDirectories(folder.resolve("models/test-lesion"));
        Path model = Samples.write(folder.resolve("a"));
        assertTrue(refusal(() -> install(model)).contains("move it away"));
    }
}
