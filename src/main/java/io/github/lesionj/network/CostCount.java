package io.github.lesionj.network;

import io.github.lesionj.runtime.NetworkCost;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Counts what a network costs, from the shapes in its inference graph for one item. */
public final class CostCount {

    private CostCount() {
    }

    /** The cost of an architecture; needs the native library, but no session. */
    public static NetworkCost of(Architecture architecture, NetworkPlan plan) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Map<String, VariableSpec> asked = new LinkedHashMap<>();
            Variables variables = spec -> {
                asked.put(spec.name(), spec);
                return tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.shape(spec.shape())));
            };
            NetworkGraph network = architecture.build(new InferenceLayers(tf, variables), tf.placeholder(TFloat32.class,
                Placeholder.shape(Shape.of(1, plan.height(), plan.width(), plan.channels()))), plan);
            long parameters = asked.values().stream().filter(spec -> spec.role() != VariableSpec.Role.STATISTIC)
                .mapToLong(VariableSpec::size).sum();
            return new NetworkCost(parameters, onTheWayTo(outputs(network)).stream()
                .mapToLong(CostCount::multiplyAdds).sum());
        }
    }

    private static List<Operand<TFloat32>> outputs(NetworkGraph network) {
        return network.candidates().map(candidates -> List.of(candidates.scores(), candidates.boxes())).orElseGet(() -> List.of(network.logits()));
    }

    /** Every operation that an output depends on; maps beside the scores cost only those who ask for them. */
    private static Set<GraphOperation> onTheWayTo(List<Operand<TFloat32>> outputs) {
        Set<GraphOperation> found = new HashSet<>();
        Deque<GraphOperation> open = new ArrayDeque<>();
        outputs.forEach(output -> open.push((GraphOperation) output.op()));
        while (!open.isEmpty()) {
            GraphOperation operation = open.pop();
            if (found.add(operation)) {
                operation.inputs().forEach(input -> open.push((GraphOperation) input.op()));
            }
        }
        return found;
    }

    private static long multiplyAdds(GraphOperation operation) {
        return switch (operation.type()) {
            // each output value sums over a kernel [height, width, input, output]
            case "Conv2D" -> {
                Shape kernel = operation.input(1).shape();
                yield operation.output(0).shape().size() * kernel.get(0) * kernel.get(1) * kernel.get(2);
            }
            case "MatMul" -> operation.output(0).shape().size() * operation.input(1).shape().get(0);
            default -> 0;
        };
    }
}
