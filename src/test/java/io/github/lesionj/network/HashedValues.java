package io.github.lesionj.network;

import io.github.lesionj.core.FloatTensor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Weights and images by the formula of {@code torchvision_reference.py}, in PyTorch's order of axes. */
public final class HashedValues {

    private HashedValues() {
    }

    /** What the formula gives for a tensor of that name. */
    public static FloatTensor weight(String name, int... shape) {
        double bound = bound(name, shape);
        return tensor(name, u -> {
            if (shape.length > 1) {
                return (2 * u - 1) * bound;
            }
            return name.endsWith("running_var") ? 0.5 + u : name.endsWith("weight") ? 2 * u - 0.3 : 0.2 * u - 0.1;
        }, shape);
    }

    private static double bound(String name, int[] shape) {
        double gain = name.startsWith("features.") ? 8 : 4;
        return shape.length > 1 ? Math.sqrt(gain / Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b)) : 0;
    }

    /** Images [batch, height, width, channel]; the formula counts them as [batch, channel, height, width]. */
    public static FloatTensor images(int batch, int channels, int size) {
        FloatTensor turned = tensor("image", u -> 4 * u - 2, batch, channels, size, size);
        float[] values = new float[turned.values().length];
        int positions = size * size;
        for (int i = 0; i < values.length; i++) {
            int item = i / (positions * channels);
            int position = i / channels % positions;
            values[i] = turned.values()[(item * channels + i % channels) * positions + position];
        }
        return new FloatTensor(values, batch, size, size, channels);
    }

    private static FloatTensor tensor(String name, java.util.function.DoubleUnaryOperator value, int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        int hash = fnv(name);
        for (int i = 0; i < values.length; i++) {
            int x = hash + i * 0x9E3779B9;
            x = (x ^ x >>> 16) * 0x85EBCA6B;
            x = (x ^ x >>> 13) * 0xC2B2AE35;
            x ^= x >>> 16;
            values[i] = (float) value.applyAsDouble((x >>> 8) / (double) (1 << 24));
        }
        return new FloatTensor(values, shape);
    }

    private static int fnv(String name) {
        int hash = 0x811C9DC5;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b & 0xFF) * 0x01000193;
        }
        return hash;
    }
}
