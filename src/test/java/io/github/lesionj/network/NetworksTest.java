package io.github.lesionj.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.UsageException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes of the networks of the literature with either stem and either head. */
class NetworksTest {

    private static Map<String, String> options(String text) {
        Map<String, String> options = new HashMap<>();
        for (String option : text.split(",")) {
            options.put(option.split("=")[0], option.split("=")[1]);
        }
        return options;
    }

    /** Numbers of weights that torchvision's documentation states for 1,000 classes and 3 channels. */
    @ParameterizedTest
    @CsvSource({"resnet18, 11689512", "resnet34, 21797672", "resnet50, 25557032", "densenet121, 7978856"})
    void hasAsManyWeightsAsTorchvisions(String name, long expected) {
        Networks.Asked asked = Networks.asked(name, new NetworkPlan(224, 224, 3, 1000, 0, Map.of()));
        assertEquals(expected, asked.weights());
        assertEquals(7, asked.edge());
    }

    /** The small stem has 64 * 3 * (49 - 9) fewer; medical: 512 more units; attention: a weight a channel and a bias more. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "resnet18    | stem=small                   | 11681832",
        "resnet18    | head=medical                 | 11952168",
        "resnet50    | head=medical,attention=true  | 25072169",
        "densenet121 | stem=small,attention=true    | 7972201",
    })
    void optionsChangeTheNumberOfWeights(String name, String options, long expected) {
        assertEquals(expected, Networks.asked(name, new NetworkPlan(96, 96, 3, 1000, 0, options(options))).weights());
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "densenet121"})
    void smallImagesHaveTheSmallStem(String name) {
        Networks.Asked small = Networks.asked(name, new NetworkPlan(28, 28, 1, 2, 0, Map.of()));
        String stem = name.equals("resnet18") ? "conv1.weight" : "features.conv0.weight";
        assertArrayEquals(new int[] {3, 3, 1, 64}, small.specs().get(stem).shape());
        assertEquals(name.equals("resnet18") ? 4 : 3, small.edge());
        Networks.Asked large = Networks.asked(name, new NetworkPlan(64, 64, 5, 2, 0, Map.of()));
        assertArrayEquals(new int[] {7, 7, 5, 64}, large.specs().get(stem).shape());
        assertEquals(2, large.edge());
    }

    @ParameterizedTest
    @CsvSource({"resnet18, fc", "resnet34, fc", "resnet50, fc", "densenet121, classifier", "explainable-cnn, head"})
    void eitherHeadAndAttentionGoOnEach(String name, String layer) {
        Networks.Asked plain = Networks.asked(name, new NetworkPlan(64, 64, 1, 3, 0, Map.of("attention", "true")));
        assertTrue(plain.network().attention().isPresent() && plain.network().cam().isPresent() && plain.network().auxiliaryLogits().isPresent());
        assertTrue(plain.network().isHead("attention.weight") && plain.network().isHead(layer + ".bias"));
        Networks.Asked medical = Networks.asked(name, new NetworkPlan(64, 64, 1, 3, 0, Map.of("attention", "true", "head", "medical")));
        assertTrue(medical.network().attention().isPresent() && medical.network().cam().isEmpty());
        assertEquals(512, medical.specs().get(layer + ".1.weight").shape()[1]);
        assertArrayEquals(new int[] {512, 3}, medical.specs().get(layer + ".4.weight").shape());
        assertTrue(medical.network().isHead(layer + ".1.weight") && medical.network().isHead(layer + ".4.bias"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "resnet18        | depth=2                               | depth",
        "resnet18        | head=large                            | plain, medical",
        "densenet121     | attention=yes                         | false, true",
        "densenet121     | growth=12                             | growth",
        "resnet18        | focus=0.1                             | attention=true",
        "resnet18        | peak=3                                | attention=true",
        "resnet18        | peak=3,attention=true,head=medical    | head=plain",
        "explainable-cnn | attention=false                       | true",
    })
    void refusesOptionsThatItHasNot(String name, String options, String part) {
        NetworkPlan plan = new NetworkPlan(64, 64, 1, 2, 0, options(options));
        UsageException refused = assertThrows(UsageException.class, () -> Networks.asked(name, plan));
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
}
