package io.github.lesionj.network.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.network.Safetensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A network of a stem, a normalisation, a block and a head beside files that fit, nearly fit, and do not. */
class InitialWeightsTest {

    private static final Map<String, String> TORCH = Map.of("format", "pt");
    private static final String DENSE_LAYER = "features.denseblock1.denselayer1.";

    @TempDir
    Path folder;
    private final List<String> said = new ArrayList<>();

    private static FloatTensor tensor(float first, int... shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = first + i;
        }
        return new FloatTensor(values, shape);
    }

    /** What the network has before: zeros. */
    private static Map<String, FloatTensor> network(int channels, int classes) {
        Map<String, FloatTensor> fresh = new LinkedHashMap<>();
        fresh.put("conv1.weight", new FloatTensor(new float[8 * channels], 2, 2, channels, 2));
        fresh.put("bn1.running_var", new FloatTensor(new float[2], 2));
        fresh.put("layer1.0.conv1.weight", new FloatTensor(new float[6], 1, 1, 2, 3));
        fresh.put("fc.weight", new FloatTensor(new float[3 * classes], 3, classes));
        fresh.put("fc.bias", new FloatTensor(new float[classes], classes));
        return fresh;
    }

    /** A state dict of PyTorch's for it, three channels and four classes. */
    private static Map<String, FloatTensor> state() {
        Map<String, FloatTensor> state = new LinkedHashMap<>();
        state.put("conv1.weight", tensor(0, 2, 3, 2, 2));
        state.put("bn1.running_var", tensor(50, 2));
        state.put("layer1.0.conv1.weight", tensor(60, 3, 2, 1, 1));
        state.put("fc.weight", tensor(70, 4, 3));
        state.put("fc.bias", tensor(90, 4));
        return state;
    }

    private Path file(Map<String, FloatTensor> tensors, Map<String, String> metadata) {
        Path file = folder.resolve("given.safetensors");
        Safetensors.write(file, tensors, List.of("bn1.num_batches_tracked"), metadata);
        return file;
    }

    private Map<String, FloatTensor> load(Map<String, FloatTensor> state, Map<String, String> metadata, Map<String, FloatTensor> fresh) {
        return InitialWeights.load(file(state, metadata), fresh, name -> name.startsWith("fc."), said::add);
    }

    private void assertSaid(String part) {
        assertTrue(said.stream().anyMatch(sentence -> sentence.contains(part)), said::toString);
    }

    private String refused(Map<String, FloatTensor> state, Map<String, FloatTensor> fresh) {
        return assertThrows(UsageException.class, () -> load(state, TORCH, fresh)).getMessage();
    }

    @Test
    void kernelsAreTurnedAndTheHeadThatFitsIsTaken() {
        Map<String, FloatTensor> weights = load(state(), TORCH, network(3, 4));
        assertEquals(List.copyOf(network(3, 4).keySet()), List.copyOf(weights.keySet()));
        // [output, input] 60 61 / 62 63 / 64 65 becomes [input, output]
        assertEquals(new FloatTensor(new float[] {60, 62, 64, 61, 63, 65}, 1, 1, 2, 3), weights.get("layer1.0.conv1.weight"));
        assertEquals(new FloatTensor(new float[] {70, 73, 76, 79, 71, 74, 77, 80, 72, 75, 78, 81}, 3, 4), weights.get("fc.weight"));
        // at (y, x) = (0, 1): number 1, 5, 9 of output 0 and 13, 17, 21 of output 1
        float[] stem = weights.get("conv1.weight").values();
        assertEquals(List.of(1f, 13f, 5f, 17f, 9f, 21f), List.of(stem[6], stem[7], stem[8], stem[9], stem[10], stem[11]));
        assertEquals(List.of("Started from given.safetensors: 3 tensors of the backbone, and the head."), said);
    }

    @Test
    void threeChannelsAreSummedToOneAndAHeadForOtherClassesBeginsAfresh() {
        Map<String, FloatTensor> weights = load(state(), TORCH, network(1, 2));
        assertEquals(new FloatTensor(new float[] {0 + 4 + 8, 12 + 16 + 20, 1 + 5 + 9, 13 + 17 + 21, 2 + 6 + 10, 14 + 18 + 22, 3 + 7 + 11,
            15 + 19 + 23}, 2, 2, 1, 2), weights.get("conv1.weight"));
        assertEquals(network(1, 2).get("fc.weight"), weights.get("fc.weight"));
        assertSaid("the head (fc) begins afresh");
        assertSaid("first convolution conv1.weight is for 3 channels: it was summed");
    }

    /** Only one part of the head fits: none of it is taken. */
    @Test
    void aHeadIsTakenWholeOrNotAtAll() {
        Map<String, FloatTensor> state = state();
        state.put("fc.bias", tensor(1, 5));
        assertEquals(network(3, 4).get("fc.weight"), load(state, TORCH, network(3, 4)).get("fc.weight"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"module.", "backbone.", "model.", "module.model.", "model.backbone."})
    void prefixesAreTakenOff(String prefix) {
        Map<String, FloatTensor> state = new LinkedHashMap<>();
        state().forEach((name, tensor) -> state.put(prefix + name, tensor));
        assertEquals(load(state(), TORCH, network(3, 4)), load(state, TORCH, network(3, 4)));
        assertSaid("5 names begin with " + prefix);
    }

    @Test
    void twoNamesForOneTensorAreRefused() {
        Map<String, FloatTensor> state = state();
        state.put("module.fc.bias", tensor(0, 4));
        String message = refused(state, network(3, 4));
        assertTrue(message.contains("fc.bias and module.fc.bias"), message);
    }

    /** As torchvision's own file for densenet121 still has them. */
    @Test
    void oldNamesOfDenseNetsAreKnown() {
        Map<String, FloatTensor> fresh = new LinkedHashMap<>();
        fresh.put(DENSE_LAYER + "norm1.weight", tensor(0, 2));
        fresh.put(DENSE_LAYER + "conv2.weight", tensor(0, 1, 1, 2, 3));
        Map<String, FloatTensor> state = Map.of(DENSE_LAYER + "norm.1.weight", tensor(5, 2), DENSE_LAYER + "conv.2.weight", tensor(8, 3, 2, 1, 1));
        assertEquals(tensor(5, 2), load(state, TORCH, fresh).get(DENSE_LAYER + "norm1.weight"));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Map<String, FloatTensor> state = state();
        state.remove("bn1.running_var");
        state.put("layer1.1.conv1.weight", tensor(0, 3, 2, 1, 1));
        state.put("layer1.0.conv1.weight", tensor(0, 3, 2, 3, 3));
        String message = refused(state, network(3, 4));
        assertTrue(message.contains("missing are bn1.running_var;") && message.contains("too much are layer1.1.conv1.weight;")
            && message.contains("of another shape are layer1.0.conv1.weight [3, 3, 2, 3] for [1, 1, 2, 3]."), message);
        assertEquals(List.of(), said);
    }

    /** The sentence stays short; all names are said before it. */
    @Test
    void manyNamesAreListedInFull() {
        Map<String, FloatTensor> fresh = network(3, 4);
        for (int i = 1; i <= 20; i++) {
            fresh.put("layer2." + i + ".weight", tensor(0, 2));
        }
        String message = refused(state(), fresh);
        assertTrue(message.contains("missing are layer2.1.weight, layer2.2.weight, layer2.3.weight and 17 more"), message);
        assertSaid("20 missing: layer2.1.weight");
        assertSaid("layer2.20.weight");
    }

    /** A stem for five channels is neither that for three nor can it be made from it. */
    @Test
    void otherChannelsAreRefused() {
        assertTrue(refused(state(), network(5, 4)).contains("conv1.weight [2, 2, 3, 2] for [2, 2, 5, 2]"));
    }

    @Test
    void whatIsNotOfTheNetworkIsLeftOutAndSaid() {
        Map<String, FloatTensor> state = state();
        state.put("projector.weight", tensor(0, 2));
        state.put("fc.0.weight", tensor(0, 2));
        load(state, TORCH, network(3, 4));
        assertSaid("left out, for the network has no such tensor: projector.weight, fc.0.weight.");
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void valuesThatAreNoNumbersAreRefused(float value) {
        Map<String, FloatTensor> state = state();
        state.put("bn1.running_var", new FloatTensor(new float[] {1, value}, 2));
        String message = refused(state, network(3, 4));
        assertTrue(message.contains("bn1.running_var") && message.contains(Float.toString(value)), message);
        // where the head begins afresh, its values are of no concern
        state.put("bn1.running_var", tensor(50, 2));
        state.put("fc.bias", new FloatTensor(new float[] {1, value, 1, 1}, 4));
        load(state, TORCH, network(3, 2));
        assertTrue(refused(state, network(3, 4)).contains("fc.bias"));
    }

    @Test
    void theLayoutIsReadFromTheShapesWhereTheyDecide() {
        Map<String, FloatTensor> torch = load(state(), Map.of(), network(3, 4));
        assertEquals(load(state(), TORCH, network(3, 4)), torch);
        assertEquals(torch, load(torch, Map.of(), network(3, 4)));
        assertEquals(torch, load(torch, Map.of("layout", WeightLayout.TENSORFLOW.text()), network(3, 4)));
    }

    @Test
    void anOpenLayoutIsNotGuessed() {
        Map<String, FloatTensor> fresh = Map.of("a.weight", tensor(0, 3, 3), "a.bias", tensor(0, 3));
        UsageException refused = assertThrows(UsageException.class, () -> load(fresh, Map.of(), fresh));
        assertTrue(refused.getMessage().contains("leave it open"), refused.getMessage());
        // what fits in no order is another network
        refused = assertThrows(UsageException.class, () -> load(Map.of("a.weight", tensor(0, 3, 4), "a.bias", tensor(0, 3)), Map.of(), fresh));
        assertTrue(refused.getMessage().contains("of another shape are a.weight [3, 4] for [3, 3]"), refused.getMessage());
    }

    @Test
    void theFilesOwnWordForItsNetworkIsQuoted() {
        Map<String, FloatTensor> state = state();
        state.remove("conv1.weight");
        UsageException refused = assertThrows(UsageException.class,
            () -> load(state, Map.of("architecture", "resnet34", "layout", WeightLayout.TORCH.text()), network(3, 4)));
        assertTrue(refused.getMessage().contains("(the file says resnet34)"), refused.getMessage());
    }
}
