package io.github.lesionj.training;

import io.github.lesionj.network.Loss;
import io.github.lesionj.network.NetworkGraph;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a network is trained by, in the graph. */
interface Criterion {

    /** Number of values of an item's target. */
    int targetSize();

    /**
     * What training makes small.
     *
     * @param network with training layers
     * @param targets [item, value]
     */
    Objective objective(Ops tf, NetworkGraph network, Operand<TFloat32> targets);

    /**
     * What validation asks for.
     *
     * @param network with inference layers
     * @param targets [item, value]
     */
    Judged judged(Ops tf, NetworkGraph network, Operand<TFloat32> targets);

    /**
     * What validation is made of.
     *
     * @param outputs of the network, first axis the items; the first is what a package proves itself by
     * @param loss    item by item
     */
    record Judged(List<Operand<TFloat32>> outputs, Loss.Terms loss) {
    }
}
