package io.github.lesionj.modelpackage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageVerifierTest {

    @TempDir
    private Path folder;
    private ModelPackage model;
    private final Map<String, FloatTensor> outputs = new HashMap<>();

    @BeforeEach
    void write() throws IOException {
        PackageParts parts = Samples.parts(folder, Samples.card());
        PackageWriter.write(parts, folder.resolve("model"));
        model = new PackageReader(folder.resolve("cache")).open(folder.resolve("model"));
        outputs.put("logits", parts.testOutputs().get("scores"));
        outputs.put("attention_map", parts.testOutputs().get("attention"));
        outputs.put("class_maps", parts.testOutputs().get("cam"));
    }

    private double verify() {
        return PackageVerifier.verify(model, (savedModel, signature, inputs) -> {
            assertEquals(model.savedModel(), savedModel);
            assertEquals("serving_default", signature);
            assertEquals(24 * 32, inputs.get("image").values().length);
            return outputs;
        });
    }

    private String refusal() {
        return assertThrows(LesionJException.class, this::verify).getMessage();
    }

    @Test
    void exactOutputsPass() {
        assertEquals(0, verify());
    }

    @Test
    void theLargestDifferenceOfAllOutputsIsGiven() {
        // 2.00010 against 2, relative beyond 1: 5e-5
        outputs.put("logits", new FloatTensor(new float[] {-0.5f, 2.0001f}, 1, 2));
        assertEquals(5e-5, verify(), 1e-7);
        outputs.get("class_maps").values()[5] += 8e-5f;
        assertEquals(8e-5, verify(), 1e-7);
    }

    @Test
    void otherOutputsFail() {
        outputs.put("logits", new FloatTensor(new float[] {-0.5003f, 2}, 1, 2));
        assertTrue(refusal().contains("logits"));
        outputs.put("logits", new FloatTensor(new float[] {Float.NaN, 2}, 1, 2));
        assertTrue(refusal().contains("logits"));
        outputs.put("logits", new FloatTensor(new float[] {-0.5f, 2}, 2, 1));
        assertTrue(refusal().contains("shape"));
        outputs.remove("logits");
        assertTrue(refusal().contains("logits"));
    }

    @Test
    void aCardWithoutTestTensorsCannotBeVerified() throws IOException {
        Path card = HandWrittenCards.write(folder, "cifar-cnn", Samples.parts(folder, Samples.card()).savedModel());
        ModelPackage bare = new PackageReader(folder.resolve("cache")).open(card);
        assertThrows(UsageException.class, () -> PackageVerifier.verify(bare, (savedModel, signature, inputs) -> outputs));
    }
}
