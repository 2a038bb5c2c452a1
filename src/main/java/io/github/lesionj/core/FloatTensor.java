package io.github.lesionj.core;

import java.util.Arrays;

/**
 * A dense float32 array with its shape, last axis fastest; how numbers cross the wall to TensorFlow and back.
 *
 * <p>The array is not copied: whoever makes the tensor gives it away. Images are [batch, height, width, channel],
 * volumes [batch, depth, height, width, channel], probabilities [batch, class].
 *
 * @param values all elements, {@code values.length} = product of {@code shape}
 * @param shape  length of each axis; empty for a scalar
 */
public record FloatTensor(float[] values, int... shape) {

    public FloatTensor {
        long elements = 1;
        for (int length : shape) {
            elements *= length;
        }
        if (elements != values.length) {
            throw new IllegalArgumentException(values.length + " values do not fill the shape " + Arrays.toString(shape));
        }
    }

    /** Length of the first axis. */
    public int batch() {
        return shape[0];
    }

    /** Number of elements of one item of the first axis. */
    public int itemSize() {
        return shape[0] == 0 ? 0 : values.length / shape[0];
    }

    /** A copy of one item of the first axis, with the remaining axes. */
    public FloatTensor item(int index) {
        int size = itemSize();
        return new FloatTensor(Arrays.copyOfRange(values, index * size, (index + 1) * size),
            Arrays.copyOfRange(shape, 1, shape.length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatTensor that && Arrays.equals(shape, that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "FloatTensor" + Arrays.toString(shape);
    }
}
