package io.github.lesionj.training;

import io.github.lesionj.network.Architecture;
import io.github.lesionj.network.Layers;
import io.github.lesionj.network.NetworkGraph;
import io.github.lesionj.network.NetworkPlan;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Two dense layers without batch normalisation, so that a batch is the sum of its parts; names its head only where told. */
final class LinearNet implements Architecture {

    private final String[] head;

    LinearNet(String... head) {
        this.head = head;
    }

    @Override
    public NetworkGraph build(Layers layers, Operand<TFloat32> image, NetworkPlan plan) {
        int size = plan.height() * plan.width() * plan.channels();
        Operand<TFloat32> flat = layers.tf().reshape(image, layers.tf().constant(new int[] {-1, size}));
        Operand<TFloat32> hidden = layers.relu(layers.dense("body", flat, 6));
        Operand<TFloat32> logits = layers.dense("head", layers.dropout("head", hidden, plan.dropout()), plan.classes());
        Operand<TFloat32> kernel = layers.denseKernel("head", 6, plan.classes());
        return NetworkGraph.of(logits, head).withAuxiliaryLogits(layers.tf().linalg.matMul(hidden, kernel))
            .withRegularizer(layers.tf().math.mul(layers.tf().nn.l2Loss(kernel), layers.tf().constant(0.1f)));
    }
}
