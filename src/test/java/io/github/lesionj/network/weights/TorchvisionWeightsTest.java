package io.github.lesionj.network.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.Sha256;
import io.github.lesionj.network.HashedValues;
import io.github.lesionj.network.NetworkPlan;
import io.github.lesionj.network.Networks;
import io.github.lesionj.network.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes out for torchvision; {@code load_in_torchvision.py} tries the same in Python. */
class TorchvisionWeightsTest {

    private static final String[] OURS = {"layout", WeightLayout.TENSORFLOW.text()};

    @TempDir
    Path folder;

    private Path weights(String name, NetworkPlan plan) {
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        Networks.asked(name, plan).specs().forEach((key, spec) -> weights.put(key, HashedValues.weight(key, spec.shape())));
        Path file = folder.resolve("weights.safetensors");
        Safetensors.write(file, weights, Map.of("architecture", name, OURS[0], OURS[1]));
        return file;
    }

    /** Names, types and shapes are those of torchvision's state dict, so that it loads them strictly. */
    @ParameterizedTest
    @CsvFileSource(resources = "/network/state_dicts.csv", numLinesToSkip = 1)
    void namesTypesAndShapesAreTorchvisions(String name, int tensors, String sha256) {
        Path ours = weights(name, new NetworkPlan(224, 224, 3, 10, 0, Map.of()));
        Path output = folder.resolve("out.safetensors");
        List<String> said = TorchvisionWeights.export(ours, name, output);
        Safetensors.Content content = Safetensors.open(output);
        List<String> lines = new ArrayList<>();
        content.tensors().forEach((key, tensor) -> lines.add(key + " F32 " + Arrays.toString(tensor.shape()) + "\n"));
        content.others().forEach((key, type) -> lines.add(key + " " + type + " []\n"));
        assertEquals(tensors, lines.size());
        assertEquals(sha256, Sha256.of(String.join("", lines.stream().sorted().toList())));
        assertTrue(said.get(0).contains("torchvision.models." + name + "(num_classes=10); model.load_state_dict"), said::toString);
    }

    @Test
    void whatWentOutComesBack() {
        Path ours = weights("resnet18", new NetworkPlan(224, 224, 3, 10, 0, Map.of()));
        Path output = folder.resolve("out.safetensors");
        TorchvisionWeights.export(ours, "resnet18", output);
        Map<String, FloatTensor> before = Safetensors.read(ours);
        Map<String, FloatTensor> zero = new LinkedHashMap<>();
        before.forEach((key, tensor) -> zero.put(key, new FloatTensor(new float[tensor.values().length], tensor.shape())));
        assertEquals(before, InitialWeights.load(output, zero, key -> false, sentence -> { }));
    }

    /** [output, input, height, width]: the value at (o, i, y, x) is ours at (y, x, i, o). */
    @Test
    void kernelsAreTurned() throws IOException {
        Path ours = weights("resnet18", new NetworkPlan(28, 28, 1, 2, 0, Map.of()));
        Path output = folder.resolve("out.safetensors");
        List<String> said = TorchvisionWeights.export(ours, "resnet18", output);
        FloatTensor own = Safetensors.read(ours).get("layer1.0.conv1.weight");
        FloatTensor theirs = Safetensors.open(output).tensors().get("layer1.0.conv1.weight");
        assertArrayEquals(new int[] {64, 64, 3, 3}, theirs.shape());
        assertEquals(own.values()[((1 * 3 + 2) * 64 + 5) * 64 + 7], theirs.values()[((7 * 64 + 5) * 3 + 1) * 3 + 2]);
        FloatTensor dense = Safetensors.open(output).tensors().get("fc.weight");
        assertArrayEquals(new int[] {2, 512}, dense.shape());
        assertEquals(Safetensors.read(ours).get("fc.weight").values()[300 * 2 + 1], dense.values()[512 + 300]);
        assertTrue(said.get(0).contains("model.conv1 = torch.nn.Conv2d(1, 64, 3, 1, 1, bias=False); model.maxpool = torch.nn.Identity()"),
            said::toString);
        try (InputStream in = Files.newInputStream(output)) {
            assertTrue(new String(in.readNBytes(400), StandardCharsets.UTF_8).contains("\"format\":\"pt\""));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "resnet18        | head      | medical | has only the plain head",
        "resnet18        | attention | true    | has no attention",
        "explainable-cnn | depth     | 1       | torchvision has no explainable-cnn",
    })
    void whatTorchvisionHasNotKeepsOurNames(String name, String option, String value, String part) throws IOException {
        Path ours = weights(name, new NetworkPlan(28, 28, 1, 2, 0, Map.of(option, value)));
        Path output = folder.resolve("a/out.safetensors");
        List<String> said = TorchvisionWeights.export(ours, name, output);
        assertEquals(-1, Files.mismatch(ours, output));
        assertTrue(said.get(0).contains("own names") && said.get(0).contains(part), said::toString);
        assertFalse(said.get(0).contains("Python"), said::toString);
    }
}
