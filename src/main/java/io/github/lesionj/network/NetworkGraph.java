package io.github.lesionj.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A network in a graph; what it does not have is null.
 *
 * @param logits      [batch, class], before softmax or sigmoid
 * @param attention   in 0..1, [batch, h, w, 1]
 * @param cam         class activation maps without any scaling, [batch, h, w, class]
 * @param features    what the last dense layer sees, [batch, feature]
 * @param auxiliaryLogits [batch, class], a second opinion that training teaches too and inference leaves out
 * @param regularizer scalar that training adds to the loss
 */
public record NetworkGraph(Operand<TFloat32> logits, Operand<TFloat32> attention, Operand<TFloat32> cam,
        Operand<TFloat32> features, Operand<TFloat32> auxiliaryLogits, Operand<TFloat32> regularizer) {
}
