package io.github.lesionj.network.weights;

import io.github.lesionj.core.FloatTensor;
import java.util.Arrays;

/**
 * How a tensor of PyTorch looks into its storage: the value at [i, j, ...] is number offset + i strides[0] + j strides[1] ...
 *
 * @param storage where its values lie
 * @param offset  of the first one
 * @param shape   length of each axis
 * @param strides steps in the storage along each axis
 */
record TorchTensor(TorchStorage storage, long offset, long[] shape, long[] strides) {

    private static final int MOST_AXES = 16;

    /** Why it cannot be, in words that follow the tensor's name, or null when it can. */
    String problem() {
        if (shape.length != strides.length || shape.length > MOST_AXES) {
            return "does not say how its values lie";
        }
        try {
            long elements = 1;
            long last = offset;
            for (int axis = 0; axis < shape.length; axis++) {
                if (shape[axis] < 0 || strides[axis] < 0) {
                    return "has a negative length or stride";
                }
                elements = Math.multiplyExact(elements, shape[axis]);
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[axis] - 1), strides[axis]));
            }
            boolean inside = offset >= 0 && (elements == 0 || last < storage.count());
            return inside && elements <= storage.count() ? null : "claims values that the file does not hold";
        } catch (ArithmeticException e) {
            return "claims values that the file does not hold";
        }
    }

    long elements() {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    /** Its values in the order of its axes. */
    FloatTensor of(float[] stored) {
        float[] values = new float[(int) elements()];
        int[] lengths = Arrays.stream(shape).mapToInt(length -> (int) length).toArray();
        long[] index = new long[shape.length];
        long at = offset;
        for (int i = 0; i < values.length; i++) {
            values[i] = stored[(int) at];
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                at += strides[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                at -= shape[axis] * strides[axis];
                index[axis] = 0;
            }
        }
        return new FloatTensor(values, lengths);
    }
}
