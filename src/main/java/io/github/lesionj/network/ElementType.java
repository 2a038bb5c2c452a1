package io.github.lesionj.network;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Types of the values of a tensor in a file, by their name in safetensors. Only the floating ones can be weights. */
public enum ElementType {

    F32(4),
    F64(8),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** The type of that name, where it is one of these. */
    public static Optional<ElementType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Bytes of one value. */
    public int bytes() {
        return bytes;
    }

    /** Whether its values are read as weights. */
    public boolean isFloating() {
        return ordinal() <= BF16.ordinal();
    }

    /**
     * Reads all values of a buffer; those of {@link #F64} are rounded to float32.
     *
     * @param values position to limit, in the buffer's byte order
     * @throws IllegalStateException when the type is not floating
     */
    public float[] floats(ByteBuffer values) {
        float[] floats = new float[values.remaining() / bytes];
        switch (this) {
            case F32 -> values.asFloatBuffer().get(floats);
            case F64 -> {
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = (float) values.getDouble();
                }
            }
            case F16 -> {
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = half(values.getShort());
                }
            }
            case BF16 -> {
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = Float.intBitsToFloat(values.getShort() << 16);
                }
            }
            default -> throw new IllegalStateException(this + " is not read as float32");
        }
        return floats;
    }

    /** IEEE 754 binary16: sign, 5 bits of exponent, 10 of fraction. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float size = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat(exponent - 15 + 127 << 23 | fraction << 13);
        };
        return bits < 0 ? -size : size;
    }
}
