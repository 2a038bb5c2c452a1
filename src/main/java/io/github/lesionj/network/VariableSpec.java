package io.github.lesionj.network;

/**
 * One variable that an architecture asks for.
 *
 * @param name        as PyTorch would call it, such as {@code stages.0.1.conv1.weight}; unique within the network
 * @param shape       length of each axis
 * @param role        how training treats it
 * @param initializer its values before training
 */
public record VariableSpec(String name, int[] shape, Role role, Initializer initializer) {

    /** How training treats a variable. */
    public enum Role {
        /** Trained, with weight decay: kernels of convolutions and dense layers. */
        KERNEL,
        /** Trained, without weight decay: biases, scale and shift of normalisations. */
        TRAINED,
        /** Not trained: moving averages of batch statistics. */
        STATISTIC
    }

    /** Number of values. */
    public int size() {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        return size;
    }
}
