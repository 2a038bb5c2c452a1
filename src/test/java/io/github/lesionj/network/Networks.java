package io.github.lesionj.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The networks by name, and what variables they ask for. */
public final class Networks {

    /**
     * What a network asks for and gives.
     *
     * @param specs   by name
     * @param network in a graph that is closed: shapes can no more be asked for
     * @param edge    height of the class activation map; 0 where there is none
     */
    public record Asked(Map<String, VariableSpec> specs, NetworkGraph network, long edge) {

        /** Number of values but for the moving averages. */
        long weights() {
            return specs.values().stream().filter(spec -> spec.role() != VariableSpec.Role.STATISTIC).mapToLong(VariableSpec::size).sum();
        }
    }

    private Networks() {
    }

    static Architecture named(String name) {
        return switch (name) {
            case "resnet18" -> new ResNet18();
            case "resnet34" -> new ResNet34();
            case "resnet50" -> new ResNet50();
            case "densenet121" -> new DenseNet121();
            case "explainable-cnn" -> new ExplainableCnn();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Builds a network without a session. */
    public static Asked asked(String name, NetworkPlan plan) {
        Map<String, VariableSpec> specs = new LinkedHashMap<>();
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Variables recording = spec -> {
                specs.put(spec.name(), spec);
                return tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.shape(spec.shape())));
            };
            Operand<TFloat32> image = tf.placeholder(TFloat32.class,
                Placeholder.shape(Tensors.shape(-1, plan.height(), plan.width(), plan.channels())));
            NetworkGraph network = named(name).build(new InferenceLayers(tf, recording), image, plan);
            return new Asked(specs, network, network.cam().map(cam -> cam.shape().get(1)).orElse(0L));
        }
    }
}
