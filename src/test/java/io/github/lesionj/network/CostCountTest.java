package io.github.lesionj.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lesionj.runtime.NetworkCost;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class CostCountTest {

    /** 8 x 8 x 1, a convolution 3x3 with stride 2 to four channels, then two classes: counted by hand. */
    @Test
    void countsByHand() {
        Architecture architecture = (layers, image, plan) -> {
            Operand<TFloat32> x = layers.convolutionBatchNorm("conv", "bn", image, 3, 4, 2);
            Operand<TFloat32> pooled = layers.tf().math.mean(x, layers.tf().constant(new int[] {1, 2}));
            return NetworkGraph.of(layers.dense("fc", pooled, plan.classes()), "fc");
        };
        NetworkCost cost = CostCount.of(architecture, new NetworkPlan(8, 8, 1, 2, 0, Map.of()));
        assertEquals(3 * 3 * 4 + 4 + 4 + 4 * 2 + 2, cost.parameters());
        assertEquals(4 * 4 * 4 * 9 + 2 * 4, cost.multiplyAdds());
    }

    /** torchvision states 1.81, 3.66 and 4.09 GFLOPS at 224 px, counting a multiplication with its addition once. */
    @Test
    void agreesWithTorchvision() {
        assertEquals(1.81, multiplyAdds(new ResNet18()), 0.01);
        assertEquals(3.66, multiplyAdds(new ResNet34()), 0.01);
        assertEquals(4.09, multiplyAdds(new ResNet50()), 0.01);
    }

    /** In billions. */
    private static double multiplyAdds(Architecture architecture) {
        return 1e-9 * CostCount.of(architecture, new NetworkPlan(224, 224, 3, 1000, 0, Map.of())).multiplyAdds();
    }
}
