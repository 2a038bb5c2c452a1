package io.github.lesionj.modelpackage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lesionj.inference.GraphGuard;
import io.github.lesionj.runtime.SavedModelReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each hand-written card says of its SavedModel what the graph says, as a folder and as a zip with checksums. */
class HandWrittenCardsTest {

    private static final Path SHARED = Path.of(System.getProperty("lesionj.shared", "../shared"), "data", "savedmodels");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"cifar-cnn", "keras-mnist-cnn", "mnist-regression"})
    void agreesWithItsGraph(String name) throws IOException {
        assumeTrue(Files.isDirectory(SHARED), "no shared data here");
        Path written = HandWrittenCards.write(folder, name, SHARED.resolve(HandWrittenCards.SAVED_MODELS.get(name)));
        ModelPackage model = new PackageReader(folder.resolve("cache")).open(written);
        checkSignature(model);
        assertEquals(model.checksum(), new PackageReader(folder.resolve("cache")).open(written).checksum());

        Path bundle = written.resolve("saved_model.zip");
        ZipWriter.write(bundle, written.resolve("saved_model"), Checksum.savedModelFiles(written.resolve("saved_model")));
        Path card = written.resolve("rdf.yaml");
        Files.writeString(card, Files.readString(card).replace("source: saved_model",
            "source: saved_model.zip\n    sha256: " + Checksum.of(bundle)));
        WholeFolder.remove(written.resolve("saved_model"));
        PackageWriter.export(written, folder.resolve("model.zip"));
        checkSignature(new PackageReader(folder.resolve("cache")).open(folder.resolve("model.zip")));
    }

    private static void checkSignature(ModelPackage model) {
        ModelSignature stated = model.card().signature();
        SavedModelReport.Signature signature = GraphGuard.inspect(model.savedModel()).signatures().get(stated.key());
        List<Long> input = signature.inputs().get(stated.input()).shape();
        assertEquals(stated.inputShape().length + 1, input.size());
        for (int i = 0; i < stated.inputShape().length; i++) {
            assertEquals(stated.inputShape()[i], input.get(i + 1));
        }
        assertEquals(10L, signature.outputs().get(stated.outputs().get("scores")).shape().get(1));
        assertTrue(model.card().classNames().size() == 10);
    }
}
