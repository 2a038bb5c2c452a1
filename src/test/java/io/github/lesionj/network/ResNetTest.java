package io.github.lesionj.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class ResNetTest {

    /** Numbers of weights that torchvision's documentation states for 1,000 classes and 3 channels. */
    @ParameterizedTest
    @CsvSource({"resnet18, 11689512", "resnet34, 21797672", "resnet50, 25557032"})
    void hasAsManyWeightsAsTorchvisions(String name, long expected) {
        Architecture architecture = switch (name) {
            case "resnet18" -> new ResNet18();
            case "resnet34" -> new ResNet34();
            default -> new ResNet50();
        };
        Map<String, VariableSpec> specs = new HashMap<>();
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Variables recording = spec -> {
                specs.put(spec.name(), spec);
                return tf.zeros(tf.constant(spec.shape()), TFloat32.class);
            };
            Operand<TFloat32> image = tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.shape(-1, 224, 224, 3)));
            NetworkGraph built = architecture.build(new InferenceLayers(tf, recording), image,
                new NetworkPlan(224, 224, 3, 1000, 0, Map.of()));
            assertEquals(7, built.cam().orElseThrow().shape().get(1));
        }
        long weights = specs.values().stream().filter(spec -> !spec.name().contains("running_"))
            .mapToLong(spec -> elements(spec.shape())).sum();
        assertEquals(expected, weights);
    }

    private static long elements(int[] shape) {
        long elements = 1;
        for (int length : shape) {
            elements *= length;
        }
        return elements;
    }
}
